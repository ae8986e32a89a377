using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Web.Components.Results;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.SmartGroups;

/// <summary>What was asked of one group, and what was answered.</summary>
internal sealed record RunItem(Guid GroupId, string Name, UpdateAnswer Answer);

/// <summary>Updates of several groups: which were started and how they go, which were refused and why.</summary>
public sealed partial class UpdateRun : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    private readonly CancellationSeries _turns = new();
    private readonly Dictionary<long, TaskInfo> _tasks = [];
    private IReadOnlyList<RunItem>? _shown;

    [Inject]
    public required SmartUpdates Updates { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public required object Run { get; set; }

    /// <summary>All of them have finished.</summary>
    [Parameter]
    public EventCallback OnFinished { get; set; }

    [Parameter]
    public EventCallback OnClose { get; set; }

    private IReadOnlyList<RunItem> Items => (IReadOnlyList<RunItem>)Run;

    private string Summary
    {
        get
        {
            var started = Items.Count(item => item.Answer is UpdateAnswer.Started);
            var finished = _tasks.Values.Where(task => task.State == TaskState.Finished).ToList();
            var parts = new List<string>();
            Add(started - finished.Count, "Run_Running");
            foreach (var (outcome, count) in finished.CountBy(task => task.Outcome).OrderBy(pair => pair.Key))
            {
                Add(count, $"Run_{outcome}");
            }

            Add(Items.Count - started, "Run_NotStarted");
            return string.Join(", ", parts);

            void Add(int count, string key)
            {
                if (count > 0)
                {
                    parts.Add(U[key, RowStandings.Count(count)]);
                }
            }
        }
    }

    public void Dispose() => _turns.Dispose();

    protected override void OnParametersSet()
    {
        if (!ReferenceEquals(_shown, Run))
        {
            _shown = Items;
            _tasks.Clear();
            // Not awaited: the page is drawn while the tasks go on.
            _ = InvokeAsync(() => FollowAsync(_turns.Next()));
        }
    }

    private async Task FollowAsync(CancellationToken turn)
    {
        try
        {
            var open = Items.Select(item => item.Answer).OfType<UpdateAnswer.Started>().Select(answer => answer.TaskId).ToList();
            while (open.Count > 0)
            {
                foreach (var id in open)
                {
                    if (await Updates.FindAsync(StoreId, id, turn) is { } task)
                    {
                        _tasks[id] = task;
                    }
                }

                open.RemoveAll(id => _tasks.GetValueOrDefault(id) is { State: TaskState.Finished });
                StateHasChanged();
                if (open.Count > 0)
                {
                    await Task.Delay(Interval, Clock, turn);
                }
            }

            await OnFinished.InvokeAsync();
        }
        catch (OperationCanceledException)
        {
            // Another run is shown, or the page has been left; the tasks go on without it.
        }
        catch (System.Data.Common.DbException exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
