using Bunit;
using GroupPortal.Application.Schedules;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.SmartGroups;
using GroupPortal.Web.Tests.Support;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using SmartGroupsPage = GroupPortal.Web.Components.Pages.SmartGroups;

namespace GroupPortal.Web.Tests.SmartGroups;

public sealed class SmartGroupsTests(SampleStores stores) : SmartPortalTests(stores)
{
    private readonly string _name = $"Smart {Guid.NewGuid():N}";

    [Fact]
    public async Task Each_says_when_it_is_updated_and_what_came_of_it_last()
    {
        Matching = await PeopleAsync(3);
        var id = await CreateAsync(_name);
        var task = await UpdateAsync(id);
        await ScheduleAsync(new UpdateSchedule.Every(120));

        var page = Show();

        page.WaitForAssertion(() => Assert.Equal("every 2 hours as demo.local", Words(Row(page, _name).QuerySelector(".smart-schedule")!)), Patience);
        Assert.Contains("Applied", Row(page, _name).QuerySelector(".smart-last")!.TextContent, StringComparison.Ordinal);
        Assert.NotNull(Row(page, _name).QuerySelector($"a[href='/tasks/2/{task.Id}']"));
        Assert.Equal("in 2 hours", Words(Row(page, _name).QuerySelector(".smart-next")!));
    }

    [Fact]
    public async Task A_held_one_leads_to_what_is_held_and_the_filter_shows_only_such()
    {
        var id = await HoldAsync(_name);
        Matching = [];
        var other = _name + " other";
        await UpdateAsync(await CreateAsync(other));
        Services.GetRequiredService<NavigationManager>().NavigateTo("/smart-groups?filter=held");

        var page = Show();

        page.WaitForAssertion(() => Assert.NotNull(Row(page, _name).QuerySelector($"a[href='/held/2/{id:D}']")), Patience);
        Assert.DoesNotContain(other, page.FindAll(".smart-label").Select(label => label.TextContent));
    }

    [Theory]
    [InlineData("withoutschedule", "Every smart group has a schedule")]
    [InlineData("failed", "Nothing has failed")]
    public async Task A_filter_that_finds_nothing_says_so_as_good_news(string filter, string title)
    {
        await CreateAsync(_name);
        await ScheduleAsync(new UpdateSchedule.Every(120));
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/smart-groups?filter={filter}");

        var page = Show();

        page.WaitForAssertion(() => Assert.Equal(title, page.Find(".empty-title").TextContent), Patience);
    }

    [Fact]
    public async Task Many_are_updated_at_once_and_each_is_followed_to_its_end()
    {
        Matching = await PeopleAsync(3);
        await CreateAsync(_name + " A");
        await CreateAsync(_name + " B");
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/smart-groups?q={_name}");
        var page = Show();
        await page.WaitForElement(".smart-table thead input", Patience).ChangeAsync(true);
        Assert.Equal("2 groups selected", page.Find(".smart-selected [role=status]").TextContent);

        await page.Find(".smart-selected .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("2 applied", page.Find(".run-summary").TextContent), Patience);
        Assert.Equal(["+3 3 joined", "+3 3 joined"], page.FindAll(".run-item .changes").Select(Words));
        Assert.Empty(page.FindAll(".smart-selected"));
        page.WaitForAssertion(() => Assert.Contains("Applied", Row(page, _name + " A").QuerySelector(".smart-last")!.TextContent, StringComparison.Ordinal), Patience);
    }

    [Fact]
    public async Task Who_may_not_update_a_group_is_told_why_and_the_others_go_on()
    {
        await CreateAsync(_name + " A");
        SignIn("stranger", "A Stranger", "User");
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/smart-groups?q={_name}");
        var page = Show();
        await page.WaitForElement(".smart-table tbody input", Patience).ChangeAsync(true);

        await page.Find(".smart-selected .btn-primary").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("1 not started", page.Find(".run-summary").TextContent), Patience);
        Assert.Contains("owners", page.Find(".run-why").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/smart-groups", null, null, null, 1)]
    [InlineData("/smart-groups?store=3&q=eng&filter=held&page=2", 3, "eng", "Held", 2)]
    [InlineData("/smart-groups", null, "  ", "nonsense", -4)]
    public void The_address_says_what_is_shown(string url, int? store, string? text, string? filter, int page) =>
        Assert.Equal(url, SmartListState.From(store, text, filter, page).ToUrl());

    private static AngleSharp.Dom.IElement Row(IRenderedComponent<SmartGroupsPage> page, string name) =>
        page.FindAll(".smart-table tbody tr").Single(row => row.QuerySelector(".smart-label")!.TextContent == name);

    private IRenderedComponent<SmartGroupsPage> Show() => Render<SmartGroupsPage>();

    private async Task ScheduleAsync(UpdateSchedule schedule) => Assert.IsType<ContainerScheduleAnswer.Saved>(
        await Services.GetRequiredService<SmartSchedules>().SetContainerAsync(2, "DC=demo,DC=local", schedule, new(Ada, "browser"), CancellationToken.None));
}
