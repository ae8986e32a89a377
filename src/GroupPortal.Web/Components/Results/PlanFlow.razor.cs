using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>
/// From a wish to its result: plans it, shows the plan, asks what there is to ask, applies it, and shows what became of it
/// line by line. Every change of an existing group goes through here.
/// </summary>
public sealed partial class PlanFlow : IDisposable
{
    /// <summary>Beyond this many lines a running plan shows its rows when it is done; the bar and the summary count meanwhile.</summary>
    private const int LiveRows = 2_000;

    private readonly CancellationTokenSource _left = new();
    private GroupPlan? _plan;
    private GroupPlan? _mismatch;
    private GroupRequest _request = null!;
    private Preview? _changed;
    private IReadOnlyList<PlanRow> _rows = [];
    private PlanState _state = PlanState.Planned;
    private StatusCounts? _counts;
    private DirectoryError? _error;
    private string? _notice;
    private string? _refusal;
    private bool _isConflict;
    private DirectoryOutage? _outage;
    private DirectoryPause? _pause;
    private bool _agreed;
    private bool _busy;
    private bool _gone;

    [Inject]
    public required GroupService Service { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public StoreKind StoreKind { get; set; }

    /// <summary>What is wanted; fixed for the life of the component.</summary>
    [Parameter, EditorRequired]
    public required GroupRequest Request { get; set; }

    /// <summary>The group as the person saw it while deciding.</summary>
    [Parameter]
    public GroupState? Loaded { get; set; }

    /// <summary>What a deletion destroys, in words.</summary>
    [Parameter]
    public RenderFragment? Destroys { get; set; }

    /// <summary>Above them; that it cannot be undone here, unless it can.</summary>
    [Parameter]
    public string? DestroysTitle { get; set; }

    /// <summary>What there is to say or do once all of it has been carried out.</summary>
    [Parameter]
    public RenderFragment? Done { get; set; }

    /// <summary>Back to where the wish was expressed; nothing was written.</summary>
    [Parameter]
    public EventCallback OnBack { get; set; }

    /// <summary>Drops the wish and shows what stands now.</summary>
    [Parameter]
    public EventCallback OnReload { get; set; }

    /// <summary>Something was written, or should have been: what the page shows is old.</summary>
    [Parameter]
    public EventCallback OnFinished { get; set; }

    /// <summary>The result has been looked at.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    private bool NeedsAgreement => _plan is { Kind: PlanKind.Delete } or { Guard.IsHeld: true };

    private bool CanApply => !_busy && _plan is { IsApplicable: true } && (_agreed || !NeedsAgreement);

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        _request = Request;
        return PlanAsync();
    }

    private async Task PlanAsync()
    {
        (_plan, _error) = (null, null);
        var requester = await Person.AsRequesterAsync();
        await AnswerAsync(await Service.PlanAsync(StoreId, _request, requester, _left.Token));
    }

    /// <summary>The new numbers have been looked at: they are what is agreed to from now on, on what stands now.</summary>
    private Task GoOnAsync()
    {
        _request = _request with { PreviewHash = _changed!.Hash, ExpectedETag = null };
        _changed = null;
        return PlanAsync();
    }

    private async Task PlanAgainAsync() => await ReplanAsync(Service.PlanAgainAsync, P["Flow_Replanned"]);

    private async Task PlanRetryAsync() => await ReplanAsync(Service.PlanRetryAsync, P["Flow_Retry"]);

    private async Task ReplanAsync(Func<Guid, Requester, CancellationToken, Task<PlanAnswer>> planAsync, string notice)
    {
        if (_busy || _plan is not { } plan)
        {
            return;
        }

        _busy = true;
        try
        {
            await AnswerAsync(await planAsync(plan.Id, await Person.AsRequesterAsync(), _left.Token));
            _notice = notice;
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task AnswerAsync(PlanAnswer answer)
    {
        switch (answer)
        {
            case PlanAnswer.Planned(var plan):
                Adopt(plan);
                break;
            case PlanAnswer.VersionMismatch:
                // Planned on what stands now, so that both sides can be shown; only the person's word makes it the plan.
                var fresh = await Service.PlanAsync(StoreId, _request with { ExpectedETag = null }, await Person.AsRequesterAsync(), _left.Token);
                if (fresh is PlanAnswer.Planned(var now))
                {
                    _mismatch = now;
                }
                else
                {
                    await AnswerAsync(fresh);
                }

                break;
            case PlanAnswer.PreviewChanged(var preview):
                (_plan, _changed) = (null, preview);
                break;
            case PlanAnswer.DirectoryFailed(var error):
                _error = error;
                break;
            default:
                _gone = true;
                break;
        }
    }

    private void AdoptMismatch()
    {
        var plan = _mismatch!;
        _mismatch = null;
        Adopt(plan);
        _notice = P["Flow_Replanned"];
    }

    private void Adopt(GroupPlan plan)
    {
        (_plan, _state, _rows) = (plan, PlanState.Planned, [.. plan.Steps.Select(step => new PlanRow(step))]);
        (_notice, _refusal, _isConflict, _agreed) = (null, null, false, false);
    }

    private void Agree(bool agreed) => _agreed = agreed;

    private async Task ApplyAsync()
    {
        // A second click finds the first one at work; a third, another tab's, is told so by the service.
        if (!CanApply || _plan is not { } plan)
        {
            return;
        }

        (_busy, _refusal) = (true, null);
        try
        {
            var confirmed = plan.Guard.IsHeld ? plan.Hash : null;
            // Never the circuit's token: what was begun is not undone by closing the browser.
            var answer = await Service.ApplyAsync(plan.Id, await Person.AsRequesterAsync(), confirmed, CancellationToken.None);
            if (answer is ApplyAnswer.Started or ApplyAnswer.AlreadyApplied)
            {
                await FollowAsync(plan);
                return;
            }

            if (answer is ApplyAnswer.PreviewChanged(var preview))
            {
                (_plan, _changed) = (null, preview);
                return;
            }

            _refusal = P.RefusalOf(answer);
            if (answer is ApplyAnswer.Expired)
            {
                await AnswerAsync(await Service.PlanAgainAsync(plan.Id, await Person.AsRequesterAsync(), _left.Token));
                _notice = P["Flow_Expired"];
            }
        }
        catch (OperationCanceledException)
        {
            // The page was left; the plan goes on without it.
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task FollowAsync(GroupPlan plan)
    {
        (_state, _counts) = (PlanState.Running, null);
        await foreach (var progress in Service.WatchAsync(plan.Id, _left.Token))
        {
            (_outage, _pause) = (progress.Outage, progress.Pause);
            if (progress.State == PlanState.Finished || plan.Steps.Count <= LiveRows)
            {
                if (await Service.GetAsync(plan.Id, _left.Token) is { } result)
                {
                    (_rows, _state, _isConflict) = (result.Rows, result.State, result.IsConflict);
                }

                StateHasChanged();
            }
            else
            {
                _counts = progress.Counts;
                StateHasChanged();
            }

            // The rows can be ahead of the news. Whoever sees the end may leave at once, and the page must have heard of it.
            if (_state == PlanState.Finished)
            {
                break;
            }
        }

        await OnFinished.InvokeAsync();
    }
}
