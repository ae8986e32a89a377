using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Tasks;
using GroupPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>The plan's lines again, filling in while they are carried out. What is shown is what is recorded: a reload shows the same.</summary>
public sealed partial class ResultStep : IDisposable
{
    /// <summary>Up to so many lines are read anew at every report of progress; more only at the end.</summary>
    private const int LiveRows = 500;

    private readonly CancellationTokenSource _gone = new();
    private PlanResult? _result;
    private IReadOnlyList<PlanRow> _rows = [];
    private StatusCounts? _counts;
    private DirectoryOutage? _outage;
    private DirectoryPause? _pause;
    private string? _retryFailure;
    private string? _fillRefusal;
    private long? _fill;
    private Guid _watched;
    private bool _isUnknown;
    private bool _isRetrying;

    [Inject]
    public required GroupService Groups { get; init; }

    [Inject]
    public required IStringLocalizer<UpdateText> U { get; init; }

    [Inject]
    public required SmartUpdates Updates { get; init; }

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Parameter, EditorRequired]
    public Guid PlanId { get; set; }

    /// <summary>The result as it stands, whenever it changes.</summary>
    [Parameter]
    public EventCallback<PlanResult> OnResult { get; set; }

    /// <summary>A new plan of what failed has been started.</summary>
    [Parameter]
    public EventCallback<Guid> OnRetried { get; set; }

    private IDirectory? Directory => _result is not null && Stores.TryGet(_result.Plan.StoreId, out var directory) ? directory : null;

    private string StoreName => Directory?.Store.Name ?? "";

    private StoreKind? Kind => Directory?.Store.Kind;

    private int Failed => _result is null ? 0 : _result.Counts[StepStatus.Failed] + _result.Counts[StepStatus.NotAttempted] + _result.Counts[StepStatus.Unknown];

    private string Outcome => _result switch
    {
        null or { State: not PlanState.Finished } => "Running",
        { Status: StepStatus.Done or StepStatus.NoChange } => "Done",
        { Status: StepStatus.Unknown } => "Open",
        { Status: StepStatus.Waiting } => "Waiting",
        { GroupId: not null } => "Partly",
        _ => "Failed",
    };

    private string OutcomeIcon => Outcome switch
    {
        "Done" => "check",
        "Running" or "Waiting" => "clock",
        _ => "alert",
    };

    public void Dispose()
    {
        _gone.Cancel();
        _gone.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_watched == PlanId)
        {
            return;
        }

        _watched = PlanId;
        await FollowAsync(PlanId, _gone.Token);
        if (_result is { State: PlanState.Finished, GroupId: { } group } && _fill is null && _result.Plan.Steps.Any(IsSmart))
        {
            await FillAsync(_result.Plan.StoreId, group);
        }
    }

    private static bool IsSmart(Core.Plans.PlanStep step) => step is { Path: AttributeNames.ManagedGroupType, After: ["2"] };

    /// <summary>The first update begins once there is a group, and only once: a reload finds it.</summary>
    private async Task FillAsync(int storeId, Guid group)
    {
        // Never the circuit's token: what is promised on this page is begun even when it is closed now.
        var tasks = await Updates.RecentAsync(storeId, group, account: null, 0, 1, CancellationToken.None);
        if (tasks.Total > 1)
        {
            tasks = await Updates.RecentAsync(storeId, group, account: null, (int)tasks.Total - 1, 1, CancellationToken.None);
        }

        if (tasks.Items is [var first, ..])
        {
            _fill = first.Id;
            return;
        }

        var answer = (await Updates.StartAsync(storeId, [group], await Person.AsRequesterAsync(), CancellationToken.None))[0];
        (_fill, _fillRefusal) = answer is UpdateAnswer.Started(var task, _) ? (task, null) : ((long?)null, U.RefusalOf(answer));
    }

    private async Task FollowAsync(Guid planId, CancellationToken cancellation)
    {
        try
        {
            await LoadAsync(planId, cancellation);
            if (_result is not { State: not PlanState.Finished })
            {
                return;
            }

            await foreach (var progress in Groups.WatchAsync(planId, cancellation))
            {
                if (planId != _watched)
                {
                    return;
                }

                (_outage, _pause) = (progress.Outage, progress.Pause);
                if (progress.State == PlanState.Finished || progress.Counts.Total <= LiveRows)
                {
                    await LoadAsync(planId, cancellation);
                    StateHasChanged();
                }
                else
                {
                    _counts = progress.Counts;
                    StateHasChanged();
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The page has gone; the work goes on.
        }
    }

    private async Task LoadAsync(Guid planId, CancellationToken cancellation)
    {
        var person = await Person.GetAsync();
        var result = await Groups.GetAsync(planId, cancellation);

        // Somebody else's plan is answered like none: its id must not tell that it exists.
        if (result is null || !string.Equals(result.Account, person.Account, StringComparison.OrdinalIgnoreCase))
        {
            _isUnknown = true;
            return;
        }

        (_result, _rows, _isUnknown) = (result, result.Rows, false);
        await OnResult.InvokeAsync(result);
    }

    private async Task RetryAsync()
    {
        if (_isRetrying)
        {
            return;
        }

        (_isRetrying, _retryFailure) = (true, null);
        try
        {
            var requester = await Person.AsRequesterAsync();
            if (await Groups.PlanRetryAsync(PlanId, requester, CancellationToken.None) is not PlanAnswer.Planned(var plan))
            {
                _retryFailure = W["Result_RetryFailed"];
                return;
            }

            var answer = await Groups.ApplyAsync(plan.Id, requester, confirmedHash: null, CancellationToken.None);
            if (answer is ApplyAnswer.Started or ApplyAnswer.AlreadyApplied)
            {
                await OnRetried.InvokeAsync(plan.Id);
            }
            else
            {
                _retryFailure = W.Refusal(answer);
            }
        }
        finally
        {
            _isRetrying = false;
        }
    }
}
