using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>What a rule's page asks of the preview: the three questions, for one store.</summary>
public sealed record RuleSource
{
    public required Func<PreviewQuery, CancellationToken, Task<PreviewAnswer>> Preview { get; init; }

    /// <summary>Why somebody is in or out of a group (none for one that does not exist yet), with some of his values changed.</summary>
    public required Func<SmartRule, Guid?, Guid, IReadOnlyDictionary<string, IReadOnlyList<string>>, CancellationToken, Task<Explanation?>> Explain { get; init; }

    /// <summary>Values of an attribute that begin with, or contain, a text.</summary>
    public required Func<string, string, CancellationToken, Task<IReadOnlyList<ValueCount>>> Suggest { get; init; }

    public static RuleSource Of(PreviewService service, int storeId) => new()
    {
        Preview = (query, cancellation) => service.PreviewAsync(storeId, query, cancellation),
        Explain = (rule, group, id, changed, cancellation) => service.ExplainAsync(storeId, rule, group, id, changed, cancellation),
        Suggest = (attribute, typed, cancellation) => service.SuggestAsync(storeId, attribute, typed, 12, cancellation),
    };
}
