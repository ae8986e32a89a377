using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;

namespace GroupPortal.EntraId.Services;

/// <summary>
/// Asks the tenant's naming policy on behalf of a person. It binds people and not applications: names that an app writes are never
/// held against it unless the app asks.
/// </summary>
internal sealed class NamingPolicy(Tenant tenant)
{
    private const int Unprocessable = 422;

    public Task<DirectoryAnswer<IReadOnlyList<NameRefusal>>> CheckAsync(NameCheck check, CancellationToken cancellation) => tenant.AskAsync(
        async (client, token) =>
        {
            try
            {
                await AskAsync(client, check, token);
                return [];
            }
            catch (ODataError refusal) when (refusal.ResponseStatusCode == Unprocessable)
            {
                return Of(refusal, check);
            }
        },
        cancellation);

    private static Task AskAsync(GraphServiceClient client, NameCheck check, CancellationToken cancellation) => check.Group is { } group
        ? client.Groups[group.ToString("D")].ValidateProperties.PostAsync(
            new() { DisplayName = check.DisplayName, MailNickname = check.MailNickname, OnBehalfOfUserId = check.Person }, cancellationToken: cancellation)
        : client.DirectoryObjects.ValidateProperties.PostAsync(
            new() { EntityType = "Group", DisplayName = check.DisplayName, MailNickname = check.MailNickname, OnBehalfOfUserId = check.Person }, cancellationToken: cancellation);

    /// <summary>Graph tells the first thing that is wrong, but where it is prefix and suffix only.</summary>
    private static IReadOnlyList<NameRefusal> Of(ODataError refusal, NameCheck check)
    {
        var details = (refusal.Error?.Details ?? []).Where(detail => detail.Message is { Length: > 0 }).ToList();
        return details.Count > 0
            ? [.. details.Select(detail => new NameRefusal(AttributeOf(detail.Target, check), detail.Code ?? string.Empty, detail.Message!))]
            : [new NameRefusal(AttributeOf(null, check), refusal.Error?.Code ?? string.Empty, refusal.Error?.Message ?? refusal.Message)];
    }

    private static string AttributeOf(string? target, NameCheck check) =>
        string.Equals(target, AttributeNames.MailNickname, StringComparison.OrdinalIgnoreCase) ? AttributeNames.MailNickname
        : string.Equals(target, AttributeNames.DisplayName, StringComparison.OrdinalIgnoreCase) || check.DisplayName is not null ? AttributeNames.DisplayName
        : AttributeNames.MailNickname;
}
