using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Tests.Api;

/// <summary>The four types that Entra ID has, by their numbers.</summary>
[Collection(ApiPortal.Collection)]
public sealed class EntraTypesTests(ApiPortal api)
{
    [Theory]
    [InlineData("4", false)]
    [InlineData("16", false)]
    [InlineData("32", true)]
    public async Task Only_a_team_has_a_line_of_its_own_for_that(string type, bool hasTeam)
    {
        var answer = await api.Ada.CreateAsync(ApiClient.Entra, Bodies.Group(Bodies.NewName(), ("GroupType", [type])));

        Assert.Equal((200, 0), (answer.Http, answer.Status));
        Assert.Equal(hasTeam ? [0] : [], answer.Details.Where(detail => detail!["name"]!.GetValue<string>() == "team").Select(detail => detail!["status"]!.GetValue<int>()));
    }

    [Fact]
    public async Task A_microsoft_365_group_becomes_a_team_later()
    {
        var id = await api.Ada.NewGroupAsync(ApiClient.Entra, Bodies.NewName(), ("GroupType", ["16"]));

        Assert.Equal(0, (await api.Ada.PatchAsync(ApiClient.Entra, id, Bodies.Change(0, ("GroupType", ["32"])))).Status);
        Assert.Equal(["32"], await api.Ada.ValuesAsync(ApiClient.Entra, id, "groupType"));
    }

    [Theory]
    [InlineData(new[] { 0, 4 }, 4)]
    [InlineData(new[] { 0, 1, 4 }, 2)]
    [InlineData(new[] { 0, 6, 4 }, 6)]
    public void What_only_waits_for_its_team_waits_as_a_whole(int[] lines, int whole) =>
        Assert.Equal((WireStatus)whole, WireStatuses.Together(lines.Select(line => (WireStatus)line).ToHashSet()));
}
