using System.Net;
using System.Text.Json.Nodes;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;

namespace GroupPortal.Directories.Tests.Graph.Reading;

/// <summary>What Graph may answer besides what it should.</summary>
public sealed class GraphReaderTests
{
    private static readonly Guid Group = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001");
    private static readonly Guid Person = Guid.Parse("bbbbbbbb-0000-0000-0000-000000000001");

    [Fact]
    public async Task A_link_that_leads_elsewhere_is_not_followed()
    {
        var graph = new GraphStub(_ => GraphStub.Json(
            HttpStatusCode.OK, $$"""{"@odata.nextLink":"http://elsewhere.example/v1.0/groups?$skiptoken=x","value":[{"id":"{{Person}}"}]}"""));

        var answer = await Open(graph).MemberIdsAsync(Group, CancellationToken.None);

        Assert.IsType<DirectoryAnswer<IReadOnlySet<Guid>>.Failed>(answer);
        Assert.Single(graph.Requests);
    }

    [Fact]
    public async Task A_link_is_followed_letter_by_letter_with_the_headers_of_the_first_request()
    {
        var graph = new GraphStub(request => request.Query.Contains("skiptoken", StringComparison.Ordinal)
            ? Rows($$"""{"id":"{{Group}}"}""")
            : GraphStub.Json(
                HttpStatusCode.OK,
                $$"""{"@odata.count":2,"@odata.nextLink":"http://127.0.0.1:1/beta/groups/x/members?$skiptoken=m~a%2Fb","value":[{"@odata.type":"#microsoft.graph.user","id":"{{Person}}"}]}"""));

        var directory = Open(graph);
        await directory.MembersAsync(new MemberQuery(Group, Take: 1), CancellationToken.None);
        await directory.MembersAsync(new MemberQuery(Group, Skip: 1, Take: 1), CancellationToken.None);

        Assert.Equal(("/beta/groups/x/members", "?$skiptoken=m~a/b"), (graph.Requests[1].Path, graph.Requests[1].Query));
        Assert.Equal("eventual", graph.Requests[1].Headers["ConsistencyLevel"]);
    }

    [Fact]
    public async Task A_second_page_that_fails_makes_the_members_unknown_and_not_few()
    {
        var graph = new GraphStub(request => request.Query.Contains("skiptoken", StringComparison.Ordinal)
            ? GraphStub.Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
            : GraphStub.Json(HttpStatusCode.OK, $$"""{"@odata.nextLink":"http://127.0.0.1:1/beta/groups/x/members?$skiptoken=1","value":[{"id":"{{Person}}"}]}"""));

        var answer = await Open(graph).MemberIdsAsync(Group, CancellationToken.None);

        Assert.IsType<DirectoryError.AccessDenied>(Assert.IsType<DirectoryAnswer<IReadOnlySet<Guid>>.Failed>(answer).Error);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"value\":[{\"id\":")]
    [InlineData("<html>maintenance</html>")]
    public async Task An_answer_that_is_no_whole_json_is_no_answer(string body)
    {
        var graph = new GraphStub(_ => GraphStub.Json(HttpStatusCode.OK, body));

        var answer = await Open(graph).MemberIdsAsync(Group, CancellationToken.None);

        Assert.IsType<DirectoryError.Unavailable>(Assert.IsType<DirectoryAnswer<IReadOnlySet<Guid>>.Failed>(answer).Error);
    }

    [Fact]
    public async Task Of_an_object_that_the_app_may_not_read_there_is_the_id()
    {
        var graph = new GraphStub(_ => GraphStub.Json(
            HttpStatusCode.OK,
            $$"""
            {"@odata.count":3,"value":[
                {"@odata.type":"#microsoft.graph.user","id":"{{Person}}","displayName":null,"accountEnabled":null,"mail":null},
                {"@odata.type":"#microsoft.graph.group","id":"{{Group}}"},
                {"@odata.type":"#microsoft.graph.directoryRole","id":"{{Guid.NewGuid()}}"}]}
            """));

        var page = (await Open(graph).MembersAsync(new MemberQuery(Group), CancellationToken.None)).Value();

        Assert.Equal([(Person, ObjectKind.User, Person.ToString()), (Group, ObjectKind.Group, Group.ToString())], page.Items.Select(item => (item.Id, item.Kind, item.Name)));
        Assert.All(page.Items, item => Assert.True(item.Enabled));
        Assert.Equal(3, page.Total);
    }

    [Fact]
    public async Task What_is_throttled_in_a_batch_is_sent_again_alone()
    {
        var graph = new GraphStub(request =>
        {
            if (!request.Path.EndsWith("/$batch", StringComparison.Ordinal))
            {
                return GraphStub.Error(404, "Request_ResourceNotFound", "nothing");
            }

            var asked = request.Json["requests"]!.AsArray();
            return GraphStub.Json(HttpStatusCode.OK, new JsonObject
            {
                ["responses"] = new JsonArray([.. asked.Reverse().Select(one => asked.Count > 1 && one!["url"]!.GetValue<string>().StartsWith("/devices", StringComparison.Ordinal)
                    ? new JsonObject { ["id"] = one["id"]!.GetValue<string>(), ["status"] = 429, ["headers"] = new JsonObject { ["Retry-After"] = "2" } }
                    : new JsonObject { ["id"] = one!["id"]!.GetValue<string>(), ["status"] = 200, ["body"] = Found(one["url"]!.GetValue<string>()) })]),
            }.ToJsonString());
        });

        var page = (await Open(graph).FindAsync(new ObjectQuery("", []), CancellationToken.None)).Value();

        Assert.Equal(["contacts", "devices", "groups", "servicePrincipals", "users"], page.Items.Select(item => item.Name));
        Assert.Equal([5, 1], graph.Requests.Select(request => request.Json["requests"]!.AsArray().Count));
    }

    [Fact]
    public async Task A_kind_that_may_not_be_searched_is_an_error_and_not_nobody()
    {
        var graph = new GraphStub(_ => GraphStub.Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation."));

        var answer = await Open(graph).FindAsync(new ObjectQuery("a", [ObjectKind.Device]), CancellationToken.None);

        Assert.IsType<DirectoryError.AccessDenied>(Assert.IsType<DirectoryAnswer<Page<DirectoryObject>>.Failed>(answer).Error);
    }

    private static IDirectory Open(GraphStub graph) => graph.Connection().Open(TimeProvider.System);

    private static HttpResponseMessage Rows(params IEnumerable<string> rows) => GraphStub.Json(HttpStatusCode.OK, $$"""{"value":[{{string.Join(',', rows)}}]}""");

    private static JsonObject Found(string url) => new()
    {
        ["@odata.count"] = 1,
        ["value"] = new JsonArray(new JsonObject { ["id"] = Guid.NewGuid().ToString(), ["displayName"] = url.Split('?')[0].Trim('/') }),
    };
}
