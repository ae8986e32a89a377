using System.Globalization;
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
internal sealed class ExpirationWriter(GraphWrites writes, GraphReader graph)
{
    public static bool Takes(DirectoryWrite.ModifyGroup write) => write.Attributes.All(one => IsExpires(one) || IsRenewed(one));

    public async Task<Attempt> WriteAsync(DirectoryWrite.ModifyGroup write, Guid group, CancellationToken cancellation)
    {
        var (outcomes, refusal) = (new List<StepOutcome>(), default(DirectoryError));
        foreach (var attribute in write.Attributes)
        {
            var (status, instead) = IsExpires(attribute)
                ? await SetAsync(group, IsTrue(attribute), cancellation)
                : (StepStatus.Done, await RenewAsync(group, cancellation));
            switch (instead?.Answer)
            {
                case null:
                    outcomes.Add(new StepOutcome(attribute.Step, status));
                    break;
                case DirectoryWriteAnswer.Refused(var error):
                    refusal ??= error with { Attribute = attribute.Attribute };
                    outcomes.Add(StepOutcome.Failed(attribute.Step, error with { Attribute = attribute.Attribute }));
                    break;
                default:
                    // Reading back finds out about both.
                    return instead.Value;
            }
        }

        // Refused as a whole, the runner knows what to do with it: to wait, or to look for the one at fault.
        return refusal is not null && outcomes.TrueForAll(outcome => outcome.Status == StepStatus.Failed)
            ? Attempt.Refused(refusal)
            : new Attempt(new DirectoryWriteAnswer.Applied(group, null, outcomes));
    }

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.ModifyGroup write, Guid group, CancellationToken cancellation)
    {
        foreach (var attribute in write.Attributes)
        {
            var stands = IsExpires(attribute)
                ? (await PoliciesAsync(group, cancellation)).Map(policies => policies.IsNamed == IsTrue(attribute))
                : (await RenewedAsync(group, cancellation)).Map(renewed => renewed > Before(attribute));
            if (stands is not DirectoryAnswer<bool>.Ok(var isSo))
            {
                return stands.WhyNot() is DirectoryError.NotFound gone ? new DirectoryWriteAnswer.Refused(gone) : new DirectoryWriteAnswer.Unknown(stands.WhyNot());
            }

            if (!isSo)
            {
                return new DirectoryWriteAnswer.Refused(new DirectoryError.NotFound());
            }
        }

        return CreateWriter.Applied(group, write);
    }

    private async Task<(StepStatus Status, Attempt? Instead)> SetAsync(Guid group, bool expires, CancellationToken cancellation)
    {
        var known = await PoliciesAsync(group, cancellation);
        if (known is not DirectoryAnswer<(string? Policy, bool IsNamed)>.Ok(var (policy, isNamed)))
        {
            return (StepStatus.Failed, Attempt.Refused(known.WhyNot()));
        }

        if (isNamed == expires)
        {
            return (StepStatus.NoChange, null);
        }

        if (policy is null)
        {
            return (StepStatus.Failed, Attempt.Refused(new DirectoryError.PolicyBlocked { Detail = Texts.Format("Problem.ExpirationMissing") }));
        }

        var reply = await writes.SendAsync<object>(
            group,
            async (client, token) => expires
                ? (await client.GroupLifecyclePolicies[policy].AddGroup.PostAsAddGroupPostResponseAsync(new() { GroupId = group.ToString("D") }, cancellationToken: token))?.Value
                : (await client.GroupLifecyclePolicies[policy].RemoveGroup.PostAsRemoveGroupPostResponseAsync(new() { GroupId = group.ToString("D") }, cancellationToken: token))?.Value,
            cancellation);
        return !reply.IsDone ? (StepStatus.Failed, reply.NotDone())
            // It answers false, and no error, where the policy takes all groups or none.
            : reply.Value is false ? (StepStatus.Failed, Attempt.Refused(new DirectoryError.PolicyBlocked { Detail = Texts.Format("Problem.ExpirationNotSelected") }))
            : (StepStatus.Done, null);
    }

    private async Task<Attempt?> RenewAsync(Guid group, CancellationToken cancellation)
    {
        var reply = await writes.SendAsync<object>(
            group,
            async (client, token) =>
            {
                await client.Groups[group.ToString("D")].Renew.PostAsync(cancellationToken: token);
                return null;
            },
            cancellation);
        return reply.IsDone ? null : reply.NotDone();
    }

    /// <summary>The tenant's policy, and whether it names the group.</summary>
    private async Task<DirectoryAnswer<(string? Policy, bool IsNamed)>> PoliciesAsync(Guid group, CancellationToken cancellation)
    {
        var answers = await graph.BatchAsync([ExpirationPolicies.Question, new GraphQuery($"/groups/{group:D}/groupLifecyclePolicies")], cancellation);
        return answers[0] is not DirectoryAnswer<JsonElement>.Ok(var all) ? answers[0].WhyNot()
            : answers[1] is not DirectoryAnswer<JsonElement>.Ok(var own) ? answers[1].WhyNot()
            : DirectoryAnswer.Ok((ExpirationPolicies.IdOf(all), own.Items().Any()));
    }

    private async Task<DirectoryAnswer<DateTimeOffset?>> RenewedAsync(Guid group, CancellationToken cancellation) =>
        await PresentGroup.ReadAsync(writes, group, [AttributeNames.Renewed], cancellation) switch
        {
            DirectoryAnswer<PresentGroup?>.Ok({ } present) => DirectoryAnswer.Ok(Time(present.Values(AttributeNames.Renewed))),
            DirectoryAnswer<PresentGroup?>.Ok => new DirectoryError.NotFound { ServerText = group.ToString() },
            var answer => answer.WhyNot(),
        };

    private static DateTimeOffset Before(AttributeWrite attribute) => Time(attribute.Expected ?? []) ?? DateTimeOffset.MinValue;

    private static DateTimeOffset? Time(IReadOnlyList<string> values) =>
        values is [var text] && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static bool IsTrue(AttributeWrite attribute) => attribute.Values is [var text] && bool.TryParse(text, out var flag) && flag;

    private static bool IsExpires(AttributeWrite attribute) => string.Equals(attribute.Attribute, AttributeNames.Expires, StringComparison.OrdinalIgnoreCase);

    private static bool IsRenewed(AttributeWrite attribute) => string.Equals(attribute.Attribute, AttributeNames.Renewed, StringComparison.OrdinalIgnoreCase);
}
