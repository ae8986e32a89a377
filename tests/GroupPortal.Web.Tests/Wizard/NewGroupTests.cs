using AngleSharp.Dom;
using Bunit;
using GroupPortal.Application.Drafts;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Wizard;

public sealed class NewGroupTests(SampleStores stores) : PortalComponentTests(stores)
{
    private static readonly Person Ada = new("ada", "Ada Winter", PortalRole.Administrator);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly string _name = $"Sales {Guid.NewGuid():N}";

    [Fact]
    public void Active_Directory_offers_types_and_scopes()
    {
        var page = Wizard();

        Assert.Equal(["Security", "Distribution", "Global", "Domain local", "Universal", "I choose them", "A rule does"], Titles(page).Skip(2));
        Assert.Equal(["2", "4", "8"], page.FindAll(".choice-number").Select(number => number.TextContent));
    }

    [Fact]
    public void Entra_offers_its_four_types_by_their_numbers_and_says_why_one_is_missing()
    {
        var page = Wizard();
        page.Find("input[name=store][value='3']").Change("on");
        page.WaitForState(() => page.FindAll(".choice-number").Count == 4, Patience);

        Assert.Equal(["4", "8", "16", "32"], page.FindAll(".choice-number").Select(number => number.TextContent));
        Assert.True(page.Find("input[name=type][value='8']").HasAttribute("disabled"));
        Assert.Contains("Exchange Online", page.Find("#type-8-text").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("New-DistributionGroup -Name 'My group' -Alias 'my-group' -ManagedBy '", page.Find(".exchange-command pre").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_name_nobody_goes_on_and_the_reason_stands_beside_the_field()
    {
        var page = At(WizardTitle.Details);
        Assert.Empty(page.FindAll(".field-error"));

        Next(page);

        page.WaitForAssertion(() => Assert.Equal("The group needs a name.", page.Find("#group-name-says .field-error").TextContent), Patience);
        Assert.Equal("true", page.Find("#group-name").GetAttribute("aria-invalid"));
        Assert.Equal(WizardTitle.Details, page.Find("h2").TextContent);
    }

    [Fact]
    public async Task The_other_names_follow_the_name_until_they_are_edited()
    {
        var page = At(WizardTitle.Details);
        // In the renderer's turn: the answer of the name check may draw the page anew between finding a field and typing.
        await page.InvokeAsync(() => page.Find("#group-name").Input("Sales: EMEA"));
        page.WaitForAssertion(() => Assert.Equal("Sales EMEA", page.Find("#account-name").GetAttribute("value")), Patience);

        await page.InvokeAsync(() => page.Find("#account-name").Input("sales-emea"));
        await page.InvokeAsync(() => page.Find("#group-name").Input("Sales: APAC"));
        page.WaitForAssertion(() => Assert.Equal("sales-emea", page.Find("#account-name").GetAttribute("value")), Patience);

        await page.InvokeAsync(() => page.Find(".derived-follow").Click());
        page.WaitForAssertion(() => Assert.Equal("Sales APAC", page.Find("#account-name").GetAttribute("value")), Patience);
    }

    [Theory]
    [InlineData("group-name", "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "Names are at most 64 characters; this one has 71.")]
    [InlineData("account-name", "sales?", "The account name may not contain")]
    [InlineData("group-description", "two\nlines", "A line break cannot stand here.")]
    public void What_is_wrong_is_said_beside_its_field_while_one_types(string field, string text, string says)
    {
        var page = At(WizardTitle.Details);
        page.Find("#group-name").Input(_name);
        page.Find($"#{field}").Input(text);

        var id = page.Find($"#{field}").GetAttribute("aria-describedby");
        page.WaitForAssertion(() => Assert.StartsWith(says, page.Find($"#{id}").TextContent.Trim(), StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task A_name_is_checked_while_it_is_typed()
    {
        var group = Found(await Stores.Ad.FindAsync(new ObjectQuery("", [ObjectKind.Group]), CancellationToken.None))[0];
        var page = At(WizardTitle.Details);

        await page.Find("#group-name").InputAsync(_name);
        page.WaitForState(() => Says(page) == "Free in demo.local", Patience);
        await page.Find("#group-name").InputAsync(group.AccountName ?? group.Name);
        page.WaitForState(() => Says(page).Contains("is taken in demo.local", StringComparison.Ordinal)
            || page.Find("#account-name-says").TextContent.Contains("is taken in demo.local", StringComparison.Ordinal), Patience);
    }

    [Fact]
    public void Who_creates_the_group_owns_it_and_without_an_owner_nobody_goes_on()
    {
        var page = At(WizardTitle.Owners);
        Assert.Equal("Ada Winter", page.Find(".picked-name").TextContent);

        page.Find("button[aria-label='Remove Ada Winter']").Click();
        Next(page);

        page.WaitForAssertion(() => Assert.Equal("A group needs at least one owner.", page.Find("#owner-problem").TextContent), Patience);
        Assert.Equal(WizardTitle.Owners, page.Find("h2").TextContent);
    }

    [Fact]
    public void Going_back_loses_nothing()
    {
        var page = At(WizardTitle.Members);
        Choose(page, "uma");
        Click(page, "Back");
        Assert.Equal(_name, page.Find("#group-name").GetAttribute("value"));
        Click(page, "Back");
        Click(page, "Next");
        Click(page, "Next");

        Assert.Equal("Uma Devi", page.Find(".picked-name").TextContent);
    }

    [Fact]
    public void Looking_at_another_directory_does_not_lose_what_was_chosen_in_this_one()
    {
        var page = At(WizardTitle.Members);
        Choose(page, "uma");
        Click(page, "Back");
        Click(page, "Back");
        page.Find("input[name=store][value='3']").Change("on");
        page.WaitForState(() => page.FindAll(".choice-number").Count == 4, Patience);
        page.Find("input[name=store][value='2']").Change("on");
        page.WaitForState(() => page.FindAll(".choice-number").Count == 3, Patience);
        Click(page, "Next");
        Click(page, "Next");

        Assert.Equal("Uma Devi", page.Find(".picked-name").TextContent);
    }

    [Fact]
    public void The_review_shows_the_plan_and_the_button_its_numbers()
    {
        var page = At(WizardTitle.Review);
        page.WaitForElement(".plan-table", Patience);

        Assert.Contains(_name, page.Find(".plan-table").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal("Create with 1 member", page.Find("[data-next]").TextContent.Trim()), Patience);
        Assert.False(page.Find("[data-next]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_double_click_creates_one_group_and_leads_to_its_result()
    {
        var page = At(WizardTitle.Review);
        page.WaitForElement(".plan-table", Patience);
        var first = page.Find("[data-next]").ClickAsync();
        var second = page.FindAll("button[data-next]:not([disabled])") is [var again] ? again.ClickAsync() : Task.CompletedTask;
        await Task.WhenAll(first, second);

        var navigation = Services.GetRequiredService<NavigationManager>();
        page.WaitForState(() => navigation.Uri.Contains("?plan=", StringComparison.Ordinal), Patience);
        var planId = Guid.Parse(navigation.Uri.Split("?plan=")[1]);
        using var limit = new CancellationTokenSource(Patience);
        var result = await Services.GetRequiredService<GroupService>().WaitAsync(planId, limit.Token);
        Assert.NotNull(result.GroupId);

        // As a reload would: the address alone.
        var reloaded = Render<NewGroup>(parameters => parameters.Add(one => one.DraftId, Guid.Parse(navigation.Uri.Split('/', '?')[5])));
        reloaded.WaitForState(() => reloaded.FindAll(".outcome-title").Any(title => title.TextContent == $"{_name} is created"), Patience);
        Assert.Null(await Services.GetRequiredService<DraftStore>().LatestAsync(Ada, CancellationToken.None));
        Assert.Single(Found(await Stores.Ad.FindAsync(new ObjectQuery(_name, [ObjectKind.Group]), CancellationToken.None)));
    }

    [Fact]
    public async Task A_draft_is_resumed_where_it_was_left()
    {
        At(WizardTitle.Members);
        var draft = await Services.GetRequiredService<DraftStore>().LatestAsync(Ada, CancellationToken.None);

        var page = Render<NewGroup>(parameters => parameters.Add(one => one.DraftId, draft!.Id));
        page.WaitForState(() => page.FindAll("h2").Any(title => title.TextContent == WizardTitle.Members), Patience);
        Assert.Contains("Draft saved", page.Find(".saved").TextContent, StringComparison.Ordinal);

        var offer = Render<NewGroup>();
        Assert.Contains(_name, offer.WaitForElement(".unfinished", Patience).TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_of_somebody_else_is_not_there()
    {
        var draft = new GroupDraft { Id = Guid.NewGuid(), StoreId = 2, Name = "Secret plans" };
        await Services.GetRequiredService<DraftStore>().SaveAsync(draft, Ada, CancellationToken.None);
        SignIn("uma", "Uma Devi", "User");

        var page = Render<NewGroup>(parameters => parameters.Add(one => one.DraftId, draft.Id));

        page.WaitForElement(".empty", Patience);
        Assert.DoesNotContain("Secret plans", page.Markup, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Titles(IRenderedComponent<NewGroup> page) => page.FindAll(".choice-title").Select(title => title.TextContent);

    private static string Says(IRenderedComponent<NewGroup> page) => page.Find("#group-name-says").TextContent.Trim();

    private static void Next(IRenderedComponent<NewGroup> page) => page.Find("[data-next]").Click();

    private static void Click(IRenderedComponent<NewGroup> page, string text)
    {
        var before = page.Find("h2").TextContent;
        page.FindAll("button").Single(button => button.TextContent.Trim() == text).Click();
        page.WaitForState(() => page.Find("h2").TextContent != before, Patience);
    }

    private static void Choose(IRenderedComponent<NewGroup> page, string account)
    {
        page.Find("[role=combobox]").Input(account);
        page.WaitForElement("[role=option]", Patience);
        page.Find("[role=combobox]").KeyDown("Enter");
        page.WaitForElement(".picked-name", Patience);
    }

    private IRenderedComponent<NewGroup> Wizard()
    {
        var page = Render<NewGroup>();
        page.WaitForElement(".choice", Patience);
        return page;
    }

    /// <summary>The wizard, filled in up to a step.</summary>
    private IRenderedComponent<NewGroup> At(string title)
    {
        var page = Wizard();
        while (page.Find("h2").TextContent is var present && present != title)
        {
            if (present == WizardTitle.Details)
            {
                page.Find("#group-name").Input(_name);
                page.WaitForState(() => Says(page) == "Free in demo.local", Patience);
            }
            else if (present == WizardTitle.Members)
            {
                Choose(page, "uma");
            }

            Next(page);
            page.WaitForState(() => page.Find("h2").TextContent != present, Patience);
        }

        return page;
    }

    private static class WizardTitle
    {
        public const string Details = "What is it called, and who can join?";
        public const string Members = "Who is in it?";
        public const string Owners = "Who answers for it?";
        public const string Review = "What will happen";
    }
}
