using Bunit;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Held;

public sealed class HeldUpdatesTests(SampleStores stores) : SmartPortalTests(stores)
{
    private readonly string _name = $"Held {Guid.NewGuid():N}";

    [Fact]
    public async Task Each_says_what_it_would_do_why_it_is_held_and_who_asked()
    {
        var id = await HoldAsync(_name);

        var page = Render<HeldUpdates>();

        var row = page.WaitForElement(".held-table tbody tr", Patience);
        Assert.Equal($"/held/2/{id:D}", row.QuerySelector(".held-link")!.GetAttribute("href"));
        Assert.Contains("demo.local", row.QuerySelector(".held-link")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("+1 1 would join −12 12 would leave of 12 members", Words(row.QuerySelector(".held-would")!));
        Assert.Contains("remove all members", row.QuerySelector(".held-why")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("ada yours", Words(row.QuerySelector(".held-by")!));
    }

    [Fact]
    public async Task Who_may_not_decide_sees_only_what_he_caused()
    {
        await HoldAsync(_name);
        SignIn("uma", "Uma Devi", "User");

        var page = Render<HeldUpdates>();

        page.WaitForAssertion(() => Assert.Equal("Nothing is held", page.Find(".empty-title").TextContent), Patience);
    }

    [Fact]
    public async Task What_was_rejected_can_be_seen_with_who_did()
    {
        var id = await HoldAsync(_name);
        var held = (await Held.GetAsync(2, id, CancellationToken.None))!;
        Assert.IsType<DecisionAnswer.Rejected>(await Held.RejectAsync(2, id, held.Hash, "Wrong rule", new(Hal, "browser"), CancellationToken.None));

        var waiting = Render<HeldUpdates>();
        waiting.WaitForAssertion(() => Assert.Equal("Nothing is held", waiting.Find(".empty-title").TextContent), Patience);
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("/held?state=rejected");
        var rejected = Render<HeldUpdates>();

        rejected.WaitForAssertion(() => Assert.Contains("Rejected by hal", rejected.Find(".held-by").TextContent, StringComparison.Ordinal), Patience);
    }

    [Theory]
    [InlineData("Administrator", 1)]
    [InlineData("Helpdesk", 1)]
    [InlineData("User", 0)]
    public async Task The_navigation_counts_them_for_those_who_decide(string role, int counts)
    {
        await HoldAsync(_name);
        SignIn("ida", "Ida Berg", role);

        var rail = Render<NavRail>(parameters => parameters.Add(one => one.Path, "/"));

        rail.WaitForAssertion(() => Assert.Equal(counts, rail.FindAll("a[href='/held'] .held-count").Count), Patience);
        Assert.All(rail.FindAll(".held-count"), count => Assert.Contains("1 waits for a decision", count.TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Home_points_to_them()
    {
        await HoldAsync(_name);

        var page = Render<Home>();

        page.WaitForAssertion(() => Assert.Contains("1 update is held", page.Find("a[href='/held']").TextContent, StringComparison.Ordinal), Patience);
    }
}
