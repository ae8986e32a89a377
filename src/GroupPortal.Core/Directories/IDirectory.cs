using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Directories;

/// <summary>What a store can do that another of its kind may not.</summary>
/// <param name="HasMailNickname">AD: the schema knows mailNickname (Exchange), so groups can be mail-enabled.</param>
/// <param name="HasExchange">Entra: distribution groups can be written.</param>
/// <param name="HasTeams">Entra: a group can become a team.</param>
/// <param name="MembersPerWrite">At most so many members in one write.</param>
public sealed record StoreCapabilities(bool HasMailNickname, bool HasExchange, bool HasTeams, int MembersPerWrite);

/// <summary>
/// The port to one directory. Reads answer with <see cref="DirectoryAnswer{T}"/>; writes go one at a time through
/// <see cref="WriteAsync"/>, while the application owns the loop: a journal row before each, its outcome after, retry,
/// resume and read-back. No method throws for what a directory can say; cancellation throws as always.
/// </summary>
public interface IDirectory
{
    IdentityStore Store { get; }

    /// <summary>What groups of this store can hold.</summary>
    AttributeCatalog Catalog { get; }

    StoreCapabilities Capabilities { get; }

    /// <summary>What a tenant of Entra ID has beyond groups, members and owners; null where the store has nothing of it.</summary>
    ITenantServices? Tenant => null;

    /// <summary>What rules can ask about the people, groups and devices of this store.</summary>
    CriteriaVocabulary Vocabulary { get; }

    /// <summary>Objects by the beginning of a word of their names; ordered by name.</summary>
    Task<DirectoryAnswer<Page<DirectoryObject>>> FindAsync(ObjectQuery query, CancellationToken cancellation);

    /// <summary>One page of groups. Reads as many rows as it shows, however many there are.</summary>
    Task<DirectoryAnswer<Page<GroupSummary>>> FindGroupsAsync(GroupQuery query, CancellationToken cancellation);

    /// <summary>
    /// What each reference (GUID, DN, account name, UPN, mail address, display name, name; tried in that order) leads to, keyed by the
    /// reference as given. A few statements for any number of references.
    /// </summary>
    Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(
        IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation);

    /// <summary>One group without its members, or null when there is none of that id.</summary>
    Task<DirectoryAnswer<GroupState?>> GetGroupAsync(Guid id, CancellationToken cancellation);

    /// <summary>Many groups by id; ids that lead to none are absent.</summary>
    Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetGroupsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation);

    Task<DirectoryAnswer<Page<DirectoryObject>>> MembersAsync(MemberQuery query, CancellationToken cancellation);

    /// <summary>All direct members' ids. Complete, or not Ok.</summary>
    Task<DirectoryAnswer<IReadOnlySet<Guid>>> MemberIdsAsync(Guid group, CancellationToken cancellation);

    /// <summary>Those of the candidates that are direct members.</summary>
    Task<DirectoryAnswer<IReadOnlySet<Guid>>> WhichAreMembersAsync(Guid group, IReadOnlyCollection<Guid> candidates, CancellationToken cancellation);

    /// <summary>All groups that contain this one, directly or through others; for refusing loops. Cycle-safe.</summary>
    Task<DirectoryAnswer<IReadOnlySet<Guid>>> AncestorsAsync(Guid group, CancellationToken cancellation);

    /// <summary>The groups that contain this object directly.</summary>
    Task<DirectoryAnswer<Page<DirectoryObject>>> MemberOfAsync(Guid id, int skip, int take, CancellationToken cancellation);

    /// <summary>The objects of these ids; ids that lead to none are absent.</summary>
    Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> GetObjectsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation);

    /// <summary>The containers right below one; null asks for the naming context itself.</summary>
    Task<DirectoryAnswer<IReadOnlyList<ContainerNode>>> ContainersAsync(string? parentDn, CancellationToken cancellation);

    /// <summary>Whether groups can be created there.</summary>
    Task<DirectoryAnswer<bool>> ContainerExistsAsync(string dn, CancellationToken cancellation);

    /// <summary>Which of the wished names somebody has already.</summary>
    Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> NamesInUseAsync(NameQuery query, CancellationToken cancellation);

    /// <summary>
    /// What the portal's own account may write of one group, or, without one, whether it may create groups in a container.
    /// </summary>
    /// <param name="dn">The group's name, or the container's.</param>
    /// <param name="wanted">The attributes that somebody wants to write.</param>
    Task<DirectoryAnswer<AccountRights>> RightsAsync(Guid? group, string dn, IReadOnlyCollection<string> wanted, CancellationToken cancellation);

    /// <summary>The writes of a plan, in order: pure, so that request counts are unit tests and a resumed plan has the same writes.</summary>
    IReadOnlyList<DirectoryWrite> Batch(GroupPlan plan);

    /// <summary>Sends one write. <paramref name="target"/> is null for a create.</summary>
    Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation);

    /// <summary>
    /// Smaller writes that together do what a refused one would have done, the culprit apart from the rest: by the attribute
    /// the error names, else by halves. Pure. A single item cannot be split: empty.
    /// </summary>
    IReadOnlyList<DirectoryWrite> Split(DirectoryWrite write, DirectoryError error);

    /// <summary>
    /// Reads back a write whose answer never came. <see cref="DirectoryWriteAnswer.Applied"/>: it was carried out;
    /// <see cref="DirectoryWriteAnswer.Refused"/>: it was not, and can be sent; Unknown: still nobody knows.
    /// </summary>
    Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation);

    /// <summary>What changed after a cookie, in order, at most <paramref name="take"/>; cookie 0 is the beginning.</summary>
    Task<DirectoryAnswer<IReadOnlyList<DirectoryChange>>> ChangesAsync(long cookie, int take, CancellationToken cancellation);

    /// <summary>
    /// What a replica needs, page by page: without a cookie everything from the beginning, else what changed since. A cookie that
    /// the directory no longer understands (another server, too long ago) answers <see cref="DirectoryError.Conflict"/>: begin
    /// again. Never Partial.
    /// </summary>
    /// <param name="take">About so many objects in one page; at least one.</param>
    Task<DirectoryAnswer<ReplicaPage>> ReplicaAsync(string? cookie, int take, CancellationToken cancellation);

    /// <summary>Null when the directory answers, else why it does not.</summary>
    Task<DirectoryError?> CheckAsync(CancellationToken cancellation);
}
