using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>Groups that a rule fills, after a while.</summary>
public sealed class DynamicTests : IAsyncLifetime
{
    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(2);

    private readonly FakeClock _clock = new();
    private GraphEmulator _emulator = null!;
    private RawClient _client = null!;

    private EmulatedDirectory Directory => _emulator.Directory;

    public async Task InitializeAsync()
    {
        _emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 80, TimeProvider = _clock, DynamicDelay = Delay });
        _client = new RawClient(_emulator);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task Members_come_after_the_delay_and_the_status_tells_how_far_it_is()
    {
        var group = await _client.CreateGroupAsync("Sellers", "(user.department -eq \"Sales\")");
        Assert.Empty(Directory.Members(group));
        Assert.Equal("NotStarted", await StatusAsync(group));
        _clock.Advance(Delay);

        Assert.Equal("Succeeded", await StatusAsync(group));
        Assert.Equal(
            Directory.All(ObjectKind.User).Where(id => (string?)Directory.Value(id, "department") == "Sales").Order(),
            Directory.Members(group).Order());
        Assert.NotEmpty(Directory.Members(group));
    }

    [Fact]
    public async Task A_person_who_changes_comes_and_goes()
    {
        var group = Directory.Group("Everybody in Sales");
        var person = Directory.AddUser("Mover", ("department", "Sales"));
        Assert.DoesNotContain(person, Directory.Members(group));
        _clock.Advance(Delay);
        Assert.Contains(person, Directory.Members(group));

        using var client = new RawClient(_emulator);
        Assert.Equal(204, (await client.PatchAsync($"/users/{person}", new { department = "Legal" })).Status);
        Assert.Contains(person, Directory.Members(group));
        Assert.Equal("Running", await StatusAsync(group));
        _clock.Advance(Delay);
        Assert.DoesNotContain(person, Directory.Members(group));
    }

    [Fact]
    public async Task A_paused_group_stays_as_it_is_until_resumed()
    {
        var group = Directory.Group("Everybody in Sales");
        Assert.Equal(204, (await _client.PatchAsync($"/groups/{group}", new { membershipRuleProcessingState = "paused" })).Status);
        var person = Directory.AddUser("Waiting", ("department", "Sales"));
        _clock.Advance(Delay * 5);
        Assert.DoesNotContain(person, Directory.Members(group));
        Assert.Equal("Paused", Directory.Value(group, "membershipRuleProcessingState"));

        using var again = new RawClient(_emulator);
        await again.PatchAsync($"/groups/{group}", new { membershipRuleProcessingState = "On" });
        _clock.Advance(Delay);
        Assert.Contains(person, Directory.Members(group));
    }

    [Fact]
    public async Task Static_to_dynamic_empties_first_and_back_keeps_the_members()
    {
        var group = Directory.Group("DemoGroup1");
        Assert.NotEmpty(Directory.Members(group));

        await _client.PatchAsync($"/groups/{group}", new { groupTypes = new[] { "DynamicMembership" }, membershipRule = "user.department -eq \"Sales\"", membershipRuleProcessingState = "On" });
        Assert.Empty(Directory.Members(group));
        _clock.Advance(Delay);
        var filled = Directory.Members(group);
        await _client.PatchAsync($"/groups/{group}", new { groupTypes = Array.Empty<string>(), membershipRuleProcessingState = "Paused" });

        Assert.NotEmpty(filled);
        Assert.Equal(filled, Directory.Members(group));
        Assert.Equal(204, (await _client.DeleteAsync($"/groups/{group}/members/{filled[0]}/$ref")).Status);
    }

    [Theory]
    [InlineData("user.department -match \"S.*\"", "Error: Operator isn't supported on attribute.")]
    [InlineData("device.displayName -eq \"X\"", "Error: Attribute not supported.")]
    [InlineData("user.city -eq \"Graz\" user.city -eq \"Lyon\"", "Error: Query compilation error.")]
    public async Task What_the_evaluator_cannot_read_fails(string rule, string error)
    {
        var group = await _client.CreateGroupAsync("Fails", rule);
        _clock.Advance(Delay);

        var status = (await _client.GetAsync($"/beta/groups/{group}?$select=membershipRuleProcessingStatus")).Json!["membershipRuleProcessingStatus"]!;

        Assert.Equal(("Failed", error), ((string?)status["status"], (string?)status["errorMessage"]));
        Assert.Empty(Directory.Members(group));
    }

    [Theory]
    [InlineData("user.city -eq \"graz\"", true)]
    [InlineData("user.city -ne \"Graz\"", false)]
    [InlineData("user.city eq 'Graz' AND user.accountEnabled -eq true", true)]
    [InlineData("(user.city -eq \"Lyon\") -or (user.city -startsWith \"GR\")", true)]
    [InlineData("user.city -eq \"Lyon\" -or user.city -eq \"Graz\" -and user.accountEnabled -eq false", false)]
    [InlineData("-not (user.city -contains \"ra\")", false)]
    [InlineData("user.city -in [\"Lyon\",\"Graz\"]", true)]
    [InlineData("user.jobTitle -eq null", true)]
    [InlineData("user.jobTitle -ne null", false)]
    [InlineData("user.jobTitle -ne \"x\"", true)]
    [InlineData("user.objectId \u2013ne null", true)]
    [InlineData("user.telephoneNumber -startsWith \"+43\"", true)]
    [InlineData("user.extensionAttribute3 -eq \"a \\\"b\\\"\"", true)]
    [InlineData("user.extensionAttribute3 -eq \"a `\"b`\"\"", true)]
    public async Task Rules_mean_what_Microsoft_says(string rule, bool holds)
    {
        using var ada = new RawClient(_emulator, "ada");
        var person = Directory.AddUser(
            "Judged",
            ("city", "Graz"),
            ("businessPhones", new[] { "+43 316 1" }),
            ("onPremisesExtensionAttributes", new System.Text.Json.Nodes.JsonObject { ["extensionAttribute3"] = "a \"b\"" }));

        var answer = await ada.PostAsync("/beta/groups/evaluateDynamicMembership", new { memberId = person, membershipRule = rule });

        Assert.True(answer.Status == 200, answer.Text);
        Assert.Equal(holds, (bool)answer.Json!["membershipRuleEvaluationResult"]!);
    }

    [Fact]
    public async Task An_evaluation_tells_each_part_and_is_for_people_only()
    {
        using var ada = new RawClient(_emulator, "ada");
        var person = Directory.AddUser("Judged", ("city", "Graz"));
        var group = await _client.CreateGroupAsync("Both", "(user.city -eq \"Graz\") -and (user.department -eq \"Sales\")");

        var answer = await ada.PostAsync($"/beta/groups/{group}/evaluateDynamicMembership", new { memberId = person });
        var app = await _client.PostAsync($"/beta/groups/{group}/evaluateDynamicMembership", new { memberId = person });
        var stable = await ada.PostAsync($"/groups/{group}/evaluateDynamicMembership", new { memberId = person });

        var details = answer.Json!["membershipRuleEvaluationDetails"]!;
        Assert.Equal("(user.city -eq \"Graz\") -and (user.department -eq \"Sales\")", (string?)answer.Json["membershipRule"]);
        Assert.False((bool)details["expressionResult"]!);
        Assert.Equal(
            [("user.city -eq \"Graz\"", true, "city", "Graz"), ("user.department -eq \"Sales\"", false, "department", null)],
            details["expressionEvaluationDetails"]!.AsArray().Select(part => (
                (string)part!["expression"]!, (bool)part["expressionResult"]!, (string)part["propertyToEvaluate"]!["propertyName"]!, (string?)part["propertyToEvaluate"]!["propertyValue"])));
        Assert.Equal((403, 400), (app.Status, stable.Status));
    }

    private async Task<string?> StatusAsync(Guid group)
    {
        using var client = new RawClient(_emulator);
        return (string?)(await client.GetAsync($"/beta/groups/{group}?$select=membershipRuleProcessingStatus")).Json!["membershipRuleProcessingStatus"]!["status"];
    }
}
