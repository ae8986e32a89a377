using GroupPortal.Application.Groups;
using GroupPortal.Application.History;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tests.Jobs;

/// <summary>A new group for which Microsoft Teams is not ready yet: the group stands, and the team follows.</summary>
public sealed class TeamTests : IAsyncLifetime
{
    private static readonly TimeSpan Quarter = TimeSpan.FromMinutes(15);
    private static readonly DirectoryError Young = new DirectoryError.NotFound { ServerText = "Failed to execute Templates backend request" };

    private TestPortal _portal = null!;
    private bool _isReady;
    private int _asked;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync(StoreKind.EntraId);
        _portal.Store.BeforeWrite = write =>
        {
            if (write is not DirectoryWrite.MakeTeam)
            {
                return null;
            }

            _asked++;
            return _isReady ? null : new DirectoryWriteAnswer.NotYet(Young, TimeSpan.FromSeconds(10));
        };
        // The embedded directory makes its groups teams at once: as long as it is not ready, none stands.
        _portal.Store.BeforeSettle = write => write is DirectoryWrite.MakeTeam && !_isReady ? new DirectoryWriteAnswer.Refused(new DirectoryError.NotFound()) : null;
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task It_is_asked_for_three_times_more_and_then_waits_while_everything_else_is_done()
    {
        var before = _portal.Clock.GetUtcNow();

        var result = await CreateAsync();

        Assert.Equal(4, _asked);
        Assert.Equal(TimeSpan.FromSeconds(30), _portal.Clock.GetUtcNow() - before);
        var waiting = Assert.Single(result.Rows, row => row.Status != StepStatus.Done);
        Assert.Equal((AttributeNames.Team, StepStatus.Waiting), (waiting.Step.Path, waiting.Status));
        Assert.StartsWith("The team follows.", waiting.Message, StringComparison.Ordinal);
        Assert.Equal(Young.ServerText, waiting.Outcome!.Error!.ServerText);
        Assert.Equal((StepStatus.Waiting, PlanState.Finished), (result.Status, result.State));
        Assert.Equal(GroupSecurityType.Public, (await _portal.GroupAsync(result.GroupId!.Value)).SecurityType);
        var entry = Assert.Single(await HistoryAsync(result));
        Assert.Equal((StepStatus.Waiting, 1, 0), (entry.Status, entry.Open, entry.Failed));
    }

    [Fact]
    public async Task One_that_becomes_ready_meanwhile_is_no_task()
    {
        var answers = 2;
        _portal.Store.BeforeWrite = write => write is DirectoryWrite.MakeTeam && answers-- > 0 ? new DirectoryWriteAnswer.NotYet(Young, TimeSpan.FromSeconds(10)) : null;

        var result = await CreateAsync();

        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Empty(await TasksAsync());
    }

    [Fact]
    public async Task Who_watches_is_told_that_the_directory_asks_to_wait()
    {
        var plan = await _portal.PlanAsync(Request());
        using var watcher = _portal.Get<PlanBoard>().Watch(plan.Id);
        var seen = new List<DirectoryPause?>();
        _portal.Clock.Waits = _ => seen.Add(watcher.News.Reader.TryRead(out var news) ? news.Pause : null);
        var began = _portal.Clock.GetUtcNow();

        await _portal.DoAsync(plan);

        Assert.Equal([10, 20, 30], seen.Select(pause => (pause!.Until - began).TotalSeconds));
        Assert.All(seen, pause => Assert.Equal(Young.Message, pause!.Why));
        Assert.Null((await _portal.Groups.GetProgressAsync(plan.Id, CancellationToken.None))!.Pause);
    }

    [Fact]
    public async Task A_quarter_of_an_hour_later_it_is_made_and_the_history_has_an_entry_of_its_own()
    {
        var created = await CreateAsync();
        var task = Assert.Single(await TasksAsync());
        Assert.Equal(_portal.Clock.GetUtcNow() + Quarter, new DateTimeOffset(task.NotBefore, TimeSpan.Zero));
        _isReady = true;

        await SweepAsync(TimeSpan.FromMinutes(14));
        Assert.Equal(4, _asked);
        await SweepAsync(TimeSpan.FromMinutes(1));

        var result = (await _portal.Groups.GetAsync(created.Plan.Id, CancellationToken.None))!;
        Assert.Equal(StepStatus.Done, result.Status);
        Assert.Null(result.Rows[^1].Message);
        var entries = await HistoryAsync(created);
        Assert.Equal([(StepStatus.Done, PlanKind.Update), (StepStatus.Waiting, PlanKind.Create)], entries.Select(entry => (entry.Status, entry.Kind)));
        var made = (await _portal.Groups.GetAsync(entries[0].PlanId, CancellationToken.None))!;
        Assert.Equal((AttributeNames.Team, StepStatus.Done), (Assert.Single(made.Rows).Step.Path, made.Status));
        var ended = Assert.Single(await TasksAsync());
        Assert.Equal((TaskKind.MakeTeam, TaskOutcome.Applied, "The team was made."), (ended.Kind, ended.Outcome, ended.Message));
        Assert.Null(await PendingAsync(created));
    }

    [Fact]
    public async Task It_is_tried_every_quarter_of_an_hour_for_a_day_and_then_given_up()
    {
        var created = await CreateAsync();

        for (var quarter = 1; quarter <= 100; quarter++)
        {
            await SweepAsync(Quarter);
        }

        Assert.Equal(4 + (24 * 4), _asked);
        var row = (await _portal.Groups.GetAsync(created.Plan.Id, CancellationToken.None))!.Rows[^1];
        Assert.Equal(StepStatus.Failed, row.Status);
        Assert.Contains("stopped trying", row.Message, StringComparison.Ordinal);
        Assert.Equal([StepStatus.Failed, StepStatus.Waiting], (await HistoryAsync(created)).Select(entry => entry.Status));
        Assert.Equal((TaskState.Finished, TaskOutcome.Failed), Assert.Single((await TasksAsync()).Select(task => (task.State, task.Outcome))));
    }

    [Fact]
    public async Task While_it_waits_the_task_says_until_when()
    {
        var created = await CreateAsync();
        await SweepAsync(Quarter);

        var task = (await PendingAsync(created))!;

        Assert.Equal((TaskState.Waiting, _portal.Clock.GetUtcNow() + Quarter), (task.State, task.NotBefore));
        Assert.Empty((await _portal.Get<SmartUpdates>().RecentAsync(_portal.StoreId, null, null, 0, 10, CancellationToken.None)).Items);
        Assert.StartsWith("The team follows.", task.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_process_waits_as_long_and_goes_on()
    {
        var created = await CreateAsync();

        await _portal.RestartAsync();
        await SweepAsync(TimeSpan.Zero);
        Assert.Equal(4, _asked);
        _isReady = true;
        await SweepAsync(Quarter);

        Assert.Equal(StepStatus.Done, (await _portal.Groups.GetAsync(created.Plan.Id, CancellationToken.None))!.Status);
    }

    [Fact]
    public async Task An_attempt_whose_answer_was_lost_is_not_sent_again()
    {
        var created = await CreateAsync();
        _isReady = true;
        _portal.Store.BeforeSettle = _ => new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable());
        await SweepAsync(Quarter);
        Assert.Equal(4, _asked);

        _portal.Store.BeforeSettle = _ => null;
        await SweepAsync(Quarter);

        // It stands by now, whoever has made it.
        Assert.Equal(4, _asked);
        Assert.Equal(StepStatus.Done, (await _portal.Groups.GetAsync(created.Plan.Id, CancellationToken.None))!.Status);
    }

    [Theory]
    [InlineData(RunnerProbe.TaskClaimed)]
    [InlineData(RunnerProbe.BeforeTaskEnd)]
    public async Task A_process_that_ends_in_the_middle_of_it_leaves_it_to_the_next(string point)
    {
        var created = await CreateAsync();
        _isReady = true;
        _portal.Probe.Listener = reached => _ = reached == point ? throw new InvalidOperationException("gone") : 0;
        await SweepAsync(Quarter);
        await _portal.RestartAsync();
        await SweepAsync(TimeSpan.Zero);

        Assert.Equal(StepStatus.Done, (await _portal.Groups.GetAsync(created.Plan.Id, CancellationToken.None))!.Status);
        Assert.Equal(2, (await HistoryAsync(created)).Count);
        Assert.InRange(_portal.Store.Written.OfType<DirectoryWrite.MakeTeam>().Count(), 0, 1);
    }

    [Fact]
    public async Task A_group_that_was_deleted_meanwhile_ends_it()
    {
        var created = await CreateAsync();
        await _portal.DoAsync(Requests.Delete(created.GroupId!.Value));
        _isReady = true;

        await SweepAsync(Quarter);

        Assert.Equal(StepStatus.Failed, (await _portal.Groups.GetAsync(created.Plan.Id, CancellationToken.None))!.Rows[^1].Status);
        Assert.Equal(nameof(DirectoryError.NotFound), Assert.Single(await TasksAsync()).ErrorCode);
    }

    [Fact]
    public async Task A_team_that_is_refused_leaves_the_group_whole_and_can_be_asked_for_again()
    {
        _portal.Store.BeforeWrite = write => write is DirectoryWrite.MakeTeam ? new DirectoryWriteAnswer.Refused(new DirectoryError.AccessDenied()) : null;

        var result = await CreateAsync();

        Assert.Equal(AttributeNames.Team, Assert.Single(result.Rows, row => row.Status != StepStatus.Done).Step.Path);
        Assert.Equal(GroupSecurityType.Public, (await _portal.GroupAsync(result.GroupId!.Value)).SecurityType);
        Assert.Empty(await TasksAsync());
        var again = RetryRequest.Of(Request(), result.GroupId, result.Rows);
        Assert.Equal((AttributeNames.GroupType, "32"), (Assert.Single(again.Attributes).Name, again.Attributes[0].Values[0]));
    }

    [Fact]
    public async Task A_strict_change_of_a_group_that_cannot_become_a_team_is_not_half_done()
    {
        var id = (await _portal.DoAsync(Requests.Create("Project") with { Attributes = [new(AttributeNames.GroupType, ChangeMode.Set, ["16"])] })).GroupId!.Value;
        _portal.Store.BeforeWrite = write => write is DirectoryWrite.MakeTeam ? new DirectoryWriteAnswer.Refused(new DirectoryError.AccessDenied()) : null;

        await _portal.DoAsync(Requests.Update(id, isStrict: true, (AttributeNames.GroupType, "32"), (AttributeNames.SecurityType, "Public")));

        Assert.Equal(GroupSecurityType.Private, (await _portal.GroupAsync(id)).SecurityType);
    }

    [Fact]
    public async Task A_group_that_stands_already_becomes_a_team_the_same_way()
    {
        var id = (await _portal.DoAsync(Requests.Create("Project") with { Attributes = [new(AttributeNames.GroupType, ChangeMode.Set, ["16"])] })).GroupId!.Value;

        var result = await _portal.DoAsync(Requests.Update(id, false, (AttributeNames.GroupType, "32")));
        Assert.Equal(StepStatus.Waiting, result.Status);
        _isReady = true;
        await SweepAsync(Quarter);

        Assert.Equal((StepStatus.Done, 32), ((await _portal.Groups.GetAsync(result.Plan.Id, CancellationToken.None))!.Status, (await _portal.GroupAsync(id)).GroupType));
    }

    private static GroupRequest Request() => Requests.Create("Project") with
    {
        Attributes = [new(AttributeNames.GroupType, ChangeMode.Set, ["32"]), new(AttributeNames.SecurityType, ChangeMode.Set, ["Public"])],
    };

    private Task<PlanResult> CreateAsync() => _portal.DoAsync(Request());

    private async Task<IReadOnlyList<HistoryEntry>> HistoryAsync(PlanResult result) =>
        (await _portal.Get<HistoryReader>().OfGroupAsync(_portal.StoreId, result.GroupId!.Value, 0, 10, CancellationToken.None)).Items;

    private Task<TaskInfo?> PendingAsync(PlanResult result) => _portal.Get<PendingTeams>().FindAsync(_portal.StoreId, result.GroupId!.Value, CancellationToken.None);

    private async Task<IReadOnlyList<TaskRecord>> TasksAsync()
    {
        await using var state = await _portal.OpenStateAsync();
        return await state.Tasks.AsNoTracking().ToListAsync();
    }

    /// <summary>Time goes by, and the sweep comes that looks for tasks.</summary>
    private async Task SweepAsync(TimeSpan after)
    {
        _portal.Clock.Advance(after);
        var worker = _portal.Get<TaskWorker>();
        await worker.SweepAsync(CancellationToken.None);
        foreach (var task in await TasksAsync())
        {
            await worker.WaitAsync(task.Id).WaitAsync(TimeSpan.FromSeconds(60));
        }
    }
}
