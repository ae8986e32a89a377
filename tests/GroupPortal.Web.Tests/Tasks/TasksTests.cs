using Bunit;
using GroupPortal.Application.Tasks;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using TasksPage = GroupPortal.Web.Components.Pages.Tasks;

namespace GroupPortal.Web.Tests.Tasks;

public sealed class TasksTests(SampleStores stores) : SmartPortalTests(stores)
{
    private readonly string _name = $"Update {Guid.NewGuid():N}";

    [Fact]
    public async Task Updates_are_listed_with_what_they_came_to_the_newest_first()
    {
        var id = await HoldAsync(_name);
        Matching = await PeopleAsync(12);
        Assert.Equal(TaskOutcome.NoChange, (await UpdateAsync(id, Hal)).Outcome);

        var page = Render<TasksPage>();

        page.WaitForAssertion(() => Assert.Equal(3, page.FindAll(".tasks-table tbody tr").Count), Patience);
        Assert.Equal(["Nothing to do", "Held", "Applied"], page.FindAll(".tasks-outcome .outcome").Select(Words));
        Assert.Equal(["", "+1 1 would join −12 12 would leave", "+12 12 joined"], page.FindAll(".tasks-changes").Select(Words));
        Assert.Equal("hal", Words(page.Find(".tasks-by")).Split(' ')[0]);
    }

    [Fact]
    public async Task One_can_see_only_ones_own()
    {
        var id = await HoldAsync(_name);
        await UpdateAsync(id, Hal);
        SignIn("hal", "Hal Helpdesk", "Helpdesk");
        Services.GetRequiredService<NavigationManager>().NavigateTo("/tasks?mine=true");

        var page = Render<TasksPage>();

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".tasks-table tbody tr")), Patience);
    }

    [Fact]
    public void Without_any_it_says_what_would_be_here()
    {
        var page = Render<TasksPage>();

        page.WaitForAssertion(() => Assert.Equal("No smart group was updated yet", page.Find(".empty-title").TextContent), Patience);
    }

    [Fact]
    public async Task A_task_shows_who_came_and_went()
    {
        Matching = await PeopleAsync(3);
        var id = await CreateAsync(_name);
        var task = await UpdateAsync(id);

        var page = Show(task.Id);

        page.WaitForAssertion(() => Assert.Contains("3 of 3 done", page.Find(".plan-summary").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal("+3 3 joined", Words(page.Find(".changes")));
        Assert.Equal($"Update of {_name}", page.Find("h1").TextContent);
        page.WaitForAssertion(() => Assert.Equal(Matching.Select(one => $"Add {one.Label}").Order(), page.FindAll(".plan-child-label").Select(Words).Order()), Patience);
    }

    [Fact]
    public async Task Who_does_not_see_to_the_group_reads_the_numbers_only()
    {
        Matching = await PeopleAsync(3);
        var task = await UpdateAsync(await CreateAsync(_name));
        SignIn("stranger", "A Stranger", "User");

        var page = Show(task.Id);

        page.WaitForAssertion(() => Assert.NotNull(page.Find(".progress-secret")), Patience);
        Assert.Equal("+3 3 joined", Words(page.Find(".changes")));
        Assert.Empty(page.FindAll(".plan"));
    }

    [Fact]
    public async Task A_held_one_leads_to_its_decision()
    {
        var id = await HoldAsync(_name);
        var task = (await Updates.RecentAsync(2, id, null, 0, 1, CancellationToken.None)).Items[0];

        var page = Show(task.Id);

        page.WaitForAssertion(() => Assert.Equal("See what is held", page.Find($"a[href='/held/2/{id:D}']").TextContent), Patience);
        Assert.Contains("remove all members", page.Find(".notice-caution").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_done_again_and_the_page_goes_to_the_new_one()
    {
        Matching = await PeopleAsync(3);
        var task = await UpdateAsync(await CreateAsync(_name));
        var page = Show(task.Id);
        page.WaitForElement(".page-header-actions .btn-primary", Patience);

        await page.Find(".page-header-actions .btn-primary").ClickAsync();

        Assert.EndsWith($"/tasks/2/{task.Id + 1}", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_not_there_is_said_to_be_so()
    {
        var page = Show(4711);

        page.WaitForAssertion(() => Assert.Equal("There is no such update", page.Find(".empty-title").TextContent), Patience);
    }

    private IRenderedComponent<TaskPage> Show(long task) => Render<TaskPage>(parameters => parameters.Add(page => page.StoreId, 2).Add(page => page.Id, task));
}
