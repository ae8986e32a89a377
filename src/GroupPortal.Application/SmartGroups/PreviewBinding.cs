using GroupPortal.Application.Groups;
using GroupPortal.Application.Replica;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>
/// Holds the change of a rule to the preview that somebody looked at: the rule that the group would have by now, on the members
/// that it has now, must do exactly the same. Asked when the change is planned and again when it is applied.
/// </summary>
public sealed class PreviewBinding(StoreRegistry stores, Replicas replicas, PreviewService previews, RuleReader rules)
{
    /// <summary>
    /// The same of the rule that a group has already. Null while it would do the same; without a rule that can be read there is
    /// nothing to compare.
    /// </summary>
    public async Task<PreviewAnswer?> WhyNotAsync(int storeId, GroupState group, string hash, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(hash);
        return !stores.TryGet(storeId, out var directory) ? new PreviewAnswer.StoreUnknown()
            : rules.RuleOf(group, directory.Vocabulary) is { } rule ? await WhyNotAsync(storeId, rule, hash, group.Id, cancellation)
            : null;
    }

    /// <summary>
    /// Null while it would do the same, or where the plan leaves the group without a rule. Else the preview of what it would do
    /// now, or the answer that stands in its way.
    /// </summary>
    /// <param name="now">The group as it stands; null for one that is not there yet.</param>
    internal async Task<PreviewAnswer?> WhyNotAsync(GroupPlan plan, string hash, GroupState? now, CancellationToken cancellation) =>
        !stores.TryGet(plan.StoreId, out var directory) ? new PreviewAnswer.StoreUnknown()
            : RuleAfter(plan, now?.Attributes ?? AttributeValues.None, directory) is { } rule ? await WhyNotAsync(plan.StoreId, rule, hash, now?.Id, cancellation)
            : null;

    private async Task<PreviewAnswer?> WhyNotAsync(int storeId, SmartRule rule, string hash, Guid? group, CancellationToken cancellation)
    {
        if (replicas.Of(storeId) is not { } replica)
        {
            return new PreviewAnswer.StoreUnknown();
        }

        // What others changed since, not only what came by the portal.
        if (await replica.BringUpToDateAsync(cancellation) is not DirectoryAnswer<DateTimeOffset>.Ok)
        {
            return new PreviewAnswer.Failed(replica.Status.Error ?? new DirectoryError.Unavailable());
        }

        var answer = await previews.PreviewAsync(storeId, new PreviewQuery(rule, group) { Take = 0 }, cancellation);
        return answer is PreviewAnswer.Ok(var preview) && string.Equals(preview.Hash, hash, StringComparison.OrdinalIgnoreCase) ? null : answer;
    }

    /// <summary>What is written counts as written; a line without change is what stands now, whoever has put it there.</summary>
    private SmartRule? RuleAfter(GroupPlan plan, AttributeValues now, IDirectory directory)
    {
        var after = plan.Steps
            .Where(step => step.IsWritten && (step.Path == AttributeNames.MembershipRule || AttributeNames.IsOfRule(step.Path)))
            .Aggregate(now, (attributes, step) => attributes.With(step.Path, step.After));
        if (after.First(AttributeNames.MembershipRule) is { Length: > 0 } rule)
        {
            return SmartRules.OfEntra(rule, rules.Read(CriteriaLanguage.Entra, rule, directory.Vocabulary));
        }

        return SmartRules.TextOf(after) is var (text, language) ? SmartRules.Of(after, rules.Read(language, text, directory.Vocabulary)) : null;
    }
}
