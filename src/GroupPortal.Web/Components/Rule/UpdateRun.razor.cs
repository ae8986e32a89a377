using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Criteria;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Rule;

/// <summary>One update of a smart group from its beginning to its end: how far it is, what it came to, and who came and went.</summary>
public sealed partial class UpdateRun : IDisposable
{
    /// <summary>Beyond this many lines they are shown when it is done; the bar counts meanwhile.</summary>
    private const int LiveRows = 2_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);
    private readonly CancellationTokenSource _left = new();
    private TaskInfo? _task;
    private IReadOnlyList<PlanRow> _rows = [];
    private PlanState _state;
    private StatusCounts? _counts;
    private long _watched;
    private bool _mayRead;

    [Inject]
    public required SmartUpdates Updates { get; init; }

    [Inject]
    public required GroupService Groups { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public long TaskId { get; set; }

    [Parameter]
    public StoreKind? StoreKind { get; set; }

    /// <summary>It has come to its end, while one was looking.</summary>
    [Parameter]
    public EventCallback<TaskInfo> OnFinished { get; set; }

    private bool IsRunning => _task is { State: not TaskState.Finished };

    private int Settled => _counts is null ? 0 : _counts.Total - _counts[StepStatus.Planned] - _counts[StepStatus.Waiting];

    private string Tone => _task switch
    {
        null or { State: not TaskState.Finished } => "running",
        { Outcome: TaskOutcome.Applied or TaskOutcome.NoChange } => "done",
        { Outcome: TaskOutcome.Held or TaskOutcome.Partly } => "held",
        _ => "failed",
    };

    private string IconName => Tone switch { "running" => "clock", "done" => "check", "held" => "lock", _ => "alert" };

    private string Title => IsRunning ? R[_counts is null ? "Run_Evaluating" : "Run_Applying"] : _task!.Outcome switch
    {
        TaskOutcome.Applied or TaskOutcome.Partly => R[$"Run_{_task.Outcome}", CriteriaWords.Count(_task.Adds), CriteriaWords.Count(_task.Removes)],
        TaskOutcome.Held => R["Run_Held", CriteriaWords.Count(_task.Adds), CriteriaWords.Count(_task.Removes)],
        var outcome => R[$"Run_{outcome}"],
    };

    private string? Text => IsRunning ? _counts is { } counts ? R["Run_Progress", CriteriaWords.Count(Settled), CriteriaWords.Count(counts.Total)] : R["Run_GoesOn"]
        : _task!.Message ?? R[$"Run_{_task.Outcome}_Text"];

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_watched == TaskId)
        {
            return;
        }

        _watched = TaskId;
        try
        {
            await FollowAsync(TaskId, _left.Token);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page was left; the update goes on without it.
        }
    }

    private async Task FollowAsync(long taskId, CancellationToken left)
    {
        (_task, _rows, _counts) = (null, [], null);
        await ReadAsync(taskId, left);
        if (!IsRunning)
        {
            return;
        }

        var end = Updates.WaitAsync(StoreId, taskId, left);
        while (!end.IsCompleted)
        {
            StateHasChanged();
            await Task.WhenAny(end, Task.Delay(Pause, Clock, left));
            if (taskId != _watched)
            {
                return;
            }

            await ReadAsync(taskId, left);
        }

        await end;
        await ReadAsync(taskId, left);
        StateHasChanged();
        if (_task is not null)
        {
            await OnFinished.InvokeAsync(_task);
        }
    }

    private async Task ReadAsync(long taskId, CancellationToken left)
    {
        var task = await Updates.FindAsync(StoreId, taskId, left);
        if (task is not { PlanId: { } planId })
        {
            _task = task;
            return;
        }

        // Who came and who went is not everybody's to know; that there was an update is.
        _mayRead = _mayRead || await Updates.MayReadAsync(task, await Person.GetAsync(), left);
        var progress = await Groups.GetProgressAsync(planId, left);
        if (progress is not null && _mayRead && (task.State == TaskState.Finished || progress.Counts.Total <= LiveRows) && await Groups.GetAsync(planId, left) is { } plan)
        {
            (_rows, _state) = (plan.Rows, plan.State);
        }

        (_task, _counts) = (task, progress?.Counts);
    }
}
