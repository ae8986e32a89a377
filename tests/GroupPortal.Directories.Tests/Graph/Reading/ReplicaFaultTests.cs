using System.Net;
using System.Text.Json.Nodes;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;

namespace GroupPortal.Directories.Tests.Graph.Reading;

/// <summary>Deltas as Graph may answer them, by hand.</summary>
public sealed class ReplicaFaultTests
{
    private static readonly Guid Group = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001");
    private static readonly Guid Old = Guid.Parse("bbbbbbbb-0000-0000-0000-000000000001");
    private static readonly Guid New = Guid.Parse("bbbbbbbb-0000-0000-0000-000000000002");
    private static readonly Guid Gone = Guid.Parse("bbbbbbbb-0000-0000-0000-000000000003");

    [Fact]
    public async Task What_a_delta_says_of_members_counts_where_the_list_does_not_show_it_yet()
    {
        var graph = new GraphStub(request => Answer(request, url =>
            url.Contains("/members", StringComparison.Ordinal) ? Rows(Id(Old), Id(Gone))
            : url.StartsWith("/groups/delta", StringComparison.Ordinal) ? Delta(url, new JsonObject
            {
                ["id"] = Group.ToString(),
                ["displayName"] = "Group",
                ["members@delta"] = new JsonArray(Id(New), new JsonObject { ["id"] = Gone.ToString(), ["@removed"] = new JsonObject { ["reason"] = "deleted" } }),
            })
            : Delta(url)));

        var group = Assert.Single((await LoadAsync(graph)).Objects);

        Assert.Equal([Old, New], group.Members!.Order());
    }

    [Fact]
    public async Task What_deltas_said_one_after_the_other_counts_as_long_as_the_list_is_behind()
    {
        var round = 0;
        var graph = new GraphStub(request => Answer(request, url =>
            url.Contains("/members", StringComparison.Ordinal) ? Rows(Id(Old))
            : !url.StartsWith("/groups/delta", StringComparison.Ordinal) ? Delta(url)
            : Round(url.Contains("deltatoken", StringComparison.Ordinal) ? ++round : 0)));
        var directory = graph.Connection().Open(TimeProvider.System);

        var page = (await directory.ReplicaAsync((await LoadAsync(graph, directory)).Cookie, 10, CancellationToken.None)).Value();

        Assert.Equal([Old, New, Gone], Assert.Single(page.Objects).Members!.Order());

        static JsonObject Round(int round) => new()
        {
            ["@odata.deltaLink"] = "http://127.0.0.1:1/v1.0/groups/delta?$deltatoken=later",
            ["value"] = round > 2 ? new JsonArray() : new JsonArray(new JsonObject
            {
                ["id"] = Group.ToString(), ["members@delta"] = round switch { 0 => new JsonArray(), 1 => new JsonArray(Id(New)), _ => new JsonArray(Id(Gone)) },
            }),
        };
    }

    [Fact]
    public async Task A_group_too_new_to_be_read_comes_with_the_members_that_its_delta_tells_piece_by_piece()
    {
        var graph = new GraphStub(request => Answer(request, url =>
            url.Contains("/members", StringComparison.Ordinal) ? null
            : !url.StartsWith("/groups/delta", StringComparison.Ordinal) || url.Contains("deltatoken", StringComparison.Ordinal) ? Delta(url)
            : url.Contains("skiptoken", StringComparison.Ordinal) ? Delta(url, Piece(New))
            : new JsonObject { ["@odata.nextLink"] = "http://127.0.0.1:1/v1.0/groups/delta?$skiptoken=2", ["value"] = new JsonArray(Piece(Old)) }));

        var group = (await LoadAsync(graph)).Objects;

        Assert.Equal([[Old], [Old, New]], group.Select(item => item.Members!.Order().ToArray()));

        static JsonObject Piece(Guid member) => new()
        {
            ["id"] = Group.ToString(), ["displayName"] = "Group", ["createdDateTime"] = TimeProvider.System.GetUtcNow().ToString("O"), ["members@delta"] = new JsonArray(Id(member)),
        };
    }

    [Fact]
    public async Task What_was_told_before_a_load_is_begun_again_counts_no_more()
    {
        var isAgain = false;
        var graph = new GraphStub(request => Answer(request, url =>
            url.Contains("/members", StringComparison.Ordinal) ? isAgain ? Rows(Id(Old)) : Rows(Id(Old), Id(New))
            : url.StartsWith("/groups/delta", StringComparison.Ordinal)
                ? Delta(url, new JsonObject { ["id"] = Group.ToString(), ["members@delta"] = isAgain ? new JsonArray(Id(Old)) : new JsonArray(Id(Old), Id(New)) })
            : Delta(url)));
        var directory = graph.Connection().Open(TimeProvider.System);
        Assert.Equal([Old, New], Assert.Single((await LoadAsync(graph, directory)).Objects).Members!.Order());
        isAgain = true;

        Assert.Equal([Old], Assert.Single((await LoadAsync(graph, directory)).Objects).Members!);
    }

    [Fact]
    public async Task Nobody_leaves_a_group_because_its_members_cannot_be_found()
    {
        var isFound = false;
        var graph = new GraphStub(request => Answer(request, url =>
            url.Contains("/members", StringComparison.Ordinal) ? isFound ? Rows(Id(Old), Id(New)) : null
            : url.StartsWith("/groups/delta", StringComparison.Ordinal) ? Delta(url, new JsonObject
            {
                ["id"] = Group.ToString(), ["createdDateTime"] = "2020-01-01T00:00:00Z", ["members@delta"] = new JsonArray(Id(New)),
            })
            : Delta(url)));
        var directory = graph.Connection().Open(TimeProvider.System);
        var first = (await directory.ReplicaAsync(null, 10, CancellationToken.None)).Value();

        Assert.IsType<DirectoryError.Unavailable>(Error(await directory.ReplicaAsync(first.Cookie, 10, CancellationToken.None)));
        isFound = true;
        var group = Assert.Single((await directory.ReplicaAsync(first.Cookie, 10, CancellationToken.None)).Value().Objects);
        Assert.Equal([Old, New], group.Members!.Order());

        // One that stays away does not hold up the others for ever, and what is known of it stays.
        isFound = false;
        for (var misses = 0; misses < 5; misses++)
        {
            Assert.IsType<DirectoryError.Unavailable>(Error(await directory.ReplicaAsync(first.Cookie, 10, CancellationToken.None)));
        }

        var page = (await directory.ReplicaAsync(first.Cookie, 10, CancellationToken.None)).Value();
        Assert.Empty(page.Objects);
        Assert.Empty(page.Deleted);
    }

    [Theory]
    [InlineData(410, "syncStateNotFound")]
    [InlineData(410, "resyncRequired")]
    [InlineData(400, "Directory_ExpiredPageToken")]
    [InlineData(400, "Request_BadRequest")]
    [InlineData(404, "Request_ResourceNotFound")]
    public async Task A_token_that_graph_refuses_is_a_conflict_and_whoever_has_none_is_told_what_is_wrong(int status, string code)
    {
        var isRefused = false;
        var graph = new GraphStub(request => isRefused
            ? Answer(request, _ => null, status, code)
            : Answer(request, url => url.Contains("/delta", StringComparison.Ordinal) ? Delta(url) : Rows()));
        var directory = graph.Connection().Open(TimeProvider.System);
        var cookie = (await LoadAsync(graph, directory)).Cookie;
        isRefused = true;

        Assert.IsType<DirectoryError.Conflict>(Error(await directory.ReplicaAsync(cookie, 10, CancellationToken.None)));
        // In the middle of a load as well.
        Assert.Equal(status == 410, Error(await directory.ReplicaAsync(null, 10, CancellationToken.None)) is DirectoryError.Conflict);
    }

    [Fact]
    public async Task A_kind_that_the_app_may_not_read_is_told_with_the_permission_and_nothing_is_loaded_without_it()
    {
        var graph = new GraphStub(request => request.Path.Contains("/devices", StringComparison.Ordinal)
            ? GraphStub.Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.")
            : Answer(request, url => url.Contains("/delta", StringComparison.Ordinal) ? Delta(url) : Rows()));
        var directory = graph.Connection().Open(TimeProvider.System);
        string? cookie = null;
        DirectoryAnswer<ReplicaPage> answer;
        do
        {
            answer = await directory.ReplicaAsync(cookie, 10, CancellationToken.None);
            cookie = (answer as DirectoryAnswer<ReplicaPage>.Ok)?.Value.Cookie;
        }
        while (cookie is not null);

        Assert.Contains("Device.Read.All", Assert.IsType<DirectoryError.AccessDenied>(Error(answer)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_of_all_kinds_finds_the_rest_where_one_may_not_be_read()
    {
        var graph = new GraphStub(request => Answer(
            request,
            url => url.StartsWith("/contacts", StringComparison.Ordinal) ? null : url.StartsWith("/users", StringComparison.Ordinal) ? Rows(Id(Old)) : Rows(),
            403,
            "Authorization_RequestDenied"));

        var answer = await graph.Connection().Open(TimeProvider.System).FindAsync(new ObjectQuery("a", []), CancellationToken.None);

        var some = Assert.IsType<DirectoryAnswer<Page<DirectoryObject>>.Partial>(answer);
        Assert.Equal(Old, Assert.Single(some.Value.Items).Id);
        Assert.Contains("OrgContact.Read.All", some.Why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_is_resolved_in_part_where_somebody_of_it_may_be_hidden()
    {
        var graph = new GraphStub(request => Answer(request, url => url.StartsWith("/devices", StringComparison.Ordinal) ? null : Rows(), 403, "Authorization_RequestDenied"));

        var answer = await graph.Connection().Open(TimeProvider.System).ResolveAsync(["somebody"], [], CancellationToken.None);

        Assert.IsType<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Partial>(answer);
    }

    private static DirectoryError Error<T>(DirectoryAnswer<T> answer) => Assert.IsType<DirectoryAnswer<T>.Failed>(answer).Error;

    private static Task<ReplicaPage> LoadAsync(GraphStub graph) => LoadAsync(graph, graph.Connection().Open(TimeProvider.System));

    /// <summary>To the end of a load; all objects that came.</summary>
    private static async Task<ReplicaPage> LoadAsync(GraphStub graph, IDirectory directory)
    {
        var all = new List<ReplicaObject>();
        ReplicaPage? page = null;
        do
        {
            page = (await directory.ReplicaAsync(page?.Cookie, 10, CancellationToken.None)).Value();
            all.AddRange(page.Objects);
        }
        while (page.HasMore);

        Assert.NotEmpty(graph.Requests);
        return page with { Objects = all };
    }

    /// <summary>A batch or a single question, each by its address; where there is no answer, an error.</summary>
    private static HttpResponseMessage Answer(SentRequest request, Func<string, JsonObject?> answer, int status = 404, string code = "Request_ResourceNotFound")
    {
        if (!request.Path.EndsWith("/$batch", StringComparison.Ordinal))
        {
            return answer(request.Path[request.Path.IndexOf('/', 1)..] + request.Query) is { } one
                ? GraphStub.Json(HttpStatusCode.OK, one.ToJsonString())
                : GraphStub.Error(status, code, "refused");
        }

        return GraphStub.Json(HttpStatusCode.OK, new JsonObject
        {
            ["responses"] = new JsonArray([.. request.Json["requests"]!.AsArray().Select(inner => answer(inner!["url"]!.GetValue<string>()) is { } one
                ? new JsonObject { ["id"] = inner["id"]!.GetValue<string>(), ["status"] = 200, ["body"] = one }
                : new JsonObject
                {
                    ["id"] = inner["id"]!.GetValue<string>(),
                    ["status"] = status,
                    ["body"] = new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = "refused" } },
                })]),
        }.ToJsonString());
    }

    private static JsonObject Rows(params JsonObject[] rows) => new() { ["value"] = new JsonArray([.. rows]) };

    /// <summary>All of it on one page; nothing after that.</summary>
    private static JsonObject Delta(string url, params JsonObject[] items) => new()
    {
        ["@odata.deltaLink"] = $"http://127.0.0.1:1/v1.0{url.Split('?')[0]}?$deltatoken=later",
        ["value"] = url.Contains("deltatoken", StringComparison.Ordinal) ? new JsonArray() : new JsonArray([.. items]),
    };

    private static JsonObject Id(Guid id) => new() { ["@odata.type"] = "#microsoft.graph.user", ["id"] = id.ToString() };
}
