using Bunit;
using GroupPortal.Application.Schedules;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Pages;
using GroupPortal.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GroupPortal.Web.Tests.Schedules;

public sealed class ContainerSchedulesTests(SampleStores stores) : SmartPortalTests(stores)
{
    private SmartSchedules Schedules => Services.GetRequiredService<SmartSchedules>();

    [Fact]
    public async Task One_is_added_changed_and_removed()
    {
        var page = Render<ContainerSchedules>();
        page.WaitForElement(".empty", Patience);

        await page.Find(".page-header-actions .btn-primary").ClickAsync();
        await page.Find(".schedule-time").ChangeAsync("07:15");
        await page.Find(".schedule-form .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("daily at", page.Find(".containers-text").TextContent, StringComparison.Ordinal), Patience);
        Assert.Equal(("DC=demo,DC=local", new UpdateSchedule.Daily(new TimeOnly(7, 15)), "ada"), await OnlyAsync());

        await page.Find("button[aria-label^=Change]").ClickAsync();
        await page.Find(".schedule-number").InputAsync("4");
        await page.Find(".schedule-form .btn-primary").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("every 4 hours", page.Find(".containers-text").TextContent, StringComparison.Ordinal), Patience);

        await page.Find("button[aria-label^=Remove]").ClickAsync();
        Assert.Single(await Schedules.ContainersAsync(2, CancellationToken.None));
        await page.Find(".containers-actions .btn-danger").ClickAsync();
        page.WaitForElement(".empty", Patience);
        Assert.Empty(await Schedules.ContainersAsync(2, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_no_schedule_cannot_be_saved()
    {
        var page = Render<ContainerSchedules>();
        page.WaitForElement(".empty", Patience);
        await page.Find(".page-header-actions .btn-primary").ClickAsync();

        await page.Find(".schedule-cron").InputAsync("* * * * *");

        Assert.True(page.Find(".schedule-form .btn-primary").HasAttribute("disabled"));
        await page.Find(".schedule-cron").InputAsync("0 * * * *");
        Assert.False(page.Find(".schedule-form .btn-primary").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_container_that_has_one_is_said_to_be_taken()
    {
        await Schedules.SetContainerAsync(2, "DC=demo,DC=local", new UpdateSchedule.Every(60), new(Ada, "browser"), CancellationToken.None);
        var page = Render<ContainerSchedules>();
        page.WaitForElement(".containers", Patience);

        await page.Find(".page-header-actions .btn-primary").ClickAsync();

        Assert.Single(page.FindAll(".schedule-taken"));
    }

    [Fact]
    public async Task Who_may_not_change_them_sees_them_and_is_told_why()
    {
        await Schedules.SetContainerAsync(2, "DC=demo,DC=local", new UpdateSchedule.Every(60), new(Ada, "browser"), CancellationToken.None);
        SignIn("uma", "Uma Devi", "User");

        var page = Render<ContainerSchedules>();

        page.WaitForElement(".containers", Patience);
        Assert.NotEmpty(page.Find(".containers-notice").TextContent.Trim());
        Assert.Empty(page.FindAll(".containers-actions button"));
        Assert.Empty(page.FindAll(".page-header-actions button"));
    }

    private async Task<(string Container, UpdateSchedule Schedule, string Account)> OnlyAsync() =>
        Assert.Single(await Schedules.ContainersAsync(2, CancellationToken.None)) is var one ? (one.Container, one.Schedule, one.Account) : default;
}
