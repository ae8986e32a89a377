using System.Net;
using System.Text.Json.Nodes;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Faults;

namespace GroupPortal.Directories.Tests.Graph.Services;

/// <summary>What a tenant has beyond its directory, asked of the emulator; what that has not, of answers made by hand.</summary>
public sealed class TenantServicesTests : IAsyncLifetime
{
    private static readonly string[] Unified = ["Unified"];
    private static readonly Guid E3 = Guid.Parse("05e9a617-0261-4cee-bb44-138d3ef5d965");
    private GraphTenant _graph = null!;

    private ITenantServices Services => _graph.Directory.Tenant!;

    public async Task InitializeAsync() => _graph = await GraphTenant.StartAsync(new EmulatorOptions
    {
        People = 0,
        NamingPolicy = new NamingPolicy { Prefix = "GRP-", BlockedWords = ["GRP-CEO"] },
    });

    public async Task DisposeAsync() => await _graph.DisposeAsync();

    [Fact]
    public async Task A_security_group_with_nothing_beside_its_attributes_is_one_request()
    {
        var id = _graph.Objects.AddGroup("Plain");

        var group = (await Services.GroupAsync(id, CancellationToken.None)).Value()!;

        Assert.Equal((null, null, null, null), (group.Processing, group.Origin, group.Expires, group.IsNamedByExpirationPolicy));
        Assert.Empty(group.Links);
        Assert.Empty(group.Licences);
        Assert.Single(_graph.Sent());
    }

    [Fact]
    public async Task A_dynamic_team_that_gives_licences_is_three_requests()
    {
        var id = _graph.Objects.AddGroup(
            "Everything", ("groupTypes", new[] { "Unified", "DynamicMembership" }), ("membershipRule", "user.department -eq \"Sales\""), ("membershipRuleProcessingState", "On"),
            ("mailEnabled", true), ("mail", "everything@contoso.com"));
        _graph.Objects.Set(id, "assignedLicenses", new JsonArray(new JsonObject { ["skuId"] = E3.ToString(), ["disabledPlans"] = new JsonArray() }));
        _graph.Objects.Set(id, "resourceProvisioningOptions", new[] { "Team" });

        var group = (await Services.GroupAsync(id, CancellationToken.None)).Value()!;

        Assert.Equal(3, _graph.Sent().Count);
        Assert.True(group.Processing!.IsOn);
        Assert.Equal((E3, "Microsoft 365 E3", 250L), (group.Licences[0].Sku, group.Licences[0].Label, group.Licences[0].Bought!.Value));
        // The emulator has no sites and no plans: what is not there is not shown, and the rest is.
        Assert.Equal([ResourceKind.Conversations, ResourceKind.Calendar], group.Links.Select(link => link.Kind).Take(2));
    }

    [Fact]
    public async Task A_group_that_is_not_there_is_none() =>
        Assert.Null((await Services.GroupAsync(Guid.NewGuid(), CancellationToken.None)).Value());

    [Theory]
    [InlineData(true, true)]
    [InlineData(null, false)]
    public async Task Where_a_group_comes_from_is_shown_also_when_it_is_no_longer_synchronised(bool? isSynchronised, bool expected)
    {
        var id = _graph.Objects.AddGroup("Old");
        _graph.Objects.Set(id, "onPremisesSyncEnabled", isSynchronised);
        _graph.Objects.Set(id, "onPremisesDomainName", "contoso.local");
        _graph.Objects.Set(id, "onPremisesSamAccountName", "old");

        var origin = (await Services.GroupAsync(id, CancellationToken.None)).Value()!.Origin!;

        Assert.Equal((expected, "contoso.local", "old"), (origin.IsSynchronised, origin.Domain, origin.AccountName));
        Assert.Equal(2, _graph.Sent().Count);
    }

    [Fact]
    public async Task Licences_are_read_with_how_many_are_free()
    {
        var licence = (await Services.LicencesAsync(CancellationToken.None)).Value().Single(one => one.Sku == E3);

        Assert.Equal(("SPE_E3", "Microsoft 365 E3", 250L, 0L, 250L), (licence.Name, licence.Label, licence.Bought!.Value, licence.Used!.Value, licence.Free!.Value));
    }

    [Fact]
    public async Task The_expiration_policy_is_read_and_changed()
    {
        Assert.IsType<PolicyAnswer.Saved>(await Services.SetExpirationAsync(new ExpirationPolicy(200, ExpiringGroups.Selected, ["a@contoso.com", "b@contoso.com"]), CancellationToken.None));

        var policy = (await Services.ExpirationAsync(CancellationToken.None)).Value()!;

        Assert.Equal((200, ExpiringGroups.Selected), (policy.Days, policy.Groups));
        Assert.Equal(["a@contoso.com", "b@contoso.com"], policy.Mails);
    }

    [Theory]
    [InlineData(FaultKind.Drop, true)]
    [InlineData(FaultKind.Drop, false)]
    [InlineData(FaultKind.GatewayTimeout, true)]
    public async Task An_expiration_policy_whose_answer_is_lost_is_read_back_and_never_called_refused(FaultKind kind, bool wasHandled)
    {
        await Services.SetExpirationAsync(new ExpirationPolicy(180, ExpiringGroups.None, []), CancellationToken.None);
        using var fault = _graph.Emulator.Faults.Inject(kind, "PATCH", "groupLifecyclePolicies", afterHandling: wasHandled);

        var answer = await Services.SetExpirationAsync(new ExpirationPolicy(200, ExpiringGroups.All, ["a@contoso.com"]), CancellationToken.None);

        Assert.IsType(wasHandled ? typeof(PolicyAnswer.Saved) : typeof(PolicyAnswer.Unknown), answer);
        Assert.Equal(wasHandled ? 200 : 180, (await Services.ExpirationAsync(CancellationToken.None)).Value()!.Days);
    }

    [Fact]
    public async Task Deleted_groups_come_the_last_first_and_are_found_by_words_and_by_id()
    {
        var ids = new[] { "Sales North", "Sales South", "Legal" }.Select(name => _graph.Objects.AddGroup(name)).ToList();
        foreach (var id in ids)
        {
            _graph.Objects.Delete(id);
        }

        var all = (await Services.DeletedAsync(string.Empty, 0, 10, CancellationToken.None)).Value();
        Assert.Equal((3, 3L), (all.Items.Count, all.Total));
        Assert.Equal(all.Items.OrderByDescending(group => group.Deleted).Select(group => group.Id), all.Items.Select(group => group.Id));
        Assert.All(all.Items, group => Assert.Equal(TimeSpan.FromDays(30), group.Until - group.Deleted));
        Assert.Single(_graph.Sent());
        var page = (await Services.DeletedAsync("sal", 1, 1, CancellationToken.None)).Value();
        Assert.Equal((1, 2L), (page.Items.Count, page.Total));
        Assert.Equal("Legal", Assert.Single((await Services.DeletedAsync(ids[2].ToString("D"), 0, 1, CancellationToken.None)).Value().Items).Name);
        Assert.Empty((await Services.DeletedAsync(Guid.NewGuid().ToString("D"), 0, 1, CancellationToken.None)).Value().Items);
    }

    [Fact]
    public async Task The_naming_policy_is_asked_for_a_person_and_answers_at_the_name()
    {
        var person = _graph.Objects.AddUser("Uma");
        var group = _graph.Objects.AddGroup("GRP-Old", ("groupTypes", Unified), ("mailEnabled", true));

        Assert.Empty(await CheckAsync("GRP-Sales", "GRP-sales"));
        Assert.Equal([AttributeNames.DisplayName, AttributeNames.MailNickname], (await CheckAsync("Sales", "sales")).Select(refusal => refusal.Attribute));
        var blocked = Assert.Single(await CheckAsync("GRP-CEO", null));
        Assert.Equal((AttributeNames.DisplayName, "ContainsBlockedWord", "Group name can't contain the blocked word 'GRP-CEO'."), (blocked.Attribute, blocked.Code, blocked.Reason));
        Assert.Equal(AttributeNames.MailNickname, Assert.Single(await CheckAsync(null, "sales")).Attribute);
        Assert.Equal(AttributeNames.DisplayName, Assert.Single((await Services.CheckNamesAsync(new NameCheck("Sales", null, group, person), CancellationToken.None)).Value()).Attribute);
        _graph.Objects.MakeAdministrator(person);
        Assert.Empty(await CheckAsync("Sales", "sales"));

        async Task<IReadOnlyList<NameRefusal>> CheckAsync(string? name, string? nickname) =>
            (await Services.CheckNamesAsync(new NameCheck(name, nickname, null, person), CancellationToken.None)).Value();
    }

    [Fact]
    public async Task An_application_is_not_told_what_a_rule_makes_of_somebody_and_does_not_ask()
    {
        using var stub = new GraphStub(_ => throw new InvalidOperationException("Nothing was to be asked."));
        using var directory = (IDisposable)stub.Connection().Open(TimeProvider.System);

        var answer = await ((IDirectory)directory).Tenant!.EvaluateRuleAsync(E3, group: null, "user.department -eq \"Sales\"", CancellationToken.None);

        Assert.IsType<DirectoryError.Unsupported>(Assert.IsType<DirectoryAnswer<RuleOpinion>.Failed>(answer).Error);
        Assert.Empty(stub.Requests);
    }

    /// <summary>An app that may read groups and nothing else still shows the group.</summary>
    [Fact]
    public async Task A_permission_that_is_missing_hides_its_part_and_nothing_else()
    {
        var group = await DetailsAsync(_ => 403);

        Assert.Equal(DateTimeOffset.Parse("2027-01-01T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture), group.Expires);
        Assert.Equal([ResourceKind.Conversations, ResourceKind.Calendar], group.Links.Select(link => link.Kind));
        Assert.Equal((E3.ToString("D"), null), (group.Licences[0].Name, group.Licences[0].Free));
        Assert.Null(group.IsNamedByExpirationPolicy);
        Assert.Null(group.HasLicenceErrors);
        Assert.Empty(group.Settings);
    }

    [Fact]
    public async Task What_may_be_read_is_shown()
    {
        var group = await DetailsAsync(_ => 200);

        Assert.Equal(
            [ResourceKind.Conversations, ResourceKind.Calendar, ResourceKind.Site, ResourceKind.Notebook, ResourceKind.Planner], group.Links.Select(link => link.Kind));
        Assert.Equal([KeyValuePair.Create("AllowToAddGuests", "false")], group.Settings);
        Assert.True(group.IsNamedByExpirationPolicy);
        Assert.True(group.HasLicenceErrors);
        Assert.Equal(("Microsoft 365 E3", 7L), (group.Licences[0].Label, group.Licences[0].Free!.Value));
    }

    private static async Task<TenantGroup> DetailsAsync(Func<string, int> statusOf)
    {
        var id = Guid.NewGuid();
        using var stub = new GraphStub(request => request.Path.EndsWith("/$batch", StringComparison.Ordinal)
            ? GraphStub.Json(HttpStatusCode.OK, new JsonObject { ["responses"] = new JsonArray([.. request.Json["requests"]!.AsArray().Select(one => Answer(one!, statusOf))]) }.ToJsonString())
            : GraphStub.Json(HttpStatusCode.OK, $$"""
                {
                  "id": "{{id}}", "mail": "sales@contoso.com", "groupTypes": ["Unified"], "mailEnabled": true, "resourceProvisioningOptions": [],
                  "expirationDateTime": "2027-01-01T00:00:00Z", "assignedLicenses": [{ "skuId": "{{E3}}", "disabledPlans": [] }]
                }
                """));
        using var directory = (IDisposable)stub.Connection().Open(TimeProvider.System);
        var answer = (await ((IDirectory)directory).Tenant!.GroupAsync(id, CancellationToken.None)).Value()!;
        Assert.Equal(2, stub.Requests.Count);
        return answer;
    }

    private static JsonNode Answer(JsonNode request, Func<string, int> statusOf)
    {
        var url = request["url"]!.GetValue<string>();
        var status = statusOf(url);
        var part = url.Split('?')[0].Split('/');
        return new JsonObject
        {
            ["id"] = request["id"]!.DeepClone(),
            ["status"] = status,
            ["body"] = status != 200
                ? new JsonObject { ["error"] = new JsonObject { ["code"] = "Authorization_RequestDenied", ["message"] = "Insufficient privileges to complete the operation." } }
                : JsonNode.Parse(part[^1] switch
                {
                    "root" => """{ "webUrl": "https://contoso.sharepoint.com/sites/sales" }""",
                    "plans" => """{ "value": [{ "id": "plan-1" }] }""",
                    "settings" => """{ "value": [{ "values": [{ "name": "AllowToAddGuests", "value": "false" }] }] }""",
                    "groupLifecyclePolicies" => """{ "value": [{ "id": "policy", "groupLifetimeInDays": 180, "managedGroupTypes": "Selected", "alternateNotificationEmails": "" }] }""",
                    "subscribedSkus" => $$"""{ "value": [{ "skuId": "{{E3}}", "skuPartNumber": "SPE_E3", "appliesTo": "User", "consumedUnits": 5, "prepaidUnits": { "enabled": 10, "warning": 2 } }] }""",
                    _ => """{ "value": [{ "id": "1" }] }""",
                }),
        };
    }
}
