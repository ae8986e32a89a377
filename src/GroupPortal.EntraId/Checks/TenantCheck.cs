using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions;

namespace GroupPortal.EntraId;

/// <summary>
/// Tests the way to a tenant step by step: the app's token, Graph, the tenant, what the app may do, and whether people and groups can be
/// seen. It reads only; what could be written is what the token says that the app was granted.
/// </summary>
public sealed partial class TenantCheck(GraphConnection connection, TimeProvider clock)
{
    private static readonly string[] Steps = ["Graph", "Tenant", "Permissions", "People", "Groups"];

    /// <summary>What Entra ID says of why there is no token, by the number in its text.</summary>
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["7000215"] = "Secret",
        ["7000222"] = "Expired",
        ["700016"] = "App",
        ["90002"] = "Tenant",
        ["700027"] = "Certificate",
    };

    public async IAsyncEnumerable<CheckStep> RunAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var pipeline = new GraphPipeline(connection, clock);
        var (token, given) = await TokenAsync(pipeline, cancellation);
        yield return given;
        if (token is null)
        {
            foreach (var step in Steps)
            {
                yield return Skipped(step);
            }

            yield break;
        }

        var people = await AskAsync(pipeline, (client, stop) => client.Users.GetAsync(request => (request.QueryParameters.Select, request.QueryParameters.Top) = (["id"], 1), stop), cancellation);
        var groups = await AskAsync(pipeline, (client, stop) => client.Groups.GetAsync(request => (request.QueryParameters.Select, request.QueryParameters.Top) = (["id"], 1), stop), cancellation);

        // Somebody who may not look at people or groups is answered all the same.
        var silent = people.Error is DirectoryError.Unavailable && groups.Error is DirectoryError.Unavailable ? groups.Error : null;
        yield return silent is null ? Ok("Graph", "Check.Graph.Answers", connection.Root.Authority) : Refused("Graph", silent);
        if (silent is not null)
        {
            foreach (var step in Steps[1..])
            {
                yield return Skipped(step);
            }

            yield break;
        }

        yield return await TenantAsync(pipeline, cancellation);
        yield return PermissionsOf(token);
        yield return people.Error is { } unseen ? Refused("People", unseen)
            : people.Value?.Value is { Count: > 0 } ? Ok("People", "Check.People.Found") : Failed("People", "Check.People.NoneInTenant", "Check.Permissions.Advice");
        yield return groups.Error is { } hidden ? Refused("Groups", hidden)
            : groups.Value?.Value is { Count: > 0 } ? Ok("Groups", "Check.Groups.Found") : new CheckStep(null, NameOf("Groups"), CheckStatus.Warning, Texts.Format("Check.Groups.NoneInTenant"));
    }

    private static async Task<(string? Token, CheckStep Step)> TokenAsync(GraphPipeline pipeline, CancellationToken cancellation)
    {
        try
        {
            return ((await pipeline.Tokens.TokenAsync(claims: null, cancellation)).Token, Ok("Token", "Check.Token.Given"));
        }
        catch (RequestNotSentException fault)
        {
            var number = Number().Match(fault.Message) is { Success: true } found ? found.Groups["number"].Value : string.Empty;
            var reason = !fault.IsSignIn ? "Unreachable" : Reasons.GetValueOrDefault(number, "Other");
            return (null, Failed("Token", $"Check.Token.{reason}", $"Check.Token.{reason}.Advice") with { ServerText = fault.Message });
        }
    }

    private async Task<CheckStep> TenantAsync(GraphPipeline pipeline, CancellationToken cancellation)
    {
        var answer = await AskAsync(
            pipeline, (client, stop) => client.Organization.GetAsync(request => request.QueryParameters.Select = ["id", "displayName", "verifiedDomains"], stop), cancellation);
        if (answer.Error is { } error)
        {
            // Everything else works without knowing the tenant's name.
            return new CheckStep(null, NameOf("Tenant"), CheckStatus.Skipped, Texts.Format("Check.Tenant.Untold")) { ServerText = error.ServerText };
        }

        var tenant = answer.Value?.Value is [var first, ..] ? first : null;
        var domains = tenant?.VerifiedDomains?.Select(domain => domain.Name).OfType<string>().ToList() ?? [];
        var wanted = connection.Domain;
        return domains.Count == 0 || domains.Contains(wanted, StringComparer.OrdinalIgnoreCase)
            ? Ok("Tenant", "Check.Tenant.Found", tenant?.DisplayName ?? wanted)
            : new CheckStep(
                null, NameOf("Tenant"), CheckStatus.Warning, Texts.Format("Check.Tenant.Other", wanted, string.Join(", ", domains)), Texts.Format("Check.Tenant.Other.Advice"));
    }

    private CheckStep PermissionsOf(string token)
    {
        if (AppPermissions.In(token) is not { } granted)
        {
            return connection.Identity.Loopback is not null
                ? new CheckStep(null, NameOf("Permissions"), CheckStatus.Skipped, Texts.Format("Check.Permissions.Untold"))
                : Failed("Permissions", "Check.Permissions.None", "Check.Permissions.Advice");
        }

        // All that is to be said is said at once, the worst first.
        var told = new List<(string Key, IReadOnlyList<AppPermission> Which)>
        {
            ("Check.Permissions.Missing", AppPermissions.Missing(PermissionNeed.Needed, granted)),
            ("Check.Permissions.Partly", AppPermissions.Missing(PermissionNeed.Useful, granted)),
            ("Check.Permissions.Broad", AppPermissions.Broad(granted)),
        }.Where(one => one.Which.Count > 0).ToList();
        return told.Count == 0
            ? Ok("Permissions", "Check.Permissions.Granted")
            : new CheckStep(
                null,
                NameOf("Permissions"),
                told[0].Key == "Check.Permissions.Missing" ? CheckStatus.Failed : CheckStatus.Warning,
                string.Join(' ', told.Select(one => Texts.Format(one.Key, string.Join("; ", one.Which.Select(permission => Texts.Format("Check.Permissions.One", permission.Name, permission.For)))))),
                string.Join(' ', told.Select(one => Texts.Format(one.Key + ".Advice"))));
    }

    private async Task<(T? Value, DirectoryError? Error)> AskAsync<T>(
        GraphPipeline pipeline, Func<GraphServiceClient, CancellationToken, Task<T?>> ask, CancellationToken cancellation)
    {
        try
        {
            return (await ask(pipeline.Client, cancellation), null);
        }
        catch (ApiException fault)
        {
            return (default, GraphErrors.Of(GraphFailure.Of(fault, clock)));
        }
        catch (Exception fault) when (GraphErrors.IsUnreachable(fault, cancellation))
        {
            return (default, GraphErrors.Unreachable(fault));
        }
    }

    private static CheckStep Refused(string step, DirectoryError error) => error is DirectoryError.AccessDenied
        ? Failed(step, "Check.Answer.Refused", "Check.Permissions.Advice") with { ServerText = error.ServerText }
        : new CheckStep(null, NameOf(step), CheckStatus.Failed, error.Message, Texts.Format("Check.Answer.Refused.Advice")) { ServerText = error.ServerText };

    private static CheckStep Ok(string step, string key, params string[] arguments) => new(null, NameOf(step), CheckStatus.Ok, Texts.Format(key, arguments));

    private static CheckStep Failed(string step, string key, string advice) => new(null, NameOf(step), CheckStatus.Failed, Texts.Format(key), Texts.Format(advice));

    private static CheckStep Skipped(string step) => new(null, NameOf(step), CheckStatus.Skipped, Texts.Format("Check.Skipped"));

    private static string NameOf(string step) => Texts.Format($"Check.Step.{step}");

    [GeneratedRegex("AADSTS(?<number>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
