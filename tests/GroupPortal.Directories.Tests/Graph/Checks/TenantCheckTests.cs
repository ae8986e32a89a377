using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.EntraId;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Graph.Checks;

public sealed class TenantCheckTests
{
    private const string Links = "\"Sites.Read.All\",\"Tasks.Read.All\",\"TeamSettings.Read.All\",\"Member.Read.Hidden\"";
    private const string All = "\"Group.ReadWrite.All\",\"User.Read.All\",\"Directory.Read.All\",\"Device.Read.All\",\"OrgContact.Read.All\",\"Application.Read.All\"," + Links;

    [Fact]
    public async Task A_tenant_of_the_emulator_passes()
    {
        await using var graph = await GraphTenant.StartAsync(new GraphEmulation.EmulatorOptions { People = 20 });

        var steps = await RunAsync(GraphTenant.Connect(graph.Emulator));

        Assert.Equal(["Sign-in of the app", "Microsoft Graph", "Tenant", "Permissions of the app", "Reading people", "Reading groups"], steps.Select(step => step.Name));
        Assert.DoesNotContain(steps, step => step.Status == CheckStatus.Failed);
        Assert.Equal(CheckStatus.Ok, steps[^1].Status);
    }

    [Theory]
    [InlineData(All, CheckStatus.Ok, "has what it needs")]
    [InlineData("\"User.Read.All\"", CheckStatus.Failed, "needs Group.ReadWrite.All")]
    [InlineData("", CheckStatus.Failed, "; User.Read.All (people in pickers, previews and rules)")]
    [InlineData("\"Group.ReadWrite.All\",\"Directory.Read.All\"," + Links, CheckStatus.Ok, "has what it needs")]
    [InlineData("\"Group.ReadWrite.All\",\"User.Read.All\"," + Links, CheckStatus.Warning, "Directory.Read.All (licences that were bought, settings, the expiration policy, deleted groups); Device.Read.All (devices")]
    [InlineData(All + ",\"Directory.ReadWrite.All\"", CheckStatus.Warning, "Directory.ReadWrite.All (needed only to change the tenant's expiration policy)")]
    [InlineData(All + ",\"RoleManagement.ReadWrite.Directory\"", CheckStatus.Warning, "RoleManagement.ReadWrite.Directory (needed only for updates by rule")]
    public async Task What_the_app_may_do_is_read_from_its_token(string roles, CheckStatus status, string told)
    {
        using var stub = Tenant(Token($$"""{"roles":[{{roles}}]}"""));

        var step = (await RunAsync(Connection(stub))).Single(step => step.Name == "Permissions of the app");

        Assert.Equal(status, step.Status);
        Assert.Contains(told, step.Found, StringComparison.Ordinal);
        Assert.Equal(status == CheckStatus.Ok, step.Advice is null);
    }

    [Fact]
    public async Task What_is_missing_and_what_is_too_broad_are_told_together()
    {
        using var stub = Tenant(Token("""{"roles":["Group.ReadWrite.All","Directory.ReadWrite.All"]}"""));

        var step = (await RunAsync(Connection(stub))).Single(step => step.Name == "Permissions of the app");

        Assert.Contains("does not show what they are for: Member.Read.Hidden (", step.Found, StringComparison.Ordinal);
        Assert.Contains("broad: Directory.ReadWrite.All (", step.Found, StringComparison.Ordinal);
        Assert.Contains("Grant those", step.Advice, StringComparison.Ordinal);
        Assert.Contains("Keep a broad one only", step.Advice, StringComparison.Ordinal);
        Assert.DoesNotContain("take", step.Advice, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_document_has_the_same_table_of_permissions()
    {
        var document = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "operators", "entra-id.md"));
        var rows = document.SkipWhile(line => line != "| permission | | for |").Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Replace("`", "", StringComparison.Ordinal).Trim('|').Split('|', StringSplitOptions.TrimEntries));

        Assert.Equal(
            AppPermissions.All.Select(permission => (permission.Name, permission.Need.ToString(), permission.For)),
            rows.Select(row => (row[0], char.ToUpperInvariant(row[1][0]) + row[1][1..], row[2])));
    }

    [Theory]
    [InlineData("AADSTS7000215: Invalid client secret provided.", "does not accept the client secret")]
    [InlineData("AADSTS7000222: The provided client secret keys are expired.", "has expired")]
    [InlineData("AADSTS700016: Application was not found in the directory.", "does not know this app")]
    [InlineData("AADSTS90002: Tenant not found.", "no tenant of this id")]
    [InlineData("AADSTS700027: The certificate is not registered.", "certificate is not known")]
    [InlineData("AADSTS50000: Something.", "does not give the app a token")]
    public async Task Why_there_is_no_token_is_told_and_the_rest_is_not_tried(string said, string told)
    {
        using var stub = new GraphStub(_ => GraphStub.Json(HttpStatusCode.Unauthorized, $$"""{"error":"invalid_client","error_description":"{{said}}"}"""));
        var good = stub.Connection();
        var steps = await RunAsync(new GraphConnection(good.Store, good.Identity with { Secret = "wrong" }, good.Root, good.CallLimit) { Network = good.Network, Quotas = good.Quotas });

        Assert.Equal(CheckStatus.Failed, steps[0].Status);
        Assert.Contains(told, steps[0].Found, StringComparison.Ordinal);
        Assert.Contains(said, steps[0].ServerText, StringComparison.Ordinal);
        Assert.NotNull(steps[0].Advice);
        Assert.All(steps.Skip(1), step => Assert.Equal(CheckStatus.Skipped, step.Status));
        Assert.Equal(6, steps.Count);
    }

    [Fact]
    public async Task Another_tenants_domain_is_a_warning_and_what_may_not_be_read_is_told()
    {
        using var stub = new GraphStub(request => request.Path.EndsWith("/organization", StringComparison.Ordinal)
            ? GraphStub.Json(HttpStatusCode.OK, """{"value":[{"id":"x","displayName":"Fabrikam","verifiedDomains":[{"name":"fabrikam.com"}]}]}""")
            : GraphStub.Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."));

        var steps = await RunAsync(stub.Connection());

        Assert.Equal(CheckStatus.Warning, steps.Single(step => step.Name == "Tenant").Status);
        Assert.Equal([CheckStatus.Failed, CheckStatus.Failed], steps.TakeLast(2).Select(step => step.Status));
        Assert.All(steps.TakeLast(2), step => Assert.Contains("consent", step.Advice, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(403, true)]
    [InlineData(500, false)]
    public async Task A_Graph_that_does_not_show_the_organisation_answers_all_the_same(int status, bool answers)
    {
        using var stub = new GraphStub(_ => GraphStub.Error(status, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."));
        using var directory = (TenantDirectory)stub.Connection().Open(TimeProvider.System);

        Assert.Equal(answers, await directory.CheckAsync(CancellationToken.None) is null);
    }

    [Fact]
    public async Task A_Graph_that_is_away_is_told_and_the_rest_is_not_tried()
    {
        using var stub = new GraphStub(_ => throw new HttpRequestException(HttpRequestError.ConnectionError, "refused"));

        var steps = await RunAsync(stub.Connection());

        Assert.Equal([CheckStatus.Ok, CheckStatus.Failed, CheckStatus.Skipped, CheckStatus.Skipped, CheckStatus.Skipped, CheckStatus.Skipped], steps.Select(step => step.Status));
    }

    [Fact]
    public void Every_key_in_the_sources_has_its_words()
    {
        var sources = string.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "GroupPortal.EntraId", "Checks"), "*.cs").Select(File.ReadAllText));
        var keys = Regex.Matches(sources, "\"(Check\\.[A-Za-z.]+)\"", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(match => match.Groups[1].Value).Distinct().ToList();
        var reasons = new[] { "Secret", "Expired", "App", "Tenant", "Certificate", "Other", "Unreachable" }.SelectMany(reason => new[] { $"Check.Token.{reason}", $"Check.Token.{reason}.Advice" });

        Assert.True(keys.Count > 15);
        Assert.All(keys.Concat(reasons), key => Assert.True(Texts.Has(key), key));
    }

    private static string Token(string claims) => $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.x";

    private static GraphStub Tenant(string token) => new(request => request.Path.EndsWith("/token", StringComparison.Ordinal)
        ? GraphStub.Json(HttpStatusCode.OK, $$"""{"expires_in":3600,"access_token":"{{token}}"}""")
        : GraphStub.Json(HttpStatusCode.OK, """{"value":[{"id":"bbbbbbbb-0000-0000-0000-000000000002"}]}"""));

    /// <summary>A secret that the stub leaves to the test.</summary>
    private static GraphConnection Connection(GraphStub stub)
    {
        var good = stub.Connection();
        return new GraphConnection(good.Store, good.Identity with { Secret = "other" }, good.Root, good.CallLimit) { Network = good.Network, Quotas = good.Quotas };
    }

    private static async Task<List<CheckStep>> RunAsync(GraphConnection connection)
    {
        var steps = new List<CheckStep>();
        await foreach (var step in new TenantCheck(connection, TimeProvider.System).RunAsync(CancellationToken.None))
        {
            steps.Add(step);
        }

        return steps;
    }
}
