namespace GroupPortal.Web.Tests.Api;

/// <summary>Who may do what through the API: the same policy as on the pages, told in its own sentence.</summary>
[Collection(ApiPortal.Collection)]
public sealed class AccessTests(ApiPortal api)
{
    [Fact]
    public async Task Without_a_token_nothing_is_answered()
    {
        var answer = await api.Nobody.SendAsync(HttpMethod.Get, ApiClient.Ad, "/any");

        Assert.Equal(401, answer.Http);
        Assert.Equal("Bearer realm=\"GroupPortal\"", answer.Header("WWW-Authenticate"));
        Assert.Equal(1, answer.Status);
    }

    [Theory]
    [InlineData("Bearer wrong")]
    [InlineData("Bearer two words")]
    [InlineData("bearer \u0001")]
    public async Task A_token_that_is_none_is_refused_as_such(string authorization)
    {
        var answer = await api.Nobody.SendAsync(HttpMethod.Get, ApiClient.Ad, "/any", null, ("Authorization", authorization));

        Assert.Equal(401, answer.Http);
        Assert.Contains("invalid_token", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_cookie_of_the_browser_counts_for_nothing()
    {
        using var browser = api.Portal.CreateClient();
        using var signedIn = await GroupPortal.Tests.SignInSteps.SignInAsync(browser, "ada");
        using var response = await browser.GetAsync(new Uri("/GroupIDDataService/api/IdentityStores/2/Groups/any", UriKind.Relative));

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task An_employee_changes_and_deletes_what_she_owns_only()
    {
        var own = await api.Uma.NewGroupAsync(ApiClient.Ad, Bodies.NewName());
        var foreign = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName());
        var change = Bodies.Change(0, ("description", ["by uma"]));

        Assert.Equal((200, 0), Pair(await api.Uma.PatchAsync(ApiClient.Ad, own, change)));
        var refused = await api.Uma.PatchAsync(ApiClient.Ad, foreign, change);
        Assert.Equal((403, "AccessDenied"), (refused.Http, refused.ErrorCode));
        Assert.Contains("owners", refused.Message!, StringComparison.Ordinal);
        Assert.Equal(403, (await api.Uma.SendAsync(HttpMethod.Delete, ApiClient.Ad, "/" + foreign)).Http);
        Assert.Equal(403, (await api.Uma.SendAsync(HttpMethod.Delete, ApiClient.Ad, "", $"""[ "{foreign}" ]""")).Http);
        Assert.Equal(403, (await api.Uma.SendAsync(HttpMethod.Patch, ApiClient.Ad, $"/{foreign}?plan=true", change)).Http);
        Assert.Empty(await api.Ada.ValuesAsync(ApiClient.Ad, foreign, "description"));
        Assert.Equal((200, 0), Pair(await api.Uma.SendAsync(HttpMethod.Delete, ApiClient.Ad, "/" + own)));
    }

    [Fact]
    public async Task Helpdesk_and_administrators_change_the_groups_of_others()
    {
        var id = await api.Uma.NewGroupAsync(ApiClient.Ad, Bodies.NewName());

        Assert.Equal((200, 0), Pair(await api.Hal.PatchAsync(ApiClient.Ad, id, Bodies.Change(0, ("description", ["by hal"])))));
        Assert.Equal((200, 0), Pair(await api.Ada.PatchAsync(ApiClient.Ad, id, Bodies.Change(0, ("description", ["by ada"])))));
    }

    [Fact]
    public async Task A_protected_group_is_changed_by_nobody()
    {
        foreach (var client in new[] { api.Ada, api.Hal, api.Uma })
        {
            var answer = await client.PatchAsync(ApiClient.Ad, "Domain Admins", Bodies.Change(1, ("members", ["uma"])));
            Assert.Equal(403, answer.Http);
            Assert.Contains("protected", answer.Message!, StringComparison.Ordinal);
            Assert.Equal(403, (await client.SendAsync(HttpMethod.Delete, ApiClient.Ad, "/Domain%20Admins")).Http);
        }
    }

    [Fact]
    public async Task Of_many_groups_those_are_changed_that_may_be()
    {
        var own = await api.Uma.NewGroupAsync(ApiClient.Ad, Bodies.NewName());
        var foreign = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName());

        var answer = await api.Uma.SendAsync(HttpMethod.Delete, ApiClient.Ad, "", $"""[ "{own}", "{foreign}", "{own}" ]""");

        Assert.Equal((200, 2), Pair(answer));
        Assert.Equal([0, 1, 0], answer.Details.Select(detail => detail!["status"]!.GetValue<int>()));
        Assert.Equal([own, foreign, own], answer.Details.Select(detail => detail!["name"]!.GetValue<string>()));
        Assert.Equal("AccessDenied", answer.Details[1]!["errorCode"]!.GetValue<string>());
        Assert.Equal(200, (await api.Ada.GetAsync(ApiClient.Ad, foreign)).Http);
    }

    private static (int Http, int Status) Pair(ApiAnswer answer) => (answer.Http, answer.Status);
}
