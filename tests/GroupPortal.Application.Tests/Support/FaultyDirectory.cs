using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Application.Tests.Support;

/// <summary>A real directory with a bad line: it can refuse, lose answers and requests, and it counts.</summary>
internal sealed class FaultyDirectory(IDirectory inner) : IDirectory
{
    /// <summary>Asked before each write; an answer of its own keeps the write from the directory.</summary>
    public Func<DirectoryWrite, DirectoryWriteAnswer?> BeforeWrite { get; set; } = _ => null;

    /// <summary>Asked after each write; may replace the answer that came.</summary>
    public Func<DirectoryWrite, DirectoryWriteAnswer, DirectoryWriteAnswer> AfterWrite { get; set; } = (_, answer) => answer;

    /// <summary>What the portal's account may do here; null for what the directory says.</summary>
    public AccountRights? Rights { get; set; }

    public Func<DirectoryWrite, DirectoryWriteAnswer?> BeforeSettle { get; set; } = _ => null;

    /// <summary>When set, every read answers so.</summary>
    public DirectoryError? ReadError { get; set; }

    /// <summary>When set, the members of every group are answered so.</summary>
    public DirectoryAnswer<IReadOnlySet<Guid>>? MemberIdsInstead { get; set; }

    /// <summary>Asked before each page of the replica's feed; an answer of its own keeps the question from the directory.</summary>
    public Func<string?, CancellationToken, Task<DirectoryAnswer<ReplicaPage>?>> BeforeReplica { get; set; } =
        (_, _) => Task.FromResult<DirectoryAnswer<ReplicaPage>?>(null);

    public int ObjectsPerPage { get; set; } = int.MaxValue;

    /// <summary>The cookies that the feed was asked with.</summary>
    public List<string?> ReplicaReads { get; } = [];

    /// <summary>How often it cannot be asked who of some is a member.</summary>
    public int LooksThatFail { get; set; }

    /// <summary>Groups that grant administrative rights.</summary>
    public HashSet<Guid> Protected { get; } = [];

    /// <summary>Whom nobody may read, although they are members.</summary>
    public HashSet<Guid> Hidden { get; } = [];

    /// <summary>The ids that objects were asked for by.</summary>
    public List<IReadOnlyCollection<Guid>> ObjectReads { get; } = [];

    /// <summary>What it has of a tenant; null for nothing, as embedded stores have.</summary>
    public ITenantServices? Tenant { get; set; }

    public int MembersPerWrite { get; set; } = 1000;

    public List<DirectoryWrite> Written { get; } = [];

    public int Settled { get; private set; }

    public int GroupReads { get; private set; }

    public IdentityStore Store => inner.Store;

    public AttributeCatalog Catalog => inner.Catalog;

    public StoreCapabilities Capabilities => inner.Capabilities;

    public CriteriaVocabulary Vocabulary => inner.Vocabulary;

    public Task<DirectoryAnswer<Page<DirectoryObject>>> FindAsync(ObjectQuery query, CancellationToken cancellation) =>
        Read(() => inner.FindAsync(query, cancellation));

    public Task<DirectoryAnswer<Page<GroupSummary>>> FindGroupsAsync(GroupQuery query, CancellationToken cancellation) =>
        Read(() => inner.FindGroupsAsync(query, cancellation));

    public Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(
        IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation) =>
        Read(() => inner.ResolveAsync(references, kinds, cancellation));

    public async Task<DirectoryAnswer<GroupState?>> GetGroupAsync(Guid id, CancellationToken cancellation)
    {
        GroupReads++;
        var answer = await Read(() => inner.GetGroupAsync(id, cancellation));
        return Protected.Contains(id) && answer is DirectoryAnswer<GroupState?>.Ok({ } group) ? DirectoryAnswer.Ok<GroupState?>(group with { IsProtected = true }) : answer;
    }

    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetGroupsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) =>
        Read(() => inner.GetGroupsAsync(ids, cancellation));

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MembersAsync(MemberQuery query, CancellationToken cancellation) =>
        Read(() => inner.MembersAsync(query, cancellation));

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> MemberIdsAsync(Guid group, CancellationToken cancellation) =>
        MemberIdsInstead is { } instead ? Task.FromResult(instead) : Read(() => inner.MemberIdsAsync(group, cancellation));

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> WhichAreMembersAsync(
        Guid group, IReadOnlyCollection<Guid> candidates, CancellationToken cancellation) =>
        LooksThatFail-- > 0
            ? Task.FromResult(DirectoryAnswer.Failed<IReadOnlySet<Guid>>(new DirectoryError.Unavailable()))
            : Read(() => inner.WhichAreMembersAsync(group, candidates, cancellation));

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> AncestorsAsync(Guid group, CancellationToken cancellation) =>
        Read(() => inner.AncestorsAsync(group, cancellation));

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MemberOfAsync(Guid id, int skip, int take, CancellationToken cancellation) =>
        Read(() => inner.MemberOfAsync(id, skip, take, cancellation));

    public async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> GetObjectsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        ObjectReads.Add(ids);
        return await Read(() => inner.GetObjectsAsync([.. ids.Where(id => !Hidden.Contains(id))], cancellation));
    }

    public Task<DirectoryAnswer<IReadOnlyList<ContainerNode>>> ContainersAsync(string? parentDn, CancellationToken cancellation) =>
        Read(() => inner.ContainersAsync(parentDn, cancellation));

    public Task<DirectoryAnswer<bool>> ContainerExistsAsync(string dn, CancellationToken cancellation) =>
        Read(() => inner.ContainerExistsAsync(dn, cancellation));

    public Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> NamesInUseAsync(NameQuery query, CancellationToken cancellation) =>
        Read(() => inner.NamesInUseAsync(query, cancellation));

    public Task<DirectoryAnswer<AccountRights>> RightsAsync(Guid? group, string dn, IReadOnlyCollection<string> wanted, CancellationToken cancellation) =>
        Read(() => Rights is null ? inner.RightsAsync(group, dn, wanted, cancellation) : Task.FromResult(DirectoryAnswer.Ok(Rights)));

    public IReadOnlyList<DirectoryWrite> Batch(GroupPlan plan)
    {
        var writes = new List<DirectoryWrite>();
        foreach (var write in inner.Batch(plan))
        {
            switch (write)
            {
                case DirectoryWrite.CreateGroup create when create.Members.Count > MembersPerWrite:
                    writes.Add(create with { Ordinal = writes.Count, Members = [.. create.Members.Take(MembersPerWrite)] });
                    AddMembers(writes, create.Members.Skip(MembersPerWrite));
                    break;
                case DirectoryWrite.ChangeMembers members:
                    AddMembers(writes, members.Members);
                    break;
                default:
                    writes.Add(write with { Ordinal = writes.Count });
                    break;
            }
        }

        return writes;
    }

    public async Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        if (BeforeWrite(write) is { } instead)
        {
            return instead;
        }

        Written.Add(write);
        return AfterWrite(write, await inner.WriteAsync(write, target, cancellation));
    }

    public IReadOnlyList<DirectoryWrite> Split(DirectoryWrite write, DirectoryError error) => inner.Split(write, error);

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        Settled++;
        return BeforeSettle(write) ?? await inner.SettleAsync(write, target, cancellation);
    }

    public Task<DirectoryAnswer<IReadOnlyList<DirectoryChange>>> ChangesAsync(long cookie, int take, CancellationToken cancellation) =>
        Read(() => inner.ChangesAsync(cookie, take, cancellation));

    public async Task<DirectoryAnswer<ReplicaPage>> ReplicaAsync(string? cookie, int take, CancellationToken cancellation)
    {
        lock (ReplicaReads)
        {
            ReplicaReads.Add(cookie);
        }

        var answer = await BeforeReplica(cookie, cancellation) ?? await Read(() => inner.ReplicaAsync(cookie, Math.Min(take, ObjectsPerPage), cancellation));
        return Hidden.Count > 0 && answer is DirectoryAnswer<ReplicaPage>.Ok(var page)
            ? DirectoryAnswer.Ok(page with { Objects = [.. page.Objects.Where(one => !Hidden.Contains(one.Id))] })
            : answer;
    }

    public Task<DirectoryError?> CheckAsync(CancellationToken cancellation) => inner.CheckAsync(cancellation);

    private void AddMembers(List<DirectoryWrite> writes, IEnumerable<ReferenceWrite> members)
    {
        foreach (var chunk in members.Chunk(MembersPerWrite))
        {
            writes.Add(new DirectoryWrite.ChangeMembers(writes.Count, chunk));
        }
    }

    private Task<DirectoryAnswer<T>> Read<T>(Func<Task<DirectoryAnswer<T>>> read) =>
        ReadError is { } error ? Task.FromResult(DirectoryAnswer.Failed<T>(error)) : read();
}
