using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Results;
using GroupPortal.Web.Api;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Tasks;

/// <summary>A task while it runs, and what it came to, member by member for those who may read that.</summary>
public sealed partial class TaskProgress : IDisposable
{
    private readonly CancellationSeries _turns = new();
    private (int Store, long Task) _shown;
    private TaskInfo? _task;
    private StatusCounts? _counts;
    private DirectoryOutage? _outage;
    private DirectoryPause? _pause;
    private PlanResult? _result;
    private bool _mayNot;
    private bool _mayDownload;
    private bool _missing;

    [Inject]
    public required SmartUpdates Updates { get; init; }

    [Inject]
    public required GroupService Service { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required Microsoft.Extensions.Localization.IStringLocalizer<Resources.PagesText> P { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public long TaskId { get; set; }

    /// <summary>Whether a held update is a link; not where its page is this one.</summary>
    [Parameter]
    public bool LeadsToHeld { get; set; } = true;

    /// <summary>The task as it is known, from the first look on.</summary>
    [Parameter]
    public EventCallback<TaskInfo> OnTask { get; set; }

    private string Standing => _task!.State == TaskState.Finished ? _task.Outcome.ToString() : _task.State.ToString();

    private string NoticeStyle => _task!.Outcome switch
    {
        TaskOutcome.Failed or TaskOutcome.Refused => "notice-negative",
        TaskOutcome.Held or TaskOutcome.Rejected or TaskOutcome.Partly => "notice-caution",
        _ => "",
    };

    public void Dispose() => _turns.Dispose();

    protected override void OnParametersSet()
    {
        if (_shown != (StoreId, TaskId))
        {
            _shown = (StoreId, TaskId);
            (_task, _counts, _outage, _result, _mayNot, _missing) = (null, null, null, null, false, false);
            // Not awaited: the page is drawn while the task goes on.
            _ = InvokeAsync(() => FollowAsync(_turns.Next()));
        }
    }

    private async Task FollowAsync(CancellationToken turn)
    {
        try
        {
            await foreach (var task in Updates.FollowAsync(StoreId, TaskId, Clock, turn))
            {
                if (task.State == TaskState.Running && task.PlanId is { } plan && await Service.GetProgressAsync(plan, turn) is { State: not PlanState.Planned } progress)
                {
                    (_counts, _outage, _pause) = (progress.Counts, progress.Outage, progress.Pause);
                }

                if (task.State == TaskState.Finished)
                {
                    await LoadLinesAsync(task, turn);
                }

                _task = task;
                StateHasChanged();
                await OnTask.InvokeAsync(task);
            }

            _missing = _task is null;
            StateHasChanged();
        }
        catch (OperationCanceledException)
        {
            // Another task is shown, or the page has been left; the task goes on without it.
        }
        catch (ObjectDisposedException)
        {
            // The same, a moment later.
        }
        catch (Exception exception) when (exception is System.Data.Common.DbException or InvalidOperationException)
        {
            await DispatchExceptionAsync(exception);
        }
    }

    // What is held is shown on its own page, as what it would do.
    private async Task LoadLinesAsync(TaskInfo task, CancellationToken turn)
    {
        if (task.PlanId is not { } plan || task.Outcome == TaskOutcome.Held)
        {
            return;
        }

        var person = await Person.GetAsync();
        _mayNot = !await Updates.MayReadAsync(task, person, turn);
        if (!_mayNot)
        {
            _result = await Service.GetAsync(plan, turn);
            _mayDownload = _result is not null && PlanDownload.MayRead(_result, person);
        }
    }
}
