using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Embedded.Company;
using GroupPortal.Embedded.Reading;
using GroupPortal.Embedded.Rules;
using GroupPortal.Embedded.Search;
using GroupPortal.Embedded.Storage;
using GroupPortal.Embedded.Writing;
using Microsoft.Data.Sqlite;

namespace GroupPortal.Embedded;

/// <summary>
/// A directory in one SQLite file, filled with a sample company: the default on a new machine. It behaves as its store's
/// kind does, in what it refuses and in the words it refuses with.
/// </summary>
public sealed class EmbeddedDirectory : IDirectory, IDisposable
{
    private readonly Database _database;
    private readonly StoreRules _rules;
    private readonly TimeProvider _time;
    private readonly DistinguishedName _base;

    private EmbeddedDirectory(IdentityStore store, StoreRules rules, Database database, TimeProvider time)
    {
        Store = store;
        _rules = rules;
        _database = database;
        _time = time;
        _base = DistinguishedName.Parse(store.BaseDn);
    }

    public IdentityStore Store { get; }

    public AttributeCatalog Catalog => _rules.Catalog;

    public StoreCapabilities Capabilities => _rules.Capabilities;

    public CriteriaVocabulary Vocabulary => CriteriaVocabulary.For(Store.Kind);

    /// <summary>For tests that measure what reads cost.</summary>
    internal Database Database => _database;

    /// <summary>
    /// Opens the store's file; the first time, or when an earlier start was killed half way, it is made and filled first.
    /// </summary>
    public static async Task<EmbeddedDirectory> OpenAsync(
        IdentityStore store, EmbeddedOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        var rules = StoreRules.For(store, options);
        // Seconds of computing with a large company: not on the caller's thread.
        var database = await Task.Run(() => Open(store, options, cancellation), cancellation);
        return new EmbeddedDirectory(store, rules, database, time);
    }

    public Task<DirectoryAnswer<Page<DirectoryObject>>> FindAsync(ObjectQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(session => ObjectSearch.Find(session, _rules.Folding, query, cancellation), cancellation);
    }

    public Task<DirectoryAnswer<Page<GroupSummary>>> FindGroupsAsync(GroupQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read(session => GroupSearch.Find(session, _rules.Folding, query, cancellation), cancellation);
    }

    public Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(
        IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(references);
        ArgumentNullException.ThrowIfNull(kinds);
        return Read<IReadOnlyDictionary<string, ReferenceMatch>>(
            session => References.Resolve(session, _rules.Folding, references, kinds, cancellation), cancellation);
    }

    public Task<DirectoryAnswer<GroupState?>> GetGroupAsync(Guid id, CancellationToken cancellation) =>
        Read(session => GroupRows.State(session, _rules, id), cancellation);

    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetGroupsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Read<IReadOnlyDictionary<Guid, GroupState>>(session => GroupRows.States(session, _rules, ids, cancellation), cancellation);
    }

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MembersAsync(MemberQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadGroup(query.Group, session => MemberRows.Members(session, _rules.Folding, query, cancellation), cancellation);
    }

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> MemberIdsAsync(Guid group, CancellationToken cancellation) =>
        ReadGroup<IReadOnlySet<Guid>>(group, session => MemberRows.Ids(session, group, cancellation), cancellation);

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> WhichAreMembersAsync(
        Guid group, IReadOnlyCollection<Guid> candidates, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        return ReadGroup<IReadOnlySet<Guid>>(group, session => MemberRows.Which(session, group, candidates, cancellation), cancellation);
    }

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> AncestorsAsync(Guid group, CancellationToken cancellation) =>
        Read<IReadOnlySet<Guid>>(session => MemberRows.Ancestors(session, group, cancellation), cancellation);

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MemberOfAsync(Guid id, int skip, int take, CancellationToken cancellation) =>
        Read(session => MemberRows.MemberOf(session, id, skip, take, cancellation), cancellation);

    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> GetObjectsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return Read<IReadOnlyDictionary<Guid, DirectoryObject>>(session => ObjectRows.ByIds(session, ids, cancellation), cancellation);
    }

    public async Task<DirectoryAnswer<IReadOnlyList<ContainerNode>>> ContainersAsync(string? parentDn, CancellationToken cancellation)
    {
        var answer = await Read(session => Containers.Below(session, parentDn), cancellation);
        return answer is DirectoryAnswer<IReadOnlyList<ContainerNode>?>.Ok { Value: null }
            ? new DirectoryError.NotFound { ServerText = _rules.Words.ParentMissing(parentDn ?? Store.BaseDn) }
            : answer.Map(nodes => nodes!);
    }

    public Task<DirectoryAnswer<bool>> ContainerExistsAsync(string dn, CancellationToken cancellation) =>
        Read(session => Containers.RowOf(session, dn) is not null, cancellation);

    public Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> NamesInUseAsync(NameQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Read<IReadOnlyList<NameInUse>>(session => NameHolders.Of(session, _rules, query, cancellation), cancellation);
    }

    /// <summary>The sample directories know no accounts: whoever asks may do everything.</summary>
    public Task<DirectoryAnswer<AccountRights>> RightsAsync(Guid? group, string dn, IReadOnlyCollection<string> wanted, CancellationToken cancellation) =>
        Task.FromResult(DirectoryAnswer.Ok(AccountRights.All));

    public IReadOnlyList<DirectoryWrite> Batch(GroupPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return WriteBatches.Of(plan, _rules.Writes);
    }

    public async Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        try
        {
            return await _database.WriteAsync(
                session =>
                {
                    var context = new WriteContext(session, _rules, _base, _time.GetUtcNow().UtcTicks);
                    var answer = GroupWrites.Apply(context, write, target);
                    return (answer, answer is DirectoryWriteAnswer.Applied);
                },
                cancellation);
        }
        catch (CommitException fault)
        {
            return new DirectoryWriteAnswer.Unknown(Unavailable(fault));
        }
        catch (SqliteException fault)
        {
            return new DirectoryWriteAnswer.Refused(Unavailable(fault));
        }
    }

    public IReadOnlyList<DirectoryWrite> Split(DirectoryWrite write, DirectoryError error)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(error);
        return WriteSplits.Of(write, error, _rules.Writes);
    }

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(write);
        return await Read(session => Settling.Of(session, _rules, write, target), cancellation) switch
        {
            DirectoryAnswer<DirectoryWriteAnswer>.Ok ok => ok.Value,
            DirectoryAnswer<DirectoryWriteAnswer>.Failed failed => new DirectoryWriteAnswer.Unknown(failed.Error),
            _ => throw new InvalidOperationException("A settled write is never partial."),
        };
    }

    public Task<DirectoryAnswer<IReadOnlyList<DirectoryChange>>> ChangesAsync(long cookie, int take, CancellationToken cancellation) =>
        Read(session => Changes.Since(session, cookie, take, cancellation), cancellation);

    public async Task<DirectoryAnswer<ReplicaPage>> ReplicaAsync(string? cookie, int take, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(take);
        return await Read(session => ReplicaFeed.Page(session, Vocabulary, cookie, take, cancellation), cancellation) switch
        {
            DirectoryAnswer<ReplicaPage?>.Ok { Value: { } page } => DirectoryAnswer.Ok(page),
            DirectoryAnswer<ReplicaPage?>.Failed failed => failed.Error,
            _ => DirectoryError.Conflict.Unknown,
        };
    }

    public async Task<DirectoryError?> CheckAsync(CancellationToken cancellation) =>
        await Read(session => session.Number("SELECT 1"), cancellation) is DirectoryAnswer<long>.Failed failed ? failed.Error : null;

    public void Dispose() => _database.Dispose();

    private static Database Open(IdentityStore store, EmbeddedOptions options, CancellationToken cancellation)
    {
        var database = new Database(CompanyFile.Ensure(store, options, cancellation));
        database.Prepare(session => LaterDetails.Add(session, store));
        return database;
    }

    private static DirectoryError.Unavailable Unavailable(Exception fault) => new() { ServerText = fault.Message };

    private Task<DirectoryAnswer<T>> Read<T>(Func<Session, T> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult(DirectoryAnswer.Ok(_database.Read(read)));
        }
        catch (SqliteException fault)
        {
            return Task.FromResult(DirectoryAnswer.Failed<T>(Unavailable(fault)));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<DirectoryAnswer<T>>(cancellation);
        }
    }

    /// <summary>A read about one group: "there is no such group" must never look like an empty one.</summary>
    private async Task<DirectoryAnswer<T>> ReadGroup<T>(Guid group, Func<Session, T?> read, CancellationToken cancellation)
        where T : class
    {
        var answer = await Read(read, cancellation);
        return answer is DirectoryAnswer<T?>.Ok { Value: null }
            ? new DirectoryError.NotFound { ServerText = _rules.Words.GroupMissing(group) }
            : answer.Map(value => value!);
    }
}
