using GroupPortal.Application.Groups;
using GroupPortal.Application.Replica;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>
/// Holds the change of a rule to the preview that somebody looked at: the rule that the group would have by now, on the members
/// that it has now, must do exactly the same. Asked when the change is planned and again when it is applied.
/// </summary>
internal sealed class PreviewBinding(StoreRegistry stores, Replicas replicas, PreviewService previews, RuleReader rules)
{
    /// <summary>
    /// Null while it would do the same, or where the plan leaves the group without a rule. Else the preview of what it would do
    /// now, or the answer that stands in its way.
    /// </summary>
    /// <param name="now">The group as it stands; null for one that is not there yet.</param>
    public async Task<PreviewAnswer?> WhyNotAsync(GroupPlan plan, string hash, GroupState? now, CancellationToken cancellation)
    {
        if (!stores.TryGet(plan.StoreId, out var directory) || replicas.Of(plan.StoreId) is not { } replica)
        {
            return new PreviewAnswer.StoreUnknown();
        }

        if (RuleAfter(plan, now?.Attributes ?? AttributeValues.None, directory) is not { } rule)
        {
            return null;
        }

        // What others changed since, not only what came by the portal.
        if (await replica.BringUpToDateAsync(cancellation) is not DirectoryAnswer<DateTimeOffset>.Ok)
        {
            return new PreviewAnswer.Failed(replica.Status.Error ?? new DirectoryError.Unavailable());
        }

        var answer = await previews.PreviewAsync(plan.StoreId, new PreviewQuery(rule, now?.Id) { Take = 0 }, cancellation);
        return answer is PreviewAnswer.Ok(var preview) && string.Equals(preview.Hash, hash, StringComparison.OrdinalIgnoreCase) ? null : answer;
    }

    /// <summary>What is written counts as written; a line without change is what stands now, whoever has put it there.</summary>
    private SmartRule? RuleAfter(GroupPlan plan, AttributeValues now, IDirectory directory)
    {
        var after = plan.Steps
            .Where(step => step.IsWritten && AttributeNames.IsOfRule(step.Path))
            .Aggregate(now, (attributes, step) => attributes.With(step.Path, step.After));
        return SmartRules.TextOf(after) is var (text, language) ? SmartRules.Of(after, rules.Read(language, text, directory.Vocabulary)) : null;
    }
}
