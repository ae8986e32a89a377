using System.Net;
using System.Text;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Reading;
using GroupPortal.EntraId.Requests;
using GroupPortal.EntraId.Writing;
using GroupPortal.Tests;
using Microsoft.Graph.Models;

namespace GroupPortal.Directories.Tests.Graph.Requests;

/// <summary>What the SDK's requests go through.</summary>
public sealed class PipelineTests
{
    private static readonly Guid Id = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001");

    [Fact]
    public async Task Every_request_has_the_apps_token_and_its_priority()
    {
        using var stub = new GraphStub(_ => GraphStub.Json(HttpStatusCode.OK, """{"value":[]}"""));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        await tenant.Client.Groups.GetAsync();
        using (CurrentPriority.Begin(WorkPriority.Low))
        {
            await tenant.Client.Groups.GetAsync();
        }

        Assert.Equal(["Bearer token", "Bearer token"], stub.Requests.Select(request => request.Headers["Authorization"]));
        Assert.Equal(["High", "Low"], stub.Requests.Select(request => request.Headers["x-ms-throttle-priority"]));
        Assert.Single(stub.TokenRequests);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_question_is_asked_again_where_Graph_had_no_time(int status)
    {
        var times = 0;
        using var stub = new GraphStub(_ => ++times < 3 ? GraphStub.Error(status, "TooManyRequests", "later") : GraphStub.Json(HttpStatusCode.OK, """{"value":[]}"""));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        Assert.NotNull(await tenant.Client.Groups.GetAsync());
        Assert.Equal(3, times);
    }

    [Fact]
    public async Task A_question_that_was_not_answered_is_asked_again_and_a_write_is_not()
    {
        var times = 0;
        using var stub = new GraphStub(_ => ++times % 2 == 1 ? throw new HttpRequestException("cut") : GraphStub.Json(HttpStatusCode.OK, """{"value":[]}"""));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        Assert.NotNull(await tenant.Client.Groups.GetAsync());
        Assert.Equal(2, times);
        await Assert.ThrowsAsync<RequestUnansweredException>(() => tenant.Client.Groups.PostAsync(new Group()));
        Assert.Equal(3, times);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_write_that_was_not_answered_clearly_is_not_repeated_by_itself(int status)
    {
        using var stub = new GraphStub(_ => GraphStub.Error(status, "ServiceUnavailable", "?"));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() => tenant.Client.Groups[Id.ToString()].DeleteAsync());
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_write_that_was_too_much_is_sent_again_whole()
    {
        var times = 0;
        using var stub = new GraphStub(_ => ++times < 4 ? GraphStub.Error(429, "TooManyRequests", "later") : GraphStub.Json(HttpStatusCode.Created, $$"""{"id":"{{Id}}"}"""));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        var made = await tenant.Client.Groups.PostAsync(new Group { DisplayName = "same" });

        Assert.Equal(Id.ToString(), made!.Id);
        Assert.Equal(4, stub.Requests.Count);
        Assert.Single(stub.Requests.Select(request => request.Body).Distinct());
        Assert.Equal("same", (string?)stub.Requests[^1].Json["displayName"]);
    }

    [Fact]
    public async Task What_is_too_much_for_good_is_told_with_the_time_to_wait()
    {
        using var stub = new GraphStub(_ =>
        {
            var answer = GraphStub.Error(429, "TooManyRequests", "later");
            answer.Headers.TryAddWithoutValidation("Retry-After", "0.01");
            return answer;
        });
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        var answer = await tenant.AskAsync((client, token) => client.Groups.GetAsync(cancellationToken: token), CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(0.01), Assert.IsType<DirectoryError.Throttled>(Assert.IsType<DirectoryAnswer<GroupCollectionResponse?>.Failed>(answer).Error).After);
        Assert.Equal(PacingHandler.MostWhenThrottled, stub.Requests.Count);
    }

    [Fact]
    public async Task Whoever_waits_is_told_of_a_long_pause_at_once()
    {
        using var stub = new GraphStub(_ =>
        {
            var answer = GraphStub.Error(429, "TooManyRequests", "later");
            answer.Headers.TryAddWithoutValidation("Retry-After", "120");
            return answer;
        });
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        var answer = await tenant.AskAsync((client, token) => client.Groups.GetAsync(cancellationToken: token), CancellationToken.None);

        Assert.Equal(TimeSpan.FromMinutes(2), Assert.IsType<DirectoryError.Throttled>(Assert.IsType<DirectoryAnswer<GroupCollectionResponse?>.Failed>(answer).Error).After);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task Whoever_waits_is_told_of_a_long_pause_of_a_Graph_that_is_away()
    {
        using var stub = new GraphStub(_ => Later(503, "600"));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        var answer = await tenant.AskAsync((client, token) => client.Groups.GetAsync(cancellationToken: token), CancellationToken.None);

        Assert.IsType<DirectoryError.Unavailable>(Assert.IsType<DirectoryAnswer<GroupCollectionResponse?>.Failed>(answer).Error);
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task Whoever_asks_while_a_job_waits_out_a_long_pause_is_told_and_nothing_is_sent()
    {
        using var stub = new GraphStub(_ => Later(429, "600"));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);
        using var end = new CancellationTokenSource();
        Task job;
        using (CurrentPriority.Begin(WorkPriority.Low))
        {
            job = tenant.Client.Groups.GetAsync(cancellationToken: end.Token);
        }

        await Eventually.IsAsync(() => stub.Requests.Count == 1);
        var answer = await tenant.AskAsync((client, token) => client.Groups.GetAsync(cancellationToken: token), CancellationToken.None);

        var error = Assert.IsType<DirectoryAnswer<GroupCollectionResponse?>.Failed>(answer).Error;
        Assert.True(Assert.IsType<DirectoryError.Throttled>(error).After > TimeSpan.FromMinutes(9));
        await end.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => job);
    }

    [Theory]
    [InlineData("WriteLimitExceeded", false)]
    [InlineData("ResourceUnitLimitExceeded", true)]
    public async Task What_is_too_much_to_write_inside_a_batch_does_not_hold_up_reading(string information, bool holdsReads)
    {
        using var stub = new GraphStub(request => GraphStub.Json(HttpStatusCode.OK, request.Path == "/v1.0/$batch"
            ? $$$"""{"responses":[{"id":"0","status":429,"headers":{"Retry-After":"300","X-MS-Throttle-Information":"{{{information}}}"}}]}"""
            : """{"value":[]}"""));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        // Too much for good: whoever waits is told of the pause in place of the second round.
        await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() => GraphBatch.SendAsync(
            tenant.Client, tenant.Urls, [new BatchRequest(HttpMethod.Delete, GraphUrls.Reference(Links.Members, Id, Id))], TimeProvider.System, CancellationToken.None));
        var read = await tenant.AskAsync((client, token) => client.Groups.GetAsync(cancellationToken: token), CancellationToken.None);

        Assert.Equal(holdsReads, read is DirectoryAnswer<GroupCollectionResponse?>.Failed);
    }

    [Theory]
    [InlineData("<html>")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"responses":[{"id":"0"},{},7]}""")]
    [InlineData("""{"responses":[{"id":"7","status":204}]}""")]
    public async Task A_batch_that_is_answered_with_something_else_is_not_answered(string body)
    {
        using var stub = new GraphStub(_ => GraphStub.Json(HttpStatusCode.OK, body));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);
        var request = new BatchRequest(HttpMethod.Delete, GraphUrls.Reference(Links.Members, Id, Id));

        var reply = await new GraphWrites(tenant).SendAsync(
            async (client, token) => await GraphBatch.SendAsync(client, tenant.Urls, [request], TimeProvider.System, token), CancellationToken.None);

        Assert.True(reply.Lost is not null || reply.Value is [{ Failure.IsUnclear: true }], reply.ToString());
        Assert.Single(stub.Requests);
    }

    [Fact]
    public async Task A_batch_that_answers_one_question_twice_is_read()
    {
        using var stub = new GraphStub(_ => GraphStub.Json(HttpStatusCode.OK, """{"responses":[{"id":"0","status":200,"body":{}},{"id":"0","status":200,"body":{}},{"id":"1","status":200,"body":{}}]}"""));
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        var answers = await new GraphReader(tenant).BatchAsync([new GraphQuery("/a"), new GraphQuery("/b")], CancellationToken.None);

        Assert.All(answers, answer => Assert.IsType<DirectoryAnswer<System.Text.Json.JsonElement>.Ok>(answer));
    }

    private static HttpResponseMessage Later(int status, string after)
    {
        var answer = GraphStub.Error(status, "Later", "later");
        answer.Headers.TryAddWithoutValidation("Retry-After", after);
        return answer;
    }

    [Fact]
    public async Task Claims_that_Graph_asks_for_are_honoured_once()
    {
        var challenge = Convert.ToBase64String(Encoding.UTF8.GetBytes("""{"access_token":{"nbf":{"essential":true,"value":"1"}}}"""));
        using var stub = new GraphStub(request =>
        {
            if (request.Headers["Authorization"] == "Bearer token-with-claims")
            {
                return GraphStub.Json(HttpStatusCode.OK, """{"value":[]}""");
            }

            var refused = GraphStub.Error(401, "InvalidAuthenticationToken", "Continuous access evaluation resulted in challenge.");
            refused.Headers.TryAddWithoutValidation("WWW-Authenticate", $"Bearer realm=\"\", authorization_uri=\"https://login\", error=\"insufficient_claims\", claims=\"{challenge}\"");
            return refused;
        });
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        Assert.NotNull(await tenant.Client.Groups.GetAsync());
        Assert.Equal(2, stub.Requests.Count);
        Assert.Contains("nbf", Uri.UnescapeDataString(stub.TokenRequests[^1].Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Claims_that_are_never_enough_end()
    {
        using var stub = new GraphStub(_ =>
        {
            var refused = GraphStub.Error(401, "InvalidAuthenticationToken", "again");
            refused.Headers.TryAddWithoutValidation("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"e30=\"");
            return refused;
        });
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        await Assert.ThrowsAsync<Microsoft.Graph.Models.ODataErrors.ODataError>(() => tenant.Client.Groups.GetAsync());
        Assert.Equal(2, stub.Requests.Count);
    }

    [Fact]
    public async Task A_refused_app_is_told_as_such_and_nothing_is_sent()
    {
        using var stub = new GraphStub(_ => GraphStub.Json(HttpStatusCode.Unauthorized, """{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret provided."}"""));
        var good = stub.Connection();
        var connection = new GraphConnection(good.Store, good.Identity with { Secret = "wrong" }, good.Root, good.CallLimit) { Network = good.Network, Quotas = good.Quotas };
        using var tenant = Tenant.Open(connection, TimeProvider.System);

        var answer = await tenant.AskAsync((client, token) => client.Groups.GetAsync(cancellationToken: token), CancellationToken.None);

        var error = Assert.IsType<DirectoryError.Unavailable>(Assert.IsType<DirectoryAnswer<GroupCollectionResponse?>.Failed>(answer).Error);
        Assert.Contains("does not let the portal in", error.Message, StringComparison.Ordinal);
        Assert.Contains("AADSTS7000215", error.ServerText, StringComparison.Ordinal);
        Assert.Empty(stub.Requests);
    }

    [Fact]
    public void A_network_that_is_away_at_the_sign_in_is_no_refused_app()
    {
        var cut = new Azure.Identity.AuthenticationFailedException("ClientSecretCredential authentication failed.", new AggregateException(new HttpRequestException("cut")));
        var away = new Azure.Identity.AuthenticationFailedException("failed", new Azure.RequestFailedException(0, "no route"));
        var refused = new Azure.Identity.AuthenticationFailedException("AADSTS7000215: Invalid client secret provided.", new HttpRequestException("401"));
        var wrong = new Azure.Identity.AuthenticationFailedException("The certificate has no key.");

        Assert.Equal([false, false, true, true], new Exception[] { cut, away, refused, wrong }.Select(TokenHandler.IsSignIn));
    }

    [Fact]
    public async Task Nobody_listening_is_not_sent()
    {
        using var stub = new GraphStub(_ => GraphStub.Empty());
        var good = stub.Connection();
        var connection = new GraphConnection(good.Store, good.Identity, good.Root, good.CallLimit) { Quotas = good.Quotas };
        using var tenant = Tenant.Open(connection, TimeProvider.System);

        var fault = await Assert.ThrowsAsync<RequestNotSentException>(() => tenant.Client.Groups.PostAsync(new Group()));
        Assert.IsType<DirectoryError.Unavailable>(GraphErrors.Unreachable(fault));
    }

    [Theory]
    [InlineData("GET", "/v1.0/users?$select=id&$top=999", 1, 0)]
    [InlineData("GET", "/v1.0/users", 2, 0)]
    [InlineData("GET", "/v1.0/users?$expand=manager", 3, 0)]
    [InlineData("GET", "/v1.0/groups/x/members", 3, 0)]
    [InlineData("GET", "/v1.0/groups/x/members?%24select=id", 2, 0)]
    [InlineData("GET", "/v1.0/groups/x/transitiveMembers", 5, 0)]
    [InlineData("GET", "/v1.0/groups/x/transitiveMemberOf", 2, 0)]
    [InlineData("GET", "/v1.0/groups?$top=5", 1, 0)]
    [InlineData("POST", "/v1.0/directoryObjects/getByIds", 5, 0)]
    [InlineData("POST", "/v1.0/users/x/checkMemberGroups", 4, 0)]
    [InlineData("POST", "/v1.0/directoryObjects/validateProperties", 1, 0)]
    [InlineData("POST", "/v1.0/groups", 1, 1)]
    [InlineData("PATCH", "/v1.0/groups/x", 1, 1)]
    [InlineData("DELETE", "/groups/x/members/y/$ref", 1, 1)]
    [InlineData("PUT", "/v1.0/groups/x/team", 1, 1)]
    public void Requests_cost_what_the_price_list_says(string method, string address, int units, int writes) =>
        Assert.Equal(new RequestCost(units, writes), RequestCosts.Of(new HttpMethod(method), address));
}
