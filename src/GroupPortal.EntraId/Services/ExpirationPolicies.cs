using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.EntraId.Reading;
using GroupPortal.EntraId.Writing;
using Microsoft.Graph.Models;

namespace GroupPortal.EntraId.Services;

/// <summary>The expiration policy of Microsoft 365 groups. Graph keeps a list of policies; a tenant has one or none.</summary>
internal sealed class ExpirationPolicies(GraphWrites writes, GraphReader graph)
{
    public static GraphQuery Question { get; } = new("/groupLifecyclePolicies");

    public async Task<DirectoryAnswer<ExpirationPolicy?>> ReadAsync(CancellationToken cancellation) => (await graph.GetAsync(Question, cancellation)).Map(Of);

    /// <summary>Its id, for the actions that put groups in and take them out; null where there is no policy.</summary>
    public async Task<DirectoryAnswer<string?>> IdAsync(CancellationToken cancellation) => (await graph.GetAsync(Question, cancellation)).Map(IdOf);

    /// <summary>A write without an answer is read back; one that is not seen then may still come.</summary>
    public async Task<PolicyAnswer> WriteAsync(ExpirationPolicy policy, CancellationToken cancellation)
    {
        var known = await IdAsync(cancellation);
        if (known is not DirectoryAnswer<string?>.Ok(var id))
        {
            return new PolicyAnswer.Refused(known.WhyNot());
        }

        var body = new GroupLifecyclePolicy
        {
            GroupLifetimeInDays = policy.Days,
            ManagedGroupTypes = policy.Groups.ToString(),
            AlternateNotificationEmails = string.Join(';', policy.Mails),
        };
        var reply = await writes.SendAsync(
            (client, token) => id is null ? client.GroupLifecyclePolicies.PostAsync(body, cancellationToken: token) : client.GroupLifecyclePolicies[id].PatchAsync(body, cancellationToken: token),
            cancellation);
        return reply.IsDone ? new PolicyAnswer.Saved()
            : reply.NotDone().Answer switch
            {
                DirectoryWriteAnswer.Refused(var error) => new PolicyAnswer.Refused(error),
                DirectoryWriteAnswer.Unknown(var why) => await StandsAsync(policy, cancellation) ? new PolicyAnswer.Saved() : new PolicyAnswer.Unknown(why),
                _ => throw new InvalidOperationException("Unreachable: what was not done is refused or unknown."),
            };
    }

    private async Task<bool> StandsAsync(ExpirationPolicy wish, CancellationToken cancellation) =>
        await ReadAsync(cancellation) is DirectoryAnswer<ExpirationPolicy?>.Ok(ExpirationPolicy now)
        && now.Days == wish.Days && now.Groups == wish.Groups && now.Mails.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(wish.Mails);

    public static ExpirationPolicy? Of(JsonElement policies) => policies.Items().FirstOrDefault() is { ValueKind: JsonValueKind.Object } policy
        ? new ExpirationPolicy(
            (int)(policy.Number("groupLifetimeInDays") ?? 0),
            Enum.TryParse<ExpiringGroups>(policy.Text("managedGroupTypes"), ignoreCase: true, out var groups) ? groups : ExpiringGroups.None,
            policy.Text("alternateNotificationEmails")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        : null;

    public static string? IdOf(JsonElement policies) => policies.Items().Select(policy => policy.Text("id")).FirstOrDefault();
}
