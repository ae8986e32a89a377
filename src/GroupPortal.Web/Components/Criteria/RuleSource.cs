using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
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

    /// <summary>Whether the values that others have of an attribute are shown: as a column, as suggestions, to explain.</summary>
    public Func<CriteriaAttribute, bool> Shows { get; init; } = static _ => true;

    /// <param name="role">Of whoever looks; without one he sees what everybody sees.</param>
    public static RuleSource Of(PreviewService service, int storeId, PortalRole role = PortalRole.User)
    {
        var seen = service.SeenBy(storeId, role);
        return new RuleSource
        {
            Preview = async (query, cancellation) => await service.PreviewAsync(storeId, seen.Of(query), cancellation) switch
            {
                PreviewAnswer.Ok(var preview) => new PreviewAnswer.Ok(seen.Of(preview, query.Rule)),
                var other => other,
            },
            Explain = async (rule, group, id, changed, cancellation) =>
                await service.ExplainAsync(storeId, rule, group, id, changed, cancellation) is { } explanation ? seen.Of(explanation, rule) : null,
            Suggest = (attribute, typed, cancellation) => seen.Shows(attribute)
                ? service.SuggestAsync(storeId, attribute, typed, 12, cancellation)
                : Task.FromResult<IReadOnlyList<ValueCount>>([]),
            Shows = attribute => ValueAccess.MaySee(role, attribute),
        };
    }
}
