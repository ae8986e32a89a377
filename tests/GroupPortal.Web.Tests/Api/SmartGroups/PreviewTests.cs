using System.Globalization;
using System.Text.Json.Nodes;
using static GroupPortal.Web.Tests.Api.SmartGroups.RuleBodies;

namespace GroupPortal.Web.Tests.Api.SmartGroups;

/// <summary>POST …/SmartGroups/Preview: what a rule would do to a group, or would make of a new one.</summary>
[Collection(ApiPortal.Collection)]
public sealed class PreviewTests(ApiPortal api)
{
    private const string Sales = "department Is Exactly \"Sales\"";

    [Fact]
    public async Task A_rule_for_a_new_group_is_answered_with_everything_beside_it()
    {
        var answer = await api.Ada.PreviewAsync(ApiClient.Ad, Rule($"({Sales} or department Is Exactly \"Legal\")", ("pageSize", 3), ("attributesToLoad", Texts("department", "Mail"))));

        Assert.Equal(["hash", "asOf", "counts", "clauses", "guard", "lint", "problems", "found", "data"], answer.Body!.AsObject().Select(field => field.Key));
        Assert.Equal(64, answer.Body["hash"]!.GetValue<string>().Length);
        Assert.InRange(
            DateTimeOffset.Parse(answer.Body["asOf"]!.GetValue<string>(), CultureInfo.InvariantCulture), TimeProvider.System.GetUtcNow().AddHours(-1), TimeProvider.System.GetUtcNow().AddMinutes(1));
        Assert.Equal(["total", "joining", "leaving", "staying", "excepted"], answer.Body["counts"]!.AsObject().Select(count => count.Key));
        Assert.True(answer.Count("total") > 3);
        Assert.Equal((answer.Count("total"), 0, 0, 0), (answer.Count("joining"), answer.Count("leaving"), answer.Count("staying"), answer.Count("excepted")));
        var clauses = answer.Body["clauses"]!.AsArray();
        Assert.Equal(["", "0", "1"], clauses.Select(clause => clause!["path"]!.GetValue<string>()));
        Assert.Equal([answer.Count("total")], new[] { clauses[1]!["count"]!.GetValue<int>() + clauses[2]!["count"]!.GetValue<int>() });
        Assert.Contains("Legal", clauses[2]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("ok", answer.Body["guard"]!["verdict"]!.GetValue<string>());
        Assert.Empty(answer.Body["guard"]!["reasons"]!.AsArray());
        Assert.Empty(answer.Body["problems"]!.AsArray());
        Assert.All(answer.Body["lint"]!.AsArray(), finding => Assert.Equal(["code", "level", "path", "message"], finding!.AsObject().Select(field => field.Key)));
        Assert.Equal(answer.Count("total"), answer.Body["found"]!.GetValue<int>());
        Assert.Equal(3, answer.Data().Count);
        Assert.All(answer.Data(), one =>
        {
            Assert.Contains(Assert.Single(one.Values("department")!), new[] { "Sales", "Legal" });
            Assert.Single(one.Values("Mail")!);
        });
    }

    [Fact]
    public async Task The_people_come_in_the_shape_of_a_group_that_is_read()
    {
        var group = await api.Ada.GetAsync(ApiClient.Ad, "DemoGroup1", "displayName");
        var answer = await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales, ("pageSize", 1), ("attributesToLoad", Texts("displayName"))));

        var found = Assert.Single(answer.Data());
        Assert.Equal(group.Body!.AsObject().Select(field => field.Key), found.AsObject().Select(field => field.Key));
        Assert.Equal(
            group.Body["attributesBusinessObject"]!["attributesCollection"]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal),
            found["attributesBusinessObject"]!["attributesCollection"]!.AsObject().Select(field => field.Key).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("(department Contains \"eng\"", "groupid", 25)]
    [InlineData("", "groupid", 0)]
    [InlineData("deparment Is Exactly \"Sales\"", "groupid", 0)]
    [InlineData("(&(department=Sales)(title~=boss))", "ldap", 0)]
    [InlineData("(department=Sales", "ldap", 17)]
    [InlineData("user.department -eq Sales", "entra", 0)]
    public async Task Broken_criteria_are_refused_with_all_problems_and_their_places(string criteria, string language, int least)
    {
        var answer = await api.Ada.PreviewAsync(ApiClient.Ad, Rule(criteria, ("language", language)));

        Assert.Equal((400, 1, "InvalidValue"), (answer.Http, answer.Status, answer.ErrorCode));
        var problems = answer.Body!["problems"]!.AsArray();
        Assert.NotEmpty(problems);
        Assert.All(problems, problem =>
        {
            Assert.Equal(["message", "start", "length"], problem!.AsObject().Select(field => field.Key));
            Assert.InRange(problem!["start"]!.GetValue<int>(), least, criteria.Length);
            Assert.InRange(problem["length"]!.GetValue<int>(), 0, criteria.Length - problem["start"]!.GetValue<int>());
        });
        Assert.Null(answer.Body["data"]);
        Assert.Null(answer.Body["counts"]);
    }

    [Fact]
    public async Task Two_problems_come_with_two_places()
    {
        var answer = await api.Ada.PreviewAsync(ApiClient.Ad, Rule("deparment Present and titel Present"));

        Assert.Equal([0, 22], answer.Body!["problems"]!.AsArray().Select(problem => problem!["start"]!.GetValue<int>()));
        Assert.Contains("department", answer.Message!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "criteria": "l Present", "language": "sql" }""", "$.language")]
    [InlineData("""{ "criteria": "l Present", "show": "everything" }""", "$.show")]
    [InlineData("""{ "criteria": "l Present", "show": "1" }""", "$.show")]
    [InlineData("""{ "criteria": "l Present", "pageNo": -1 }""", "$.pageNo")]
    [InlineData("""{ "criteria": "l Present", "pageSize": 1001 }""", "$.pageSize")]
    [InlineData("""{ "criteria": "l Present", "objectTypes": [0] }""", "$.objectTypes[0]")]
    [InlineData("""{ "criteria": "l Present", "startPaths": [{ "dn": "nowhere" }] }""", "$.startPaths[0]")]
    [InlineData("""{ "criteria": "l Present", "startPaths": [{ "scope": 1 }] }""", "$.startPaths[0]")]
    [InlineData("""{ "criteria": "l Present", "startPaths": [{ "dn": "DC=demo,DC=local", "scope": 7 }] }""", "$.startPaths[0]")]
    [InlineData("""{ "criteria": "l Present", "include": ["uma"] }""", "$.include[0]")]
    [InlineData("""{ "criteria": "l Present", "exclude": "uma" }""", "$.exclude")]
    [InlineData("""{ "criteria": ["l Present"] }""", "$.criteria")]
    [InlineData("""{ "criteria": "l Present", "startPath": [{ "dn": "OU=Sales,OU=Staff,DC=demo,DC=local" }] }""", "mean startPaths?")]
    [InlineData("""{ "criteria": "l Present", "objectType": [6] }""", "mean objectTypes?")]
    [InlineData("""{ "criteria": "l Present", "more": 1 }""", "$.more")]
    [InlineData("""{ "criteria": "l Present", "startPaths": [{ "dn": "OU=Sales,OU=Staff,DC=demo,DC=local", "scop": 1 }] }""", "mean scope?")]
    [InlineData("""{ "criteria": "l Present" """, "no JSON")]
    public async Task A_body_that_cannot_be_read_is_refused_with_the_place(string body, string place)
    {
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/SmartGroups/Preview", body);

        Assert.Equal((400, 1, "InvalidValue"), (answer.Http, answer.Status, answer.ErrorCode));
        Assert.Contains(place, answer.Message!, StringComparison.Ordinal);
        Assert.Null(answer.Body!["data"]);
    }

    [Theory]
    [InlineData("startPaths", 500, """{ "dn": "OU=Sales,OU=Staff,DC=demo,DC=local" }""")]
    [InlineData("include", 10_000, "\"19a1822e-e7ef-4206-af75-1c2d8b1d15eb\"")]
    [InlineData("exclude", 10_000, "\"19a1822e-e7ef-4206-af75-1c2d8b1d15eb\"")]
    [InlineData("attributesToLoad", 100, "\"mail\"")]
    public async Task As_many_as_the_limit_are_read_and_one_more_is_refused(string field, int most, string entry)
    {
        JsonObject Body(int count) => Rule(Sales, ("pageSize", 1), (field, JsonNode.Parse($"[{string.Join(',', Enumerable.Repeat(entry, count))}]")));

        Assert.Equal(200, (await api.Ada.PreviewAsync(ApiClient.Ad, Body(most))).Http);
        var refused = await api.Ada.PreviewAsync(ApiClient.Ad, Body(most + 1));
        Assert.Equal(400, refused.Http);
        Assert.Contains("$." + field, refused.Message!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Absent_and_empty_fields_say_nothing()
    {
        var body = """{ "CRITERIA": "department Present", "language": "", "group": null, "objectTypes": null, "startPaths": null, "include": null, "show": "", "pageNo": null, "pageSize": "", "attributesToLoad": null }""";
        var answer = await api.Ada.SendAsync(HttpMethod.Post, ApiClient.Ad, "/SmartGroups/Preview", body);
        var counted = await api.Ada.PreviewAsync(ApiClient.Ad, Rule("department Present", ("pageSize", 0)));

        Assert.Equal(50, answer.Data().Count);
        Assert.Empty(counted.Data());
        Assert.Equal(answer.Count("total"), counted.Count("total"));
    }

    [Fact]
    public async Task Of_a_group_it_says_who_joins_leaves_and_stays()
    {
        var people = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales))).Ids();
        var others = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule("department Is Exactly \"Legal\""))).Ids();
        var group = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName("Preview"), ("members", [people[0], people[1], others[0]]));

        async Task<ApiAnswer> ShowAsync(string show) => await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales, ("group", group), ("show", show), ("pageSize", 1000)));
        var (joining, leaving, staying, all) = (await ShowAsync("joining"), await ShowAsync("Leaving"), await ShowAsync("staying"), await ShowAsync("all"));

        Assert.Equal((people.Count, people.Count - 2, 1, 2), (all.Count("total"), all.Count("joining"), all.Count("leaving"), all.Count("staying")));
        Assert.Equal(people.Skip(2).Order(), joining.Ids().Order());
        Assert.Equal([others[0]], leaving.Ids());
        Assert.Equal(people.Take(2).Order(), staying.Ids().Order());
        Assert.Equal(people.Order(), all.Ids().Order());
        Assert.Equal((people.Count - 2, 1, 2, people.Count), (Found(joining), Found(leaving), Found(staying), Found(all)));
        Assert.Single(new[] { joining, leaving, staying, all }.Select(answer => answer.Body!["hash"]!.GetValue<string>()).Distinct());
    }

    [Fact]
    public async Task The_hash_is_of_the_rule_and_of_the_groups_members_and_of_nothing_else()
    {
        var people = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales))).Ids();
        var group = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName("Hash"), ("members", [people[0]]));
        async Task<string> HashAsync(string criteria, params (string Name, JsonNode? Value)[] more)
        {
            var answer = await api.Ada.PreviewAsync(ApiClient.Ad, Rule(criteria, [("group", group), .. more]));
            Assert.True(answer.Http == 200, answer.Text);
            return answer.Body!["hash"]!.GetValue<string>();
        }

        var before = await HashAsync(Sales);
        Assert.Equal(before, await HashAsync("(department is exactly \"Sales\")", ("show", "leaving"), ("pageNo", 3)));
        Assert.NotEqual(before, await HashAsync(Sales, ("exclude", Texts(people[1]))));
        Assert.NotEqual(before, await HashAsync("department Is Exactly \"Legal\""));

        await api.Ada.PatchAsync(ApiClient.Ad, group, Bodies.Change(1, ("members", [people[1]])));
        var after = await HashAsync(Sales);
        Assert.NotEqual(before, after);

        await api.Ada.PatchAsync(ApiClient.Ad, group, Bodies.Change(2, ("members", [people[1]])));
        Assert.Equal(before, await HashAsync(Sales));
    }

    [Fact]
    public async Task The_guard_says_why_a_rule_that_empties_a_group_is_held()
    {
        var people = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales))).Ids();
        var group = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName("Guarded"), ("members", [people[0], people[1]]));

        var answer = await api.Ada.PreviewAsync(ApiClient.Ad, Rule("department Is Exactly \"nobody's\"", ("group", group)));

        Assert.Equal("held", answer.Body!["guard"]!["verdict"]!.GetValue<string>());
        Assert.NotEmpty(answer.Body["guard"]!["reasons"]!.AsArray());
        Assert.Equal((0, 2), (answer.Count("total"), answer.Count("leaving")));
        Assert.NotEmpty(answer.Body["lint"]!.AsArray());
    }

    [Fact]
    public async Task A_group_is_named_by_id_DN_or_name_and_an_unknown_one_is_not_found()
    {
        var name = Bodies.NewName("Named");
        var id = await api.Ada.NewGroupAsync(ApiClient.Ad, name);
        var dn = Assert.Single(await api.Ada.ValuesAsync(ApiClient.Ad, id, "distinguishedName"));

        var answers = new List<ApiAnswer>();
        foreach (var identity in new[] { id, dn, name })
        {
            answers.Add(await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales, ("group", identity))));
        }

        Assert.Single(answers.Select(answer => answer.Body!["hash"]!.GetValue<string>()).Distinct());
        Assert.Equal(404, (await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales, ("group", "No such group")))).Http);
        Assert.Equal(404, (await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales, ("group", Guid.NewGuid().ToString())))).Http);
    }

    /// <summary>Whom anybody may see in a group, he may see in a preview; applying is another matter.</summary>
    [Fact]
    public async Task Who_may_see_a_groups_members_may_preview_them_and_nobody_else()
    {
        var people = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales))).Ids();
        var group = await api.Ada.NewGroupAsync(ApiClient.Ad, Bodies.NewName("Seen"), ("members", [people[0]]), ("XGroupSecurity", ["Private"]));

        Assert.Equal([people[0]], await api.Uma.ValuesAsync(ApiClient.Ad, group, "members"));
        Assert.Equal([people[0]], (await api.Uma.PreviewAsync(ApiClient.Ad, Rule(Sales, ("group", group), ("show", "staying")))).Ids());
        Assert.Equal(401, (await api.Nobody.PreviewAsync(ApiClient.Ad, Rule(Sales, ("group", group)))).Http);
        Assert.Equal(404, (await api.Ada.PreviewAsync(77, Rule(Sales))).Http);
    }

    /// <summary>The portal's own account reads them; that does not make them everybody's.</summary>
    [Theory]
    [InlineData(ApiClient.Ad, "employeeID")]
    [InlineData(ApiClient.Ad, "pwdLastSet")]
    [InlineData(ApiClient.Ad, "lastlogontimestamp")]
    [InlineData(ApiClient.Entra, "employeeId")]
    public async Task What_only_a_role_may_see_is_refused_to_others_by_name(int store, string attribute)
    {
        var rule = Rule(Sales, ("pageSize", 1), ("attributesToLoad", Texts("displayName", attribute)));

        var preview = await api.Uma.PreviewAsync(store, rule);
        var members = await api.Uma.MembersAsync(HttpMethod.Post, store, Smart([("IMSGCriteria", [Sales])], "displayName", attribute));

        Assert.Equal((403, "AccessDenied"), (preview.Http, preview.ErrorCode));
        Assert.Contains(attribute, preview.Message!, StringComparison.Ordinal);
        Assert.Equal((403, "AccessDenied"), (members.Http, members.ErrorCode));
        Assert.Equal(200, (await api.Ada.PreviewAsync(store, rule)).Http);
        Assert.Equal(200, (await api.Hal.PreviewAsync(store, rule)).Http);
    }

    [Fact]
    public async Task Types_and_paths_with_their_scopes_bound_the_rule()
    {
        JsonArray Paths(params (string Dn, int Scope)[] paths) => new([.. paths.Select(path => (JsonNode)new JsonObject { ["dn"] = path.Dn, ["scope"] = path.Scope })]);
        async Task<IReadOnlyList<string>> KindsAsync(JsonArray types, JsonArray paths) =>
            [.. (await api.Ada.PreviewAsync(ApiClient.Ad, Rule("cn Present", ("objectTypes", types), ("startPaths", paths), ("pageSize", 1000)))).Data().Select(one => one["objectType"]!.GetValue<string>())];
        var workstation = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule("cn Present", ("objectTypes", new JsonArray(9)), ("attributesToLoad", Texts("distinguishedName"))))).Data()[0].Values("distinguishedName")![0];

        Assert.Equal(["computer"], (await KindsAsync([9], [])).Distinct());
        Assert.Equal(["contact"], (await KindsAsync([7], [])).Distinct());
        Assert.Empty(await KindsAsync([6], Paths(("OU=Workstations,DC=demo,DC=local", 2))));
        Assert.Empty(await KindsAsync([6], Paths(("OU=Staff,DC=demo,DC=local", 1))));
        Assert.NotEmpty(await KindsAsync([6], Paths(("OU=Staff,DC=demo,DC=local", 2))));
        Assert.Equal(["computer"], await KindsAsync([9], Paths((workstation, 0))));
        Assert.Equal(["computer", "contact"], (await KindsAsync([6, 7, 9], Paths(("OU=Workstations,DC=demo,DC=local", 1), ("OU=Contacts,DC=demo,DC=local", 2)))).Distinct().Order());
        Assert.Empty(await KindsAsync([6], Paths(("OU=Gone,DC=demo,DC=local", 2))));
    }

    [Fact]
    public async Task Exceptions_are_added_and_taken_away_and_exclude_wins()
    {
        var people = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales))).Ids();
        var others = (await api.Ada.PreviewAsync(ApiClient.Ad, Rule("department Is Exactly \"Legal\""))).Ids();

        var answer = await api.Ada.PreviewAsync(
            ApiClient.Ad, Rule(Sales, ("include", Texts(others[0], others[1], people[1])), ("exclude", Texts(people[0], others[1])), ("pageSize", 1000)));
        var excepted = await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales, ("include", Texts(others[0])), ("exclude", Texts(people[0])), ("show", "excepted")));

        Assert.Equal(people.Skip(1).Append(others[0]).Order(), answer.Ids().Order());
        Assert.Equal((people.Count, 2), (answer.Count("total"), answer.Count("excepted")));
        Assert.Equal(new[] { others[0], people[0] }.Order(), excepted.Ids().Order());
    }

    [Fact]
    public async Task An_exception_that_is_nobody_is_a_problem_beside_the_answer()
    {
        var (nobody, known) = (Guid.NewGuid().ToString(), (await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales))).Ids()[0]);

        var answer = await api.Ada.PreviewAsync(ApiClient.Ad, Rule(Sales, ("include", Texts(nobody)), ("exclude", Texts(known))));

        var problem = Assert.Single(answer.Body!["problems"]!.AsArray())!;
        Assert.StartsWith(nobody, problem["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ApiClient.Ad, "ldap", "(&(objectCategory=person)(department=Sales))")]
    [InlineData(ApiClient.Ad, "entra", "user.department -eq \"Sales\"")]
    [InlineData(ApiClient.Entra, "entra", "(user.department -eq \"Sales\")")]
    [InlineData(ApiClient.Entra, "LDAP", "(department=Sales)")]
    public async Task The_same_rule_in_another_language_selects_the_same_people(int store, string language, string criteria)
    {
        var expected = await api.Ada.PreviewAsync(store, Rule(Sales, ("pageSize", 1000)));
        var answer = await api.Ada.PreviewAsync(store, Rule(criteria, ("language", language), ("pageSize", 1000)));

        Assert.NotEmpty(answer.Ids());
        Assert.Equal(expected.Ids(), answer.Ids());
    }

    [Fact]
    public async Task A_rule_on_devices_selects_devices_and_is_refused_where_the_types_say_users()
    {
        const string Devices = "device.displayName -ne null";

        var answer = await api.Ada.PreviewAsync(ApiClient.Entra, Rule(Devices, ("language", "entra")));
        var same = await api.Ada.PreviewAsync(ApiClient.Entra, Rule(Devices, ("language", "entra"), ("objectTypes", new JsonArray(101))));
        var other = await api.Ada.PreviewAsync(ApiClient.Entra, Rule(Devices, ("language", "entra"), ("objectTypes", new JsonArray(6))));

        Assert.NotEmpty(answer.Data());
        Assert.All(answer.Data(), one => Assert.Equal("device", one["objectType"]!.GetValue<string>()));
        Assert.Equal(answer.Ids(), same.Ids());
        Assert.Equal((400, 1), (other.Http, other.Body!["problems"]!.AsArray().Count));
    }

    private static int Found(ApiAnswer answer) => answer.Body!["found"]!.GetValue<int>();
}
