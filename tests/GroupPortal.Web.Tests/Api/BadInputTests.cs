using System.Globalization;
using System.Text;

namespace GroupPortal.Web.Tests.Api;

/// <summary>Whatever is sent, the answer is the envelope, with a clear status and sentence, and nothing is half done.</summary>
[Collection(ApiPortal.Collection)]
public sealed class BadInputTests(ApiPortal api)
{
    [Theory]
    [InlineData("{ \"GroupName\": ", 400)]
    [InlineData("not json", 400)]
    [InlineData("""{ "GroupName": {} }""", 400)]
    [InlineData("""{ "GroupName": "X", "AttributesCollection": { "AttributesCollection": { "description": "text" } } }""", 400)]
    [InlineData("", 422)]
    [InlineData("{}", 422)]
    [InlineData("""{ "GroupName": "" }""", 422)]
    [InlineData("""{ "GroupName": " Blank" }""", 422)]
    [InlineData("""{ "GroupName": "X", "Container": "nonsense" }""", 422)]
    [InlineData("""{ "GroupName": "X", "Container": "OU=Nowhere,DC=demo,DC=local" }""", 422)]
    [InlineData("""{ "GroupName": "X", "AttributesCollection": { "AttributesCollection": { "groupType": [ { "Value": "16" } ] } } }""", 422)]
    [InlineData("""{ "GroupName": "X", "AttributesCollection": { "AttributesCollection": { "description": [ { "Value": "a" }, { "Value": "b" } ] } } }""", 422)]
    [InlineData("""{ "GroupName": "X", "AttributesCollection": { "AttributesCollection": { "description": [ { "Value": "a" } ], "Description": [ { "Value": "b" } ] } } }""", 422)]
    [InlineData("""{ "GroupName": "X", "AttributesCollection": { "AttributesCollection": { "managedBy": [ { "Value": "nobody-at-all" } ] } } }""", 422)]
    [InlineData("""{ "GroupName": "X", "AttributesCollection": { "AttributesCollection": { "managedBy": [ { "Value": "uma" }, { "Value": "hal" } ] } } }""", 422)]
    [InlineData("""{ "GroupName": "X", "AttributesCollection": { "AttributesCollection": { "XGroupSecurity": [ { "Value": "Semi_Public" } ] } } }""", 422)]
    [InlineData("""{ "GroupName": "Domain Admins", "Container": "CN=Users,DC=demo,DC=local" }""", 409)]
    public async Task A_create_that_cannot_be_is_refused_and_makes_nothing(string body, int http)
    {
        var answer = await api.Ada.CreateAsync(ApiClient.Ad, body);

        Assert.True(http == answer.Http, answer.Text);
        Assert.Equal(1, answer.Status);
        Assert.Null(answer.Body!["data"]);
        Assert.NotNull(answer.ErrorCode);
        Assert.False(string.IsNullOrWhiteSpace(answer.Message));
        Assert.NotEmpty(answer.Body["exceptionMessagesAttributeWise"]!.AsObject());
    }

    [Theory]
    [InlineData("description", 1024)]
    [InlineData("sAMAccountName", 256)]
    public async Task A_value_that_is_too_long_is_refused_with_its_limit(string attribute, int limit)
    {
        var answer = await api.Ada.CreateAsync(ApiClient.Ad, Bodies.Group(Bodies.NewName(), (attribute, [new string('x', limit + 1)])));

        Assert.Equal(422, answer.Http);
        Assert.Contains(limit.ToString(CultureInfo.InvariantCulture), answer.Body!["exceptionMessagesAttributeWise"]![attribute]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", "/StaticGroup")]
    [InlineData("GET", "/any")]
    [InlineData("PATCH", "/any")]
    [InlineData("DELETE", "")]
    public async Task An_unknown_store_is_not_found(string method, string path)
    {
        var answer = await api.Ada.SendAsync(new HttpMethod(method), 77, path, "{}");

        Assert.Equal((404, "NotFound"), (answer.Http, answer.ErrorCode));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "")]
    public async Task An_unknown_group_is_not_found(string method, string suffix)
    {
        foreach (var identity in new[] { Guid.NewGuid().ToString(), "No such group", "CN=No,OU=Groups,DC=demo,DC=local", "*", "(cn=*)" })
        {
            var answer = await api.Ada.SendAsync(new HttpMethod(method), ApiClient.Ad, "/" + Uri.EscapeDataString(identity) + suffix, method == "GET" ? "[]" : "{}");
            Assert.True(answer.Http == 404, $"{identity}: {answer.Text}");
        }
    }

    [Theory]
    [InlineData("GET", "", "")]
    [InlineData("GET", "", "[]")]
    [InlineData("POST", "/query", "{ \"attributes\": [] }")]
    [InlineData("DELETE", "", "")]
    [InlineData("DELETE", "", "[]")]
    [InlineData("DELETE", "", "[ 7, {} ]")]
    [InlineData("DELETE", "", "[ \"\" ]")]
    [InlineData("PATCH", "", "")]
    [InlineData("PATCH", "", "{}")]
    [InlineData("PATCH", "", "[ {} ]")]
    public async Task A_request_about_many_that_names_none_is_refused(string method, string path, string body)
    {
        var answer = await api.Ada.SendAsync(new HttpMethod(method), ApiClient.Ad, path, body);

        Assert.True(answer.Http == 400, answer.Text);
    }

    [Fact]
    public async Task A_group_that_is_named_twice_in_an_update_is_refused()
    {
        var id = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName());
        var answer = await api.Ada.SendAsync(HttpMethod.Patch, ApiClient.Ad, "/", $$"""[ { "objectIdFromIdentityStore": "{{id}}" }, { "objectIdFromIdentityStore": "{{id}}" } ]""");

        Assert.Equal(400, answer.Http);
        Assert.Contains("$[1]", answer.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_over_10_MB_is_refused()
    {
        var answer = await api.Ada.SendAsync(HttpMethod.Post, "/GroupIDDataService/api/IdentityStores/2/Groups/StaticGroup", new byte[(10 * 1024 * 1024) + 1]);

        Assert.Equal(413, answer.Http);
        Assert.Contains("10 MB", answer.Message!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-8")]
    public async Task The_content_type_does_not_matter(string? contentType)
    {
        var name = Bodies.NewName();
        var answer = await api.Ada.CreateAsync(ApiClient.Ad, Bodies.Group(name), contentType is null ? [] : [("Content-Type", contentType)]);

        Assert.True(answer is { Http: 200, Status: 0 }, answer.Text);
    }

    [Fact]
    public async Task A_byte_order_mark_does_not_matter()
    {
        var answer = await api.Ada.SendAsync(
            HttpMethod.Post, "/GroupIDDataService/api/IdentityStores/2/Groups/StaticGroup", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Bodies.Group(Bodies.NewName()))]);

        Assert.Equal(200, answer.Http);
    }

    [Fact]
    public async Task Missing_and_double_members_fail_alone()
    {
        var missing = Guid.NewGuid().ToString();
        var answer = await api.Ada.CreateAsync(ApiClient.Ad, Bodies.Group(Bodies.NewName(), ("members", ["uma", missing, "hal", "uma"])));

        Assert.Equal((200, 2), (answer.Http, answer.Status));
        var members = answer.Detail("members");
        Assert.Equal(2, members["status"]!.GetValue<int>());
        Assert.Equal([0, 1, 0, 1], members["details"]!.AsArray().Select(member => member!["status"]!.GetValue<int>()));
        Assert.Equal(missing, members["details"]![1]!["name"]!.GetValue<string>());
        Assert.Equal(2, (await api.Ada.ValuesAsync(ApiClient.Ad, answer.Body!["data"]!.GetValue<string>(), "members")).Length);
    }

    [Fact]
    public async Task An_unknown_attribute_fails_alone()
    {
        var id = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName());
        var answer = await api.Ada.PatchAsync(ApiClient.Ad, id, Bodies.Change(0, ("description", ["new"]), ("colour", ["red"])));

        Assert.Equal((200, 2), (answer.Http, answer.Status));
        Assert.Equal(0, answer.Detail("description")["status"]!.GetValue<int>());
        Assert.Equal(1, answer.Detail("colour")["status"]!.GetValue<int>());
        Assert.Equal("UnknownAttribute", answer.Detail("colour")["errorCode"]!.GetValue<string>());
        Assert.NotNull(answer.Body!["exceptionMessagesAttributeWise"]!["colour"]);
        Assert.Equal(["new"], await api.Ada.ValuesAsync(ApiClient.Ad, id, "description"));
    }

    [Fact]
    public async Task Many_members_at_once_have_an_answer_each()
    {
        var ids = Enumerable.Range(0, 100_000).Select(_ => Guid.NewGuid().ToString()).ToArray();
        var answer = await api.Ada.CreateAsync(ApiClient.Ad, Bodies.Group(Bodies.NewName(), ("members", [.. ids, "uma"])));

        Assert.Equal((200, 2), (answer.Http, answer.Status));
        Assert.Equal([.. ids.Take(3)], answer.Detail("members")["details"]!.AsArray().Take(3).Select(member => member!["name"]!.GetValue<string>()));
        Assert.Equal(100_001, answer.Detail("members")["details"]!.AsArray().Count);
    }

    [Theory]
    [InlineData("PUT", "/any", 405)]
    [InlineData("POST", "", 405)]
    [InlineData("GET", "/any/more/of/it", 404)]
    public async Task What_is_no_operation_is_said_in_the_envelope(string method, string path, int http)
    {
        var answer = await api.Ada.SendAsync(new HttpMethod(method), ApiClient.Ad, path, "{}");

        Assert.Equal(http, answer.Http);
        Assert.NotNull(answer.Message);
    }

    [Fact]
    public async Task A_misspelt_plan_does_not_become_a_write()
    {
        var name = Bodies.NewName();
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/StaticGroup?plan=yes", Bodies.Group(name));

        Assert.Equal(400, answer.Http);
        Assert.Equal(404, (await api.Ada.GetAsync(ApiClient.Ad, name)).Http);
    }
}
