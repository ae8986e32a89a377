using System.Text.Json.Nodes;

namespace GroupPortal.Web.Tests.Api;

/// <summary>Plan only, strict, If-Match, and the guard's confirmation.</summary>
[Collection(ApiPortal.Collection)]
public sealed class WriteOptionsTests(ApiPortal api)
{
    private static readonly string[] Three = ["uma", "hal", "ada"];

    [Theory]
    [InlineData(ApiClient.Ad, "uma@demo.local")]
    [InlineData(ApiClient.Entra, "uma@5cjshm.onmicrosoft.com")]
    public async Task A_plan_of_a_create_writes_nothing(int store, string member)
    {
        var name = Bodies.NewName();
        var answer = await api.Ada.SendAsync(HttpMethod.Post, store, "/StaticGroup?plan=true", Bodies.Group(name, ("description", ["x"]), ("members", [member])));

        Assert.Equal((200, 8), (answer.Http, answer.Status));
        Assert.Null(answer.Body!["data"]);
        Assert.All(answer.Details, detail => Assert.Equal(8, detail!["status"]!.GetValue<int>()));
        Assert.Equal(64, answer.Header("GroupPortal-Plan-Hash").Length);
        Assert.Equal(404, (await api.Ada.GetAsync(store, name)).Http);
    }

    [Fact]
    public async Task A_plan_of_an_update_or_delete_writes_nothing()
    {
        var id = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName(), ("description", ["before"]));

        var update = await api.Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, $"/{id}?plan=true", Bodies.Change(0, ("description", ["after"])));
        var many = await api.Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, "/?plan=true", Change(id, "after"));
        var delete = await api.Ada.SendAsync(HttpMethod.Delete, ApiClient.Ad, $"/{id}?plan=true");
        var deleteMany = await api.Ada.SendAsync(HttpMethod.Delete, ApiClient.Ad, "?plan=true", $"""[ "{id}" ]""");

        Assert.All([update, many, delete, deleteMany], answer => Assert.Equal((200, 8), (answer.Http, answer.Status)));
        Assert.Equal(["before"], await api.Ada.ValuesAsync(ApiClient.Ad, id, "description"));
    }

    [Fact]
    public async Task A_plan_shows_which_lines_cannot_be_done()
    {
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/StaticGroup?plan=true", Bodies.Group(Bodies.NewName(), ("members", ["uma", "nobody-at-all"])));

        Assert.Equal(8, answer.Status);
        Assert.Equal([8, 1], answer.Detail("members")["details"]!.AsArray().Select(member => member!["status"]!.GetValue<int>()));
    }

    [Fact]
    public async Task Strict_attempts_nothing_where_one_line_cannot_be_done()
    {
        var name = Bodies.NewName();
        var answer = await api.Ada.CreateAsync(ApiClient.Ad, Bodies.Group(name, ("description", ["x"]), ("members", ["uma", "nobody-at-all"])), ("Prefer", "handling=strict"));

        Assert.Equal((422, 1), (answer.Http, answer.Status));
        Assert.Equal("handling=strict", answer.Header("Preference-Applied"));
        Assert.Equal(7, answer.Detail("description")["status"]!.GetValue<int>());
        Assert.Equal([7, 1], answer.Detail("members")["details"]!.AsArray().Select(member => member!["status"]!.GetValue<int>()));
        Assert.Equal(404, (await api.Ada.GetAsync(ApiClient.Ad, name)).Http);
    }

    [Fact]
    public async Task Strict_with_nothing_wrong_is_carried_out()
    {
        var answer = await api.Ada.CreateAsync(ApiClient.Ad, Bodies.Group(Bodies.NewName(), ("members", ["uma"])), ("Prefer", "respond-async, handling=strict"));

        Assert.Equal((200, 0), (answer.Http, answer.Status));
    }

    [Fact]
    public async Task Strict_over_many_groups_attempts_none_where_one_is_unknown()
    {
        var id = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName(), ("description", ["before"]));
        var body = JsonNode.Parse(Change(id, "after"))!.AsArray();
        body.Add(JsonNode.Parse(Change(Guid.NewGuid().ToString(), "after"))![0]!.DeepClone());
        var strict = await api.Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, "/", body.ToJsonString(), ("Prefer", "handling=strict"));

        Assert.Equal(422, strict.Http);
        Assert.Equal([7, 1], strict.Details.Select(detail => detail!["status"]!.GetValue<int>()));
        Assert.Equal(["before"], await api.Ada.ValuesAsync(ApiClient.Ad, id, "description"));

        var lenient = await api.Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, "/", body.ToJsonString());
        Assert.Equal((200, 2), (lenient.Http, lenient.Status));
        Assert.Equal([0, 1], lenient.Details.Select(detail => detail!["status"]!.GetValue<int>()));
        Assert.Equal(["after"], await api.Ada.ValuesAsync(ApiClient.Ad, id, "description"));
    }

    [Fact]
    public async Task What_is_so_already_is_as_asked_and_says_so()
    {
        var id = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName(), ("description", ["same"]));
        var answer = await api.Ada.PatchAsync(ApiClient.Ad, id, Bodies.Change(0, ("description", ["same"])));

        Assert.Equal((200, 0), (answer.Http, answer.Status));
        Assert.Equal((0, "It was so already."), (answer.Detail("description")["status"]!.GetValue<int>(), answer.Detail("description")["message"]!.GetValue<string>()));
    }

    [Fact]
    public async Task If_Match_lets_the_state_that_was_looked_at_through_and_no_other()
    {
        var id = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName());
        var seen = (await api.Ada.GetAsync(ApiClient.Ad, id)).Headers.ETag!.Tag;

        var first = await api.Ada.PatchAsync(ApiClient.Ad, id, Bodies.Change(0, ("description", ["first"])), ("If-Match", seen));
        var second = await api.Ada.PatchAsync(ApiClient.Ad, id, Bodies.Change(0, ("description", ["second"])), ("If-Match", seen));
        var third = await api.Ada.PatchAsync(ApiClient.Ad, id, Bodies.Change(0, ("description", ["third"])), ("If-Match", $"\"other\", {first.Headers.ETag!.Tag}"));
        var delete = await api.Ada.SendAsync(HttpMethod.Delete, ApiClient.Ad, "/" + id, null, ("If-Match", seen));

        Assert.Equal([200, 412, 200, 412], new[] { first, second, third, delete }.Select(answer => answer.Http));
        Assert.Equal("Conflict", second.ErrorCode);
        Assert.Equal(["third"], await api.Ada.ValuesAsync(ApiClient.Ad, id, "description"));
    }

    [Fact]
    public async Task A_held_plan_goes_on_with_its_hash_and_with_no_other()
    {
        var id = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName(), ("members", Three));
        var clear = Bodies.Change(0, ("members", [""]));

        var held = await api.Ada.PatchAsync(ApiClient.Ad, id, clear);
        var hash = held.Header("GroupPortal-Plan-Hash");
        var plan = await api.Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, $"/{id}?plan=true", clear);
        var wrong = await api.Ada.PatchAsync(ApiClient.Ad, id, clear, ("GroupPortal-Confirm", new string('0', 64)));

        Assert.Equal((422, "PolicyBlocked"), (held.Http, held.ErrorCode));
        Assert.Contains("GroupPortal-Confirm: " + hash, held.Message!, StringComparison.Ordinal);
        Assert.Equal(hash, plan.Header("GroupPortal-Plan-Hash"));
        Assert.Equal(422, wrong.Http);
        Assert.Equal(3, (await api.Ada.ValuesAsync(ApiClient.Ad, id, "members")).Length);

        var confirmed = await api.Ada.PatchAsync(ApiClient.Ad, id, clear, ("GroupPortal-Confirm", hash));
        Assert.Equal((200, 0), (confirmed.Http, confirmed.Status));
        Assert.Empty(await api.Ada.ValuesAsync(ApiClient.Ad, id, "members"));
    }

    [Fact]
    public async Task One_held_plan_of_many_holds_them_all()
    {
        var held = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName(), ("members", Three));
        var free = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName());
        var body = JsonNode.Parse(Change(free, "after"))!.AsArray();
        body.Add(new JsonObject { ["objectIdFromIdentityStore"] = held, ["attributesBusinessObject"] = JsonNode.Parse(Bodies.Change(0, ("members", [])))!["AttributesCollection"]!.DeepClone() });

        var answer = await api.Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, "/", body.ToJsonString());
        Assert.Equal(422, answer.Http);
        Assert.Equal([7, 1], answer.Details.Select(detail => detail!["status"]!.GetValue<int>()));
        Assert.Empty(await api.Ada.ValuesAsync(ApiClient.Ad, free, "description"));

        var confirmed = await api.Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, "/", body.ToJsonString(), ("GroupPortal-Confirm", answer.Header("GroupPortal-Plan-Hash")));
        Assert.Equal((200, 0), (confirmed.Http, confirmed.Status));
    }

    [Fact]
    public async Task Members_are_replaced_added_and_removed_by_action()
    {
        var id = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName(), ("members", ["uma"]));

        await api.Ada.PatchAsync(ApiClient.Ad, id, Bodies.Change(1, ("members", ["hal", "ada"])));
        Assert.Equal(3, (await api.Ada.ValuesAsync(ApiClient.Ad, id, "members")).Length);
        await api.Ada.PatchAsync(ApiClient.Ad, id, Bodies.Change(2, ("members", ["uma"])));
        Assert.Equal(2, (await api.Ada.ValuesAsync(ApiClient.Ad, id, "members")).Length);
        await api.Ada.PatchAsync(ApiClient.Ad, id, Bodies.Change(0, ("members", ["hal"])));
        Assert.Single(await api.Ada.ValuesAsync(ApiClient.Ad, id, "members"));
    }

    private static string Change(string id, string description) => new JsonArray(new JsonObject
    {
        ["objectIdFromIdentityStore"] = id,
        ["attributesBusinessObject"] = JsonNode.Parse(Bodies.Change(0, ("description", [description])))!["AttributesCollection"]!.DeepClone(),
    }).ToJsonString();
}
