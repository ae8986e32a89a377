using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.EntraId.Reading;
using Microsoft.Graph.Models;

namespace GroupPortal.EntraId.Services;

/// <summary>The expiration policy of Microsoft 365 groups. Graph keeps a list of policies; a tenant has one or none.</summary>
internal sealed class ExpirationPolicies(Tenant tenant, GraphReader graph)
{
    public static GraphQuery Question { get; } = new("/groupLifecyclePolicies");

    public async Task<DirectoryAnswer<ExpirationPolicy?>> ReadAsync(CancellationToken cancellation) => (await graph.GetAsync(Question, cancellation)).Map(Of);

    /// <summary>Its id, for the actions that put groups in and take them out; null where there is no policy.</summary>
    public async Task<DirectoryAnswer<string?>> IdAsync(CancellationToken cancellation) => (await graph.GetAsync(Question, cancellation)).Map(IdOf);

    public async Task<DirectoryError?> WriteAsync(ExpirationPolicy policy, CancellationToken cancellation)
    {
        var known = await IdAsync(cancellation);
        if (known is not DirectoryAnswer<string?>.Ok(var id))
        {
            return known.WhyNot();
        }

        var body = new GroupLifecyclePolicy
        {
            GroupLifetimeInDays = policy.Days,
            ManagedGroupTypes = policy.Groups.ToString(),
            AlternateNotificationEmails = string.Join(';', policy.Mails),
        };
        // Sent twice it says the same: whoever hears of no answer looks, and sends it again.
        var answer = await tenant.AskAsync(
            (client, token) => id is null ? client.GroupLifecyclePolicies.PostAsync(body, cancellationToken: token) : client.GroupLifecyclePolicies[id].PatchAsync(body, cancellationToken: token),
            cancellation);
        return answer is DirectoryAnswer<GroupLifecyclePolicy?>.Ok ? null : answer.WhyNot();
    }

    public static ExpirationPolicy? Of(JsonElement policies) => policies.Items().FirstOrDefault() is { ValueKind: JsonValueKind.Object } policy
        ? new ExpirationPolicy(
            (int)(policy.Number("groupLifetimeInDays") ?? 0),
            Enum.TryParse<ExpiringGroups>(policy.Text("managedGroupTypes"), ignoreCase: true, out var groups) ? groups : ExpiringGroups.None,
            policy.Text("alternateNotificationEmails")?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [])
        : null;

    public static string? IdOf(JsonElement policies) => policies.Items().Select(policy => policy.Text("id")).FirstOrDefault();
}
