using Bunit;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;

namespace GroupPortal.Web.Tests.Held;

public sealed class HeldUpdateTests(SampleStores stores) : SmartPortalTests(stores)
{
    private readonly string _name = $"Held {Guid.NewGuid():N}";

    [Fact]
    public async Task It_shows_both_lists_the_reasons_and_the_rule()
    {
        var id = await HoldAsync(_name);
        SignIn("ida", "Ida Berg", "Administrator");

        var page = await ShowAsync(id);

        page.WaitForAssertion(() => Assert.Equal("12", page.Find("section[aria-labelledby=held-leaving] .lines-total").TextContent), Patience);
        Assert.Equal("1", page.Find("section[aria-labelledby=held-joining] .lines-total").TextContent);
        Assert.Contains(Matching[0].Label, page.Find("section[aria-labelledby=held-joining]").TextContent, StringComparison.Ordinal);
        Assert.Contains("This would remove all members.", page.FindAll(".reasons-list li").Select(reason => reason.TextContent));
        Assert.Contains("12 would leave", page.Find(".reasons-numbers").TextContent, StringComparison.Ordinal);
        Assert.Equal("(department Present)", page.Find(".rule-text").TextContent);
        Assert.Matches("^/plans/.*[.]csv$", page.Find(".held-download a").GetAttribute("href"));
    }

    [Fact]
    public async Task Somebody_who_would_leave_is_found_by_name()
    {
        var id = await HoldAsync(_name);
        SignIn("ida", "Ida Berg", "Administrator");
        var name = (await PeopleAsync(12))[7].Label;
        var page = await ShowAsync(id);

        await page.WaitForElement("#held-leaving-search", Patience).InputAsync(name);
        await page.Find("#held-leaving-search").KeyDownAsync("Enter");

        page.WaitForAssertion(() => Assert.Equal("1 found", page.Find(".lines-found").TextContent), Patience);
        Assert.Equal("12", page.Find("section[aria-labelledby=held-leaving] .lines-total").TextContent);
    }

    [Theory]
    [InlineData("ada", "Administrator", "Somebody else has to approve it")]
    [InlineData("uma", "User", "Only the helpdesk and administrators")]
    public async Task Who_asked_and_who_has_no_right_are_told_why_they_may_not_decide(string account, string role, string reason)
    {
        var id = await HoldAsync(_name);
        SignIn(account, account, role);

        var page = await ShowAsync(id);

        page.WaitForAssertion(() => Assert.Contains(reason, page.Find(".decision-why").TextContent, StringComparison.Ordinal), Patience);
        Assert.Empty(page.FindAll("#held-reason"));
    }

    [Fact]
    public async Task Who_does_not_see_to_the_group_is_not_told_who_would_leave()
    {
        var id = await HoldAsync(_name);
        SignIn("stranger", "A Stranger", "User");

        var page = await ShowAsync(id);

        page.WaitForElement(".reasons", Patience);
        Assert.Empty(page.FindAll(".lines"));
        Assert.Empty(page.FindAll(".held-download"));
    }

    [Fact]
    public async Task A_decision_needs_a_reason()
    {
        var id = await HoldAsync(_name);
        SignIn("ida", "Ida Berg", "Administrator");
        var page = await ShowAsync(id);
        page.WaitForElement("#held-reason", Patience);

        await Button(page, "Reject").ClickAsync();

        Assert.Contains("Say why", page.Find("#held-reason-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal(HeldState.Open, (await Held.GetAsync(2, id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task Approved_it_is_carried_out_and_its_result_is_shown()
    {
        var id = await HoldAsync(_name);
        SignIn("ida", "Ida Berg", "Administrator");
        var page = await ShowAsync(id);
        await page.WaitForElement("#held-reason", Patience).InputAsync("They have left");

        await Button(page, "Approve 13 changes").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("Applied", page.Find(".progress-now").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Contains("13 of 13 done", page.Find(".plan-summary").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Contains("All held updates", page.Find(".held-after").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(_name, page.Find("h1").TextContent);
        Assert.Null(await Held.GetAsync(2, id, CancellationToken.None));
        Assert.Equal([Matching[0].Id], Found(await Stores.Ad.MembersAsync(new MemberQuery(id), CancellationToken.None)).Select(one => one.Id));
    }

    [Fact]
    public async Task Rejected_it_stands_with_who_and_why_and_nobody_leaves()
    {
        var id = await HoldAsync(_name);
        SignIn("ida", "Ida Berg", "Administrator");
        var page = await ShowAsync(id);
        await page.WaitForElement("#held-reason", Patience).InputAsync("The rule is wrong");

        await Button(page, "Reject").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("ida rejected this update", page.Find(".held-standing").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains("The rule is wrong", page.Find(".held-reason").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("#held-reason"));
        Assert.Equal(12, Found(await Stores.Ad.MembersAsync(new MemberQuery(id), CancellationToken.None)).Count);
    }

    [Fact]
    public async Task What_has_changed_meanwhile_is_shown_anew_and_nothing_is_done()
    {
        var id = await HoldAsync(_name);
        SignIn("ida", "Ida Berg", "Administrator");
        var page = await ShowAsync(id);
        await page.WaitForElement("#held-reason", Patience).InputAsync("They have left");
        Matching = (await PeopleAsync(16)).Skip(14).ToList();
        Assert.Equal(TaskOutcome.Held, (await UpdateAsync(id)).Outcome);

        await Button(page, "Approve 13 changes").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("has changed since you opened", page.Find(".held-notice").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Equal("Approve 14 changes", Button(page, "Approve").TextContent), Patience);
        Assert.Equal(12, Found(await Stores.Ad.MembersAsync(new MemberQuery(id), CancellationToken.None)).Count);
    }

    // The rule comes to something else between the approval and the evaluation that it leads to.
    [Fact]
    public async Task What_comes_to_something_else_when_it_is_carried_out_is_held_again()
    {
        var id = await HoldAsync(_name);
        SignIn("ida", "Ida Berg", "Administrator");
        var page = await ShowAsync(id);
        await page.WaitForElement("#held-reason", Patience).InputAsync("They have left");
        Matching = (await PeopleAsync(16)).Skip(14).ToList();

        await Button(page, "Approve 13 changes").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("waits for a decision of its own", page.Find(".held-notice").TextContent, StringComparison.Ordinal), Patience);
        page.WaitForAssertion(() => Assert.Equal("2", page.Find("section[aria-labelledby=held-joining] .lines-total").TextContent), Patience);
        page.WaitForAssertion(() => Assert.Equal("Approve 14 changes", Button(page, "Approve").TextContent), Patience);
        Assert.Empty(page.FindAll(".progress"));
    }

    [Fact]
    public async Task Where_nothing_is_held_the_page_leads_on()
    {
        var page = await ShowAsync(Guid.NewGuid());

        page.WaitForAssertion(() => Assert.Equal("Nothing is held of this group", page.Find(".empty-title").TextContent), Patience);
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<HeldUpdate> page, string text) =>
        page.FindAll("button").Single(button => button.TextContent.StartsWith(text, StringComparison.Ordinal));

    private Task<IRenderedComponent<HeldUpdate>> ShowAsync(Guid id) =>
        Task.FromResult(Render<HeldUpdate>(parameters => parameters.Add(page => page.StoreId, 2).Add(page => page.Id, id)));
}
