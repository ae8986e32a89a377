using GroupPortal.Application.Groups;
using GroupPortal.Application.Replica;
using GroupPortal.Application.Storage;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>
/// Shows what a rule would do, from the replica, before anything is done. Reads only, and asks the directory only for what was
/// written through the portal since.
/// </summary>
public sealed class PreviewService(StoreRegistry stores, Replicas replicas, PortalGroupStore portal, TimeProvider clock)
{
    /// <summary>The effect of a rule. Broken criteria never come here: they select nobody and have no effect.</summary>
    public async Task<PreviewAnswer> PreviewAsync(int storeId, PreviewQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (replicas.Of(storeId) is not { } replica)
        {
            return new PreviewAnswer.StoreUnknown();
        }

        await replica.CatchUpAsync(cancellation);
        var limits = stores.SettingsOf(storeId).Recompute;
        var version = query.Group is { } group ? (await portal.FindAsync(storeId, group, cancellation))?.Version ?? 0 : 0;
        var isShrunk = replica.Status.Missing > 0;
        if (replica.TryRead((view, asOf) => new PreviewReading(view, query, limits, version, isShrunk, clock.GetUtcNow()).Read(asOf), out var answer))
        {
            return answer;
        }

        return replica.Status is { Phase: ReplicaPhase.Failed, Error: { } error }
            ? new PreviewAnswer.Failed(error)
            : new PreviewAnswer.Loading(replica.Status.Loaded);
    }

    /// <summary>
    /// The whole list that a query is a page of, all of one moment, in order; null while there is no data. Bring the values with
    /// <see cref="ValuesOf"/>.
    /// </summary>
    public async Task<IReadOnlyList<ListedMember>?> ListAsync(int storeId, PreviewQuery query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (replicas.Of(storeId) is not { } replica)
        {
            return null;
        }

        await replica.CatchUpAsync(cancellation);
        return replica.TryRead((view, _) => PreviewListing.Of(view, query, clock.GetUtcNow()), out var list) ? list : null;
    }

    /// <summary>What is known of a portion of a list now, one for each; null while there is no data.</summary>
    public IReadOnlyList<PreviewMember>? ValuesOf(int storeId, IReadOnlyList<ListedMember> portion, IReadOnlyList<string> attributes)
    {
        ArgumentNullException.ThrowIfNull(portion);
        ArgumentNullException.ThrowIfNull(attributes);
        return replicas.Of(storeId) is { } replica && replica.TryRead((view, _) => PreviewListing.Values(view, portion, attributes), out var members) ? members : null;
    }

    /// <summary>Why somebody is in or out; null when there is nobody of that id.</summary>
    /// <param name="group">The group of the rule, which is never its own member; null for one that does not exist yet.</param>
    /// <param name="changed">Values to take instead of his own ("what if"); an empty list is "absent".</param>
    public async Task<Explanation?> ExplainAsync(
        int storeId, SmartRule rule, Guid? group, Guid id, IReadOnlyDictionary<string, IReadOnlyList<string>> changed, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rule);
        ArgumentNullException.ThrowIfNull(changed);
        if (replicas.Of(storeId) is not { } replica)
        {
            return null;
        }

        await replica.CatchUpAsync(cancellation);
        return replica.TryRead((view, _) => Explaining.Of(view, rule, group, id, changed, clock.GetUtcNow()), out var explanation) ? explanation : null;
    }

    /// <summary>What a person of a role may see of a store's people; of a store that is not there, nothing.</summary>
    public SeenValues SeenBy(int storeId, PortalRole role) =>
        new(stores.TryGet(storeId, out var directory) ? directory.Vocabulary : new CriteriaVocabulary(StoreKind.ActiveDirectory, []), role);

    /// <summary>The values of an attribute that begin with, or else contain, what was typed; the most frequent first.</summary>
    public Task<IReadOnlyList<ValueCount>> SuggestAsync(int storeId, string attribute, string typed, int take, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        IReadOnlyList<ValueCount> values = replicas.Of(storeId) is { } replica
            && replica.TryRead((view, _) => view.Suggest(attribute, typed, take), out var found)
                ? [.. found.Select(pair => new ValueCount(pair.Key, pair.Value))]
                : [];
        return Task.FromResult(values);
    }

    /// <summary>What lint says of a rule, with what the replica knows of the people; without a replica, of the rule alone.</summary>
    public IReadOnlyList<Core.Criteria.Lint.LintFinding> Lint(int storeId, Criterion criteria, IReadOnlyList<QueryObjectType> objectTypes)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        if (!stores.TryGet(storeId, out var directory))
        {
            return [];
        }

        return replicas.Of(storeId) is { } replica
            && replica.TryRead((view, _) => RuleLint.Of(view, criteria, objectTypes, [], clock.GetUtcNow()), out var findings)
                ? findings
                : RuleLint.Without(criteria, directory.Vocabulary, objectTypes);
    }
}
