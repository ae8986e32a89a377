using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Reading;
using GroupPortal.EntraId.Services;

namespace GroupPortal.EntraId.Writing;

/// <summary>
/// Puts a group into the tenant's expiration policy or takes it out (addGroup, removeGroup), and renews it (renew): an action each, and
/// an outcome each.
/// </summary>
internal sealed class ExpirationWrite(Tenant tenant, GraphReader graph)
{
    public static bool Takes(DirectoryWrite.ModifyGroup write) => write.Attributes.All(one => IsExpires(one) || IsRenewed(one));

    public async Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite.ModifyGroup write, WriteTarget target, CancellationToken cancellation)
    {
        var (outcomes, instead) = (new List<StepOutcome>(), (DirectoryWriteAnswer?)null);
        foreach (var attribute in write.Attributes)
        {
            var (status, refusal) = IsExpires(attribute)
                ? await SetAsync(target.GroupId, attribute.Values is ["true"], cancellation)
                : (StepStatus.Done, await RenewAsync(target.GroupId, cancellation));
            switch (refusal)
            {
                case null:
                    outcomes.Add(new StepOutcome(attribute.Step, status));
                    break;
                case DirectoryWriteAnswer.Refused(var error):
                    instead ??= new DirectoryWriteAnswer.Refused(error with { Attribute = attribute.Attribute });
                    outcomes.Add(StepOutcome.Failed(attribute.Step, error));
                    break;
                default:
                    // Reading back finds out about both.
                    return refusal;
            }
        }

        // Refused as a whole, the runner knows what to do with it: to wait, to look for the one at fault.
        return outcomes.TrueForAll(outcome => outcome.Status == StepStatus.Failed) && instead is not null
            ? instead
            : new DirectoryWriteAnswer.Applied(target.GroupId, Version: null, outcomes);
    }

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.ModifyGroup write, WriteTarget target, CancellationToken cancellation)
    {
        foreach (var attribute in write.Attributes)
        {
            var stands = IsExpires(attribute)
                ? (await PoliciesAsync(target.GroupId, cancellation)).Map(policies => policies.IsNamed == (attribute.Values is ["true"]))
                : (await RenewedAsync(target.GroupId, cancellation)).Map(renewed => renewed > Before(attribute));
            if (stands is not DirectoryAnswer<bool>.Ok(var isSo))
            {
                return stands.WhyNot() is DirectoryError.NotFound gone ? new DirectoryWriteAnswer.Refused(gone) : new DirectoryWriteAnswer.Unknown(stands.WhyNot());
            }

            if (!isSo)
            {
                return ActionCall.NotCarriedOut;
            }
        }

        return new DirectoryWriteAnswer.Applied(target.GroupId, Version: null, [.. write.Steps.Select(StepOutcome.Done)]);
    }

    private async Task<(StepStatus Status, DirectoryWriteAnswer? Instead)> SetAsync(Guid group, bool expires, CancellationToken cancellation)
    {
        var known = await PoliciesAsync(group, cancellation);
        if (known is not DirectoryAnswer<(string? Policy, bool IsNamed)>.Ok(var (policy, isNamed)))
        {
            return (StepStatus.Failed, new DirectoryWriteAnswer.Refused(known.WhyNot()));
        }

        if (isNamed == expires)
        {
            return (StepStatus.NoChange, null);
        }

        if (policy is null)
        {
            return (StepStatus.Failed, new DirectoryWriteAnswer.Refused(new DirectoryError.PolicyBlocked { Detail = Texts.Format("Problem.ExpirationMissing") }));
        }

        bool? isDone = null;
        var instead = await ActionCall.SendAsync(
            tenant,
            async (client, token) => isDone = expires
                ? (await client.GroupLifecyclePolicies[policy].AddGroup.PostAsAddGroupPostResponseAsync(new() { GroupId = group.ToString("D") }, cancellationToken: token))?.Value
                : (await client.GroupLifecyclePolicies[policy].RemoveGroup.PostAsRemoveGroupPostResponseAsync(new() { GroupId = group.ToString("D") }, cancellationToken: token))?.Value,
            cancellation);
        // It answers false, and no error, where the policy takes no more or is not of that kind.
        return instead is null && isDone == false
            ? (StepStatus.Failed, new DirectoryWriteAnswer.Refused(new DirectoryError.PolicyBlocked { Detail = Texts.Format("Problem.ExpirationNotSelected") }))
            : (StepStatus.Done, instead);
    }

    private Task<DirectoryWriteAnswer?> RenewAsync(Guid group, CancellationToken cancellation) =>
        ActionCall.SendAsync(tenant, (client, token) => client.Groups[group.ToString("D")].Renew.PostAsync(cancellationToken: token), cancellation);

    /// <summary>The tenant's policy, and whether it names the group.</summary>
    private async Task<DirectoryAnswer<(string? Policy, bool IsNamed)>> PoliciesAsync(Guid group, CancellationToken cancellation)
    {
        var answers = await graph.BatchAsync([ExpirationPolicies.Question, new GraphQuery($"/groups/{group:D}/groupLifecyclePolicies")], cancellation);
        return answers[0] is not DirectoryAnswer<JsonElement>.Ok(var all) ? answers[0].WhyNot()
            : answers[1] is not DirectoryAnswer<JsonElement>.Ok(var own) ? answers[1].WhyNot()
            : DirectoryAnswer.Ok((ExpirationPolicies.IdOf(all), own.Items().Any()));
    }

    private async Task<DirectoryAnswer<DateTimeOffset?>> RenewedAsync(Guid group, CancellationToken cancellation) =>
        (await graph.GetAsync(new GraphQuery($"/groups/{group:D}") { Select = ["id", AttributeNames.Renewed] }, cancellation))
            .Map(answer => answer.Time(AttributeNames.Renewed));

    private static DateTimeOffset Before(AttributeWrite attribute) =>
        attribute.Expected is [var time] && DateTimeOffset.TryParse(time, System.Globalization.CultureInfo.InvariantCulture, out var before) ? before : DateTimeOffset.MinValue;

    private static bool IsExpires(AttributeWrite attribute) => string.Equals(attribute.Attribute, AttributeNames.Expires, StringComparison.OrdinalIgnoreCase);

    private static bool IsRenewed(AttributeWrite attribute) => string.Equals(attribute.Attribute, AttributeNames.Renewed, StringComparison.OrdinalIgnoreCase);
}
