using GroupPortal.Application.Schedules;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.SmartGroups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.Schedules;

/// <summary>Whose word counts for a group, who may give it, and the list of all smart groups.</summary>
public sealed class SmartSchedulesTests
{
    private const string Root = "DC=demo,DC=local";
    private const string Groups = "OU=Groups,DC=demo,DC=local";

    [Fact]
    public async Task A_group_without_a_schedule_has_that_of_the_nearest_container()
    {
        await using var portal = await TestPortal.StartAsync();
        var id = await portal.CreateSmartAsync();
        Assert.Equal((null, null, null), await EffectiveAsync(portal, id));

        await SetAsync(portal, Root, new UpdateSchedule.Every(60));
        Assert.Equal((new UpdateSchedule.Every(60), Root, portal.Clock.GetUtcNow()), await EffectiveAsync(portal, id));

        await SetAsync(portal, "ou=groups, dc=demo, dc=local", new UpdateSchedule.Daily(new TimeOnly(6, 30)));
        var (schedule, from, _) = await EffectiveAsync(portal, id);
        Assert.Equal(new UpdateSchedule.Daily(new TimeOnly(6, 30)), schedule);
        Assert.Equal(DistinguishedName.Parse(Groups), DistinguishedName.Parse(from!));

        await SetAsync(portal, Groups, new UpdateSchedule.Off());
        Assert.Equal((null, null), (await EffectiveAsync(portal, id)) is var off ? (off.Schedule, off.Next) : default);

        await SetAsync(portal, Groups, schedule: null);
        Assert.Equal(new UpdateSchedule.Every(60), (await EffectiveAsync(portal, id)).Schedule);
        Assert.Equal([Root], (await portal.Schedules.ContainersAsync(portal.StoreId, CancellationToken.None)).Select(one => one.Container));
    }

    [Fact]
    public async Task Its_own_schedule_goes_before_and_is_an_attribute_like_any_other()
    {
        await using var portal = await TestPortal.StartAsync();
        await SetAsync(portal, Root, new UpdateSchedule.Every(60));
        var id = await portal.CreateSmartAsync(("XUpdateSchedule", "Every  15"));

        var view = await portal.Schedules.GetAsync(portal.StoreId, await portal.GroupAsync(id), CancellationToken.None);
        Assert.Equal((new UpdateSchedule.Every(15), new UpdateSchedule.Every(60), Root), (view.Own, view.Inherited, view.From));
        Assert.Equal(TaskOutcome.None, view.LastOutcome);

        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(3));
        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        var task = await portal.UpdateAsync(id);
        view = await portal.Schedules.GetAsync(portal.StoreId, await portal.GroupAsync(id), CancellationToken.None);
        Assert.Equal((task.Started, TaskOutcome.Applied, task.Id, task.Started + TimeSpan.FromMinutes(15)), (view.LastRun, view.LastOutcome, view.LastTaskId!.Value, view.NextRun));
        Assert.NotNull(view.LastChange);
    }

    [Fact]
    public async Task A_group_of_tomorrow_says_what_it_would_have()
    {
        await using var portal = await TestPortal.StartAsync();
        await SetAsync(portal, Root, new UpdateSchedule.Daily(new TimeOnly(6, 30)));

        var inherits = await portal.Schedules.OfNewAsync(portal.StoreId, Groups, own: null, CancellationToken.None);
        var never = await portal.Schedules.OfNewAsync(portal.StoreId, Groups, new UpdateSchedule.Off(), CancellationToken.None);

        Assert.Equal((new UpdateSchedule.Daily(new TimeOnly(6, 30)), Root), (inherits.Effective, inherits.From));
        Assert.True(inherits.NextRun > portal.Clock.GetUtcNow());
        Assert.Equal((null, null), (never.Effective, never.NextRun));
    }

    [Fact]
    public async Task Where_nothing_runs_by_itself_no_group_has_a_next_time()
    {
        await using var portal = await TestPortal.StartAsync(StoreKind.ActiveDirectory, withWorker: true, ("Schedules:Interval", "0"));

        var view = await portal.Schedules.OfNewAsync(portal.StoreId, Groups, new UpdateSchedule.Every(30), CancellationToken.None);

        Assert.False(portal.Schedules.AreRunning);
        Assert.Equal((new UpdateSchedule.Every(30), null), (view.Effective, view.NextRun));
    }

    [Theory]
    [InlineData("hal")]
    [InlineData("uma")]
    public async Task Only_administrators_set_a_container(string account)
    {
        await using var portal = await TestPortal.StartAsync();
        var person = account == "hal" ? TestPortal.Hal : TestPortal.Uma;

        var answer = await portal.Schedules.SetContainerAsync(portal.StoreId, Root, new UpdateSchedule.Every(60), TestPortal.From(person), CancellationToken.None);

        Assert.NotEmpty(Assert.IsType<ContainerScheduleAnswer.Denied>(answer).Decision.Message);
        Assert.Empty(await portal.Schedules.ContainersAsync(portal.StoreId, CancellationToken.None));
    }

    [Theory]
    [InlineData("OU=Nowhere,DC=demo,DC=local", 60, typeof(ContainerScheduleAnswer.ContainerUnknown))]
    [InlineData("DC=other,DC=local", 60, typeof(ContainerScheduleAnswer.ContainerUnknown))]
    [InlineData("Groups", 60, typeof(ContainerScheduleAnswer.ContainerUnknown))]
    [InlineData(Groups, 1, typeof(ContainerScheduleAnswer.Invalid))]
    public async Task What_cannot_be_is_not_saved(string container, int minutes, Type answer)
    {
        await using var portal = await TestPortal.StartAsync();

        Assert.IsType(answer, await portal.Schedules.SetContainerAsync(portal.StoreId, container, new UpdateSchedule.Every(minutes), TestPortal.From(null), CancellationToken.None));
        Assert.Empty(await portal.Schedules.ContainersAsync(portal.StoreId, CancellationToken.None));
    }

    [Fact]
    public async Task The_list_has_every_smart_group_and_can_be_narrowed()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(8));
        var plain = await portal.CreateSmartAsync("Plain");
        var held = await portal.CreateSmartAsync("Held");
        var failed = await portal.CreateSmartAsync("Failed", ("XUpdateSchedule", "every 30"));
        await portal.DoAsync(Requests.Create("Static"));
        await portal.UpdateAsync(held);
        portal.Evaluator.Matching.Clear();
        await portal.UpdateAsync(held);
        portal.Evaluator.Instead = new SmartEvaluation.Failed(new DirectoryError.Unavailable());
        await portal.UpdateAsync(failed);

        Assert.Equal([failed, held, plain], await ListAsync(portal, SmartGroupFilter.All));
        Assert.Equal([held, plain], await ListAsync(portal, SmartGroupFilter.WithoutSchedule));
        Assert.Equal([held], await ListAsync(portal, SmartGroupFilter.Held));
        Assert.Equal([failed], await ListAsync(portal, SmartGroupFilter.Failed));
        Assert.Equal([plain], await ListAsync(portal, SmartGroupFilter.All, "pla"));

        await SetAsync(portal, Root, new UpdateSchedule.Every(60));
        Assert.Empty(await ListAsync(portal, SmartGroupFilter.WithoutSchedule));
        var page = await PageAsync(portal, SmartGroupFilter.All, string.Empty, skip: 1, take: 1);
        var item = Assert.Single(page.Items);
        Assert.Equal((3L, "Held", true), (page.Total, item.Name, item.IsHeld));
        Assert.Equal(DistinguishedName.Parse(Groups), DistinguishedName.Parse(item.Container));
        Assert.Equal((TaskOutcome.Held, Root), (item.Schedule.LastOutcome, item.Schedule.From));
    }

    [Fact]
    public async Task A_group_that_is_deleted_leaves_nothing_behind()
    {
        await using var portal = await TestPortal.StartAsync();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(8));
        var id = await portal.CreateSmartAsync();
        await portal.UpdateAsync(id);
        portal.Evaluator.Matching.Clear();
        await portal.UpdateAsync(id);
        Assert.Equal([id], await ListAsync(portal, SmartGroupFilter.Held));

        await portal.DoAsync(new GroupRequest { Kind = Core.Plans.PlanKind.Delete, GroupId = id });

        Assert.Empty(await ListAsync(portal, SmartGroupFilter.All));
        await using var state = await portal.OpenStateAsync();
        Assert.Empty(state.HeldPlans);
        Assert.Empty(state.GroupRuns);
    }

    private static async Task SetAsync(TestPortal portal, string container, UpdateSchedule? schedule) =>
        Assert.IsType<ContainerScheduleAnswer.Saved>(await portal.Schedules.SetContainerAsync(portal.StoreId, container, schedule, TestPortal.From(null), CancellationToken.None));

    private static async Task<(UpdateSchedule? Schedule, string? From, DateTimeOffset? Next)> EffectiveAsync(TestPortal portal, Guid id)
    {
        var view = await portal.Schedules.GetAsync(portal.StoreId, await portal.GroupAsync(id), CancellationToken.None);
        return (view.Effective, view.From, view.NextRun);
    }

    private static async Task<IEnumerable<Guid>> ListAsync(TestPortal portal, SmartGroupFilter filter, string search = "") =>
        (await PageAsync(portal, filter, search, 0, 100)).Items.Select(item => item.GroupId);

    private static async Task<Page<SmartGroupItem>> PageAsync(TestPortal portal, SmartGroupFilter filter, string search, int skip, int take) =>
        Assert.IsType<DirectoryAnswer<Page<SmartGroupItem>>.Ok>(
            await portal.Schedules.ListAsync(portal.StoreId, filter, search, skip, take, CancellationToken.None)).Value;
}
