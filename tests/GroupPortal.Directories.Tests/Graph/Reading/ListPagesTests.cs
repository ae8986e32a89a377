using System.Net;
using System.Text.Json.Nodes;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.EntraId;
using GroupPortal.EntraId.Reading;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Graph.Reading;

public sealed class ListPagesTests
{
    private static readonly Guid Group = Guid.Parse("aaaaaaaa-0000-0000-0000-000000000001");
    private static readonly Guid[] People = [.. Enumerable.Range(1, 9).Select(number => Guid.Parse($"bbbbbbbb-0000-0000-0000-00000000000{number}"))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Wherever_somebody_jumps_the_page_is_the_one_that_stands_there(int seed)
    {
        await using var graph = await GraphTenant.StartAsync();
        var numbers = new SeededNumbers((ulong)seed);
        var names = Enumerable.Range(0, 1200).Select(number => $"Group {number:0000}").ToArray();
        foreach (var number in Enumerable.Range(0, names.Length))
        {
            graph.Objects.AddGroup(names[number * 7 % names.Length]);
        }

        for (var jump = 0; jump < 40; jump++)
        {
            var query = new GroupQuery(Descending: numbers.Below(2) == 0, Skip: numbers.Below(3) == 0 ? numbers.Below(1300) : numbers.Below(12) * 100, Take: numbers.Below(2) == 0 ? 100 : 1 + numbers.Below(200));
            var page = (await graph.Directory.FindGroupsAsync(query, CancellationToken.None)).Value();

            Assert.Equal((query.Descending ? Enumerable.Reverse(names) : names).Skip(query.Skip).Take(query.Take), page.Items.Select(group => group.Name));
            Assert.Equal(names.Length, page.Total);
        }
    }

    [Fact]
    public async Task What_we_write_ourselves_is_seen_on_the_pages_that_are_known()
    {
        await using var graph = await GraphTenant.StartAsync();
        foreach (var number in Enumerable.Range(0, 6))
        {
            graph.Objects.AddGroup($"Group {number}");
        }

        async Task<string[]> Names(int skip) => [.. (await graph.Directory.FindGroupsAsync(new GroupQuery(Skip: skip, Take: 3), CancellationToken.None)).Value().Items.Select(group => group.Name)];
        Assert.Equal(["Group 0", "Group 1", "Group 2"], await Names(0));
        Assert.Equal(["Group 3", "Group 4", "Group 5"], await Names(3));

        foreach (var write in graph.Directory.Batch(Plan.Create(graph.Directory.Store, "Group 1 b")))
        {
            (await graph.Directory.WriteAsync(write, null, CancellationToken.None)).Applied();
        }

        Assert.Equal(["Group 2", "Group 3", "Group 4"], await Names(3));
    }

    [Fact]
    public async Task A_link_that_has_grown_too_old_is_replaced_by_the_long_way()
    {
        var graph = new GraphStub(request =>
            request.Path.EndsWith("getByIds", StringComparison.Ordinal) ? Page(null, Asked(request))
            : request.Query.Contains("skiptoken", StringComparison.Ordinal) ? GraphStub.Error(400, "Directory_ExpiredPageToken", "The specified page token value has expired.")
            : request.Query.Contains("$top=999", StringComparison.Ordinal) ? Page(null, People)
            : Page("$skiptoken=2", People[..2]));
        var directory = graph.Connection().Open(TimeProvider.System);

        async Task<Guid[]> Ids(int skip) => [.. (await directory.MembersAsync(new MemberQuery(Group, Skip: skip, Take: 2), CancellationToken.None)).Value().Items.Select(item => item.Id)];

        Assert.Equal(People[..2], await Ids(0));
        Assert.Equal(People[2..4], await Ids(2));
    }

    [Fact]
    public async Task Where_graph_gives_fewer_rows_than_asked_for_the_page_is_filled()
    {
        var graph = new GraphStub(request =>
            request.Path.EndsWith("getByIds", StringComparison.Ordinal) ? Page(null, Asked(request))
            : request.Query.Contains("skiptoken=2", StringComparison.Ordinal) ? Page("$skiptoken=4", People[2..4])
            : request.Query.Contains("$top=999", StringComparison.Ordinal) ? Page(null, People)
            : Page("$skiptoken=2", People[..2]));
        var directory = graph.Connection().Open(TimeProvider.System);

        async Task<Guid[]> Ids(int skip) => [.. (await directory.MembersAsync(new MemberQuery(Group, Skip: skip, Take: 3), CancellationToken.None)).Value().Items.Select(item => item.Id)];

        Assert.Equal(People[..3], await Ids(0));
        Assert.Equal(People[3..6], await Ids(3));
        Assert.Equal(People[6..], await Ids(6));
    }

    [Fact]
    public async Task A_list_that_has_grown_too_old_is_read_anew()
    {
        var clock = new FakeClock();
        using var graph = Whole();
        using var tenant = Tenant.Open(graph.Connection(), clock);
        var pages = new ListPages(new GraphReader(tenant), clock);

        await pages.PageAsync(Query, 4, 2, CancellationToken.None);
        await pages.PageAsync(Query, 6, 2, CancellationToken.None);
        Assert.Equal(1, Walks(graph));
        clock.Advance(TimeSpan.FromMinutes(3));
        await pages.PageAsync(Query, 4, 2, CancellationToken.None);

        Assert.Equal(2, Walks(graph));
    }

    [Fact]
    public async Task What_was_asked_before_we_wrote_is_not_kept_after_it()
    {
        ListPages? pages = null;
        using var graph = Whole(() => pages!.Forget());
        using var tenant = Tenant.Open(graph.Connection(), TimeProvider.System);
        pages = new ListPages(new GraphReader(tenant), TimeProvider.System);

        await pages.PageAsync(Query, 4, 2, CancellationToken.None);
        await pages.PageAsync(Query, 4, 2, CancellationToken.None);

        Assert.Equal(2, Walks(graph));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(400)]
    public async Task A_list_whose_links_lead_in_a_circle_is_given_up(int skip)
    {
        using var graph = new GraphStub(_ => Page("$skiptoken=again"));
        using var tenant = Tenant.Open(graph.Connection(), TimeProvider.System);
        var reader = new GraphReader(tenant);

        var page = await new ListPages(reader, TimeProvider.System).PageAsync(Query, skip, 2, CancellationToken.None);
        var all = await reader.AllAsync(Query, CancellationToken.None);

        Assert.IsType<DirectoryError.Other>(Assert.IsType<DirectoryAnswer<Page<System.Text.Json.JsonElement>>.Failed>(page).Error);
        Assert.Equal("EndlessList", Assert.IsType<DirectoryError.Other>(Assert.IsType<DirectoryAnswer<IReadOnlyList<System.Text.Json.JsonElement>>.Failed>(all).Error).Raw);
        Assert.Equal(4, graph.Requests.Count);
    }

    private static GraphQuery Query => MemberReader.Members(Group) with { IsAdvanced = true };

    private static int Walks(GraphStub graph) => graph.Requests.Count(request => request.Query.Contains("$top=999", StringComparison.Ordinal));

    /// <summary>A list that fits on one page of ids.</summary>
    private static GraphStub Whole(Action? asked = null) => new(request =>
    {
        if (request.Path.EndsWith("getByIds", StringComparison.Ordinal))
        {
            return Page(null, Asked(request));
        }

        asked?.Invoke();
        return Page(null, People);
    });

    private static Guid[] Asked(SentRequest request) => [.. request.Json["ids"]!.AsArray().Select(id => Guid.Parse(id!.GetValue<string>()))];

    private static HttpResponseMessage Page(string? next, params Guid[] ids)
    {
        var page = new JsonObject
        {
            ["@odata.count"] = People.Length,
            ["value"] = new JsonArray([.. ids.Select(id => new JsonObject { ["@odata.type"] = "#microsoft.graph.user", ["id"] = id.ToString() })]),
        };
        if (next is not null)
        {
            page["@odata.nextLink"] = $"http://127.0.0.1:1/beta/groups/{Group}/members?{next}";
        }

        return GraphStub.Json(HttpStatusCode.OK, page.ToJsonString());
    }
}
