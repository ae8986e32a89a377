using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Groups;

/// <summary>
/// Groups as the directory and the portal together know them. An unknown store answers as a directory does that has no
/// such object.
/// </summary>
public sealed class GroupReader
{
    public Task<DirectoryAnswer<GroupState?>> GetAsync(int storeId, Guid id, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>Ids that lead to no group are absent.</summary>
    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetManyAsync(int storeId, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public Task<DirectoryAnswer<Page<GroupListItem>>> ListAsync(int storeId, GroupQuery query, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>The groups that the person owns, by the directory or by the portal's additional owners; empty where nobody matches.</summary>
    public Task<DirectoryAnswer<Page<GroupListItem>>> OwnedAsync(int storeId, Person person, GroupQuery query, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MembersAsync(int storeId, MemberQuery query, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MemberOfAsync(int storeId, Guid id, int skip, int take, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>Which of the names somebody has already, while they are being typed.</summary>
    public Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> NamesInUseAsync(int storeId, NameQuery query, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public Task<DirectoryAnswer<Page<DirectoryObject>>> FindAsync(int storeId, ObjectQuery query, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>What pasted references lead to: found, not found or ambiguous, keyed as given.</summary>
    public Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(
        int storeId, IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> GetObjectsAsync(int storeId, IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>The containers right below one; null asks for the naming context itself.</summary>
    public Task<DirectoryAnswer<IReadOnlyList<ContainerNode>>> ContainersAsync(int storeId, string? parentDn, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");
}
