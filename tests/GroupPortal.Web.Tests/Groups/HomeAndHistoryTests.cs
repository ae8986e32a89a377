using Bunit;
using GroupPortal.Application.Drafts;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Groups;

public sealed class HomeAndHistoryTests(SampleStores stores) : PortalComponentTests(stores)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly Person Ada = new("ada", "Ada Winter", PortalRole.Administrator);
    private static readonly Person Uma = new("uma", "Uma Devi", PortalRole.User);
    private readonly string _name = $"Home {Guid.NewGuid():N}";

    [Fact]
    public async Task Home_shows_my_groups_my_changes_and_the_draft()
    {
        await CreateAsync(Ada, _name);
        var draft = new GroupDraft { StoreId = 2, Name = "Half a group" };
        await Services.GetRequiredService<DraftStore>().SaveAsync(draft, Ada, CancellationToken.None);

        var page = Render<Home>();

        page.WaitForAssertion(() => Assert.Contains(_name, page.Find("section[aria-labelledby=home-mine]").TextContent, StringComparison.Ordinal), Patience);
        Assert.Contains($"Created {_name}", page.Find("section[aria-labelledby=home-recent]").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/groups/new/{draft.Id:D}", page.Find(".home-draft").GetAttribute("href"));
        page.WaitForAssertion(() => Assert.DoesNotContain("…", page.FindAll(".door-count").Select(count => count.TextContent)), Patience);
    }

    [Fact]
    public void Who_owns_nothing_is_told_so_and_what_to_do()
    {
        SignIn("nobody", "No Body", "User");
        var page = Render<Home>();

        page.WaitForAssertion(() => Assert.Equal("/groups/new", page.Find(".home-empty a").GetAttribute("href")), Patience);
    }

    [Fact]
    public async Task People_see_their_own_history_and_administrators_everybodys()
    {
        await CreateAsync(Ada, _name + " A");
        await CreateAsync(Uma, _name + " U");

        var all = Render<History>();
        all.WaitForState(() => all.FindAll(".history-entry").Count > 0, Patience);
        Assert.Equal([_name + " U", _name + " A"], Names(all));

        SignIn("uma", "Uma Devi", "User");
        var own = Render<History>();
        own.WaitForState(() => own.FindAll(".history-entry").Count > 0, Patience);
        Assert.Equal([_name + " U"], Names(own));
        Assert.Empty(own.FindAll(".history-whose"));
    }

    [Fact]
    public async Task An_entry_opens_to_its_lines()
    {
        await CreateAsync(Ada, _name);
        var page = Render<History>();
        page.WaitForState(() => page.FindAll(".entry-head").Count > 0, Patience);

        await page.Find(".entry-head").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("Who can join", page.FindAll(".plan-what").Select(what => what.TextContent)), Patience);
        Assert.StartsWith("/plans/", page.Find(".plan-actions a").GetAttribute("href"), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Names(IRenderedComponent<History> page) => page.FindAll(".entry-what strong").Select(name => name.TextContent);

    private async Task CreateAsync(Person person, string name)
    {
        var service = Services.GetRequiredService<GroupService>();
        var requester = new Requester(person, "browser");
        var plan = Assert.IsType<PlanAnswer.Planned>(
            await service.PlanAsync(2, new GroupRequest { Kind = PlanKind.Create, Name = name }, requester, CancellationToken.None)).Plan;
        Assert.IsType<ApplyAnswer.Started>(await service.ApplyAsync(plan.Id, requester, null, CancellationToken.None));
        await service.WaitAsync(plan.Id, CancellationToken.None);
    }
}
