using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Domain;

/// <summary>People of a real domain at the portal's page and at its API.</summary>
[Collection(DomainPortal.Collection)]
public sealed class DomainSignInTests(DomainPortal domain)
{
    private static readonly Uri Token = new("/GroupIDSecurityService/connect/token", UriKind.Relative);

    [SambaTheory]
    [InlineData("ada")]
    [InlineData(@"DEMO\ada")]
    [InlineData("ada@demo.local")]
    public async Task An_administrator_gets_in_by_every_spelling_and_to_the_directories(string name)
    {
        using var client = domain.Portal.CreateClient();
        using var response = await client.SignInAsync(name, SambaDomainController.Person("ada").Password);

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(client, "/"));
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(client, "/admin/directories"));
    }

    [SambaFact]
    public async Task Somebody_without_a_role_gets_in_and_not_to_the_directories()
    {
        using var client = domain.Portal.CreateClient();
        using var response = await client.SignInAsync("uma", SambaDomainController.Person("uma").Password);
        using var page = await client.GetAsync(new Uri("/admin/directories", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(client, "/"));
        Assert.StartsWith("/access-denied", new Uri(domain.Portal.Address, page.Headers.Location!).AbsolutePath, StringComparison.Ordinal);
    }

    [SambaTheory]
    [InlineData("disabled", "This account is disabled.")]
    [InlineData("expired", "This account has expired.")]
    [InlineData("mustchange", "Your password must be changed first.")]
    [InlineData("nobody", "do not match")]
    public async Task Who_cannot_sign_in_reads_why(string name, string told)
    {
        using var client = domain.Portal.CreateClient();
        using var response = await client.SignInAsync(name, SambaDomainController.Disabled.Password);

        Assert.Contains(told, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, await StatusOfAsync(client, "/"));
    }

    [SambaFact]
    public async Task A_script_gets_a_token_reads_the_domains_groups_and_is_told_why_not()
    {
        using var client = domain.Portal.CreateClient();
        var (status, right) = await AskAsync(client, @"DEMO\ada", SambaDomainController.Person("ada").Password);
        Assert.Equal(HttpStatusCode.OK, status);

        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", right["access_token"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, await StatusOfAsync(client, "/GroupIDDataService/api/IdentityStores/2/Groups/Domain%20Admins"));

        var (refused, wrong) = await AskAsync(client, "disabled", SambaDomainController.Disabled.Password);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (refused, wrong["error"]!.GetValue<string>()));
        Assert.StartsWith("This account is disabled.", wrong["error_description"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [SambaFact]
    public async Task Who_signed_in_is_a_person_of_the_domain_and_owns_what_she_makes()
    {
        using var client = domain.Portal.CreateClient();
        var (_, tokens) = await AskAsync(client, "uma", SambaDomainController.Person("uma").Password);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tokens["access_token"]!.GetValue<string>());
        using var body = new StringContent("""{"GroupName":"Of Uma","AttributesCollection":{"AttributesCollection":{}}}""", System.Text.Encoding.UTF8, "application/json");
        using var plan = await client.PostAsync(new Uri("/GroupIDDataService/api/IdentityStores/2/Groups/StaticGroup?plan=true", UriKind.Relative), body);
        var text = await plan.Content.ReadAsStringAsync();

        Assert.True(plan.IsSuccessStatusCode, text);
        // A plan has an owner only where the account's own object was found.
        Assert.Contains("\"name\":\"managedBy\"", text, StringComparison.Ordinal);
    }

    [SambaFact]
    public async Task Guessing_stops_before_the_domain_would_lock_the_account()
    {
        using var client = domain.Portal.CreateClient();
        foreach (var name in new[] { "hal", @"DEMO\hal", "hal@demo.local", "HAL" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await AskAsync(client, name, "a guess")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(client, @"demo\Hal", SambaDomainController.Person("hal").Password)).Status);
    }

    [SambaFact]
    public async Task No_password_stands_in_the_log()
    {
        using var client = domain.Portal.CreateClient();
        using var response = await client.SignInAsync("ida", SambaDomainController.Person("ida").Password);

        Assert.DoesNotContain(SambaDomainController.Service.Password, domain.Portal.Output, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusOfAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return response.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, JsonNode Body)> AskAsync(HttpClient client, string name, string password)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "password"), new("client_id", "tests"), new("username", name), new("password", password), new("identity_store_id", "2")]);
        using var response = await client.PostAsync(Token, form);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
