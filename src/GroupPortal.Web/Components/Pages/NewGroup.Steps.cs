using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Components.Wizard;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace GroupPortal.Web.Components.Pages;

public sealed partial class NewGroup
{
    private static readonly TimeSpan NameDebounce = TimeSpan.FromMilliseconds(300);

    private readonly CancellationSeries _checks = new();
    private IJSObjectReference? _module;
    private ElementReference _root;
    private ElementReference _heading;
    private ReviewStep? _review;
    private GroupPlan? _plan;
    private PlanResult? _result;
    private NameQuery? _checked;
    private string? _refusal;
    private string? _attached;
    private bool _isBusy;
    private bool _focusHeading;
    private bool _focusProblem;

    /// <summary>After a failure that left nothing behind, the draft is still there to be changed.</summary>
    private bool CanChangeAndRetry => DraftId is not null && _result is { State: PlanState.Finished, GroupId: null };

    /// <summary>What the button will do, with its numbers.</summary>
    private string NextText => _step switch
    {
        < WizardStep.Review => W["Next"],
        _ when _isBusy => W["Creating"],
        _ when _plan is null => W["Create"],
        _ when _review?.FirstFill is { } first => first switch
        {
            1 => W["Create_WithRuleMember"],
            var count => W["Create_WithRuleMembers", count.ToString("N0", CultureInfo.CurrentCulture)],
        },
        _ => Members(_plan) switch
        {
            0 => W["Create"],
            1 => W["Create_WithMember"],
            var count => W["Create_WithMembers", count.ToString("N0", CultureInfo.CurrentCulture)],
        },
    };

    private static Membership MembershipOf(GroupPlan plan) =>
        plan.Steps.Any(step => step is { Path: AttributeNames.ManagedGroupType, After: ["2"] }) ? Membership.Smart
        : plan.Steps.Any(step => step is { Path: AttributeNames.MembershipRule, After.Count: > 0 }) ? Membership.Dynamic
        : Membership.Static;

    private static int Members(GroupPlan plan) => plan.Steps.Count(step => step is { Path: AttributeNames.Members, Action: PlanAction.Add });

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The keys belong to the element, which is another one after each loading.
        if ((_state is not null || _step == WizardStep.Result) && !_isMissing && _attached != _root.Id)
        {
            _attached = _root.Id;
            _module ??= await Browser.InvokeAsync<IJSObjectReference>("import", "./assets/js/wizard.js");
            await _module.InvokeVoidAsync("attach", _root);
        }

        if (_focusHeading && _module is not null)
        {
            _focusHeading = false;
            await _module.InvokeVoidAsync("focus", _heading);
        }

        if (_focusProblem && _module is not null)
        {
            _focusProblem = false;
            await _module.InvokeVoidAsync("focusFirstProblem", _root);
        }
    }

    private void Edited()
    {
        _state!.Refresh();
        _unfinished = null;
        Beside(() => CheckNamesAsync(NameDebounce));
        Beside(SaveSoonAsync);
    }

    /// <summary>Work that whoever edited does not wait for; what goes wrong in it is the page's error all the same.</summary>
    private void Beside(Func<Task> work) => _ = InvokeAsync(async () =>
    {
        try
        {
            await work();
            StateHasChanged();
        }
        catch (Exception error)
        {
            await DispatchExceptionAsync(error);
        }
    });

    /// <summary>The rule is another, or its effect is; only the first is worth saving.</summary>
    private void RuleEdited()
    {
        if (_state!.KeepRule())
        {
            Edited();
        }
    }

    private async Task SaveSoonAsync()
    {
        // Looking at types and directories leaves no draft behind.
        if ((_step > WizardStep.Type || DraftId is not null) && await _saver!.SaveSoonAsync(_state!.Draft))
        {
            CarryDraft();
        }
    }

    private async Task SaveAsync()
    {
        _state!.Draft.Step = (DraftStep)Math.Min((int)_step, (int)WizardStep.Review);
        await _saver!.SaveAsync(_state.Draft);
        CarryDraft();
    }

    /// <summary>From the first saving on the address names the draft, so that a reload resumes it.</summary>
    private void CarryDraft()
    {
        if (Plan is null && DraftId != _state?.Draft.Id && _state is not null)
        {
            Navigation.NavigateTo($"/groups/new/{_state.Draft.Id}", replace: true);
        }
    }

    private async Task CheckNamesAsync(TimeSpan delay)
    {
        var state = _state!;
        var query = state.NamesToCheck();
        if (query == _checked && state.Names.State == NameCheckState.Answered)
        {
            return;
        }

        var cancellation = _checks.Next();
        _checked = query;
        state.Answer(query is null ? NameCheck.None : NameCheck.Asking);
        if (query is null)
        {
            return;
        }

        try
        {
            await Task.Delay(delay, Clock, cancellation);
            var answer = await Reader.NamesInUseAsync(state.Store.Id, query, cancellation);
            cancellation.ThrowIfCancellationRequested();
            state.Answer(answer is DirectoryAnswer<IReadOnlyList<NameInUse>>.Ok(var taken) ? NameCheck.Answered(taken) : NameCheck.Failed);
            foreach (var name in state.Names.Taken)
            {
                state.Touch(name.Attribute);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The next keystroke asks again.
        }
    }

    private Task NextAsync()
    {
        if (_isBusy)
        {
            return Task.CompletedTask;
        }

        if (_step == WizardStep.Review)
        {
            return CreateAsync();
        }

        if (!_state!.TryLeave(_step))
        {
            _focusProblem = true;
            return Task.CompletedTask;
        }

        return ShowAsync(Steps.First(step => step > _step));
    }

    private Task BackAsync() => _step > WizardStep.Type && !_isBusy ? ShowAsync(Steps.Last(step => step < _step)) : Task.CompletedTask;

    /// <summary>By the stepper, or from a problem of the plan to its step. Forwards only past steps that are in order.</summary>
    private Task GoAsync(WizardStep step) => ShowAsync(step > _step ? _state!.FirstOpen(step) : step);

    private async Task ShowAsync(WizardStep step)
    {
        if (step < _step)
        {
            // Whoever comes back from further on knows the step: what is wrong on it may be said.
            _state!.TryLeave(step);
        }

        (_step, _plan, _refusal, _focusHeading) = (step, null, null, true);
        _reached = step > _reached ? step : _reached;
        await SaveAsync();
    }

    private void ShowPlan(GroupPlan? plan) => _plan = plan;

    /// <summary>
    /// Applies the plan that is on the screen. Busy from before the first await, so that a double click is one create; where
    /// two come through all the same, the second meets AlreadyApplied and shows the same result.
    /// </summary>
    private async Task CreateAsync()
    {
        if (_plan is not { IsApplicable: true } plan)
        {
            return;
        }

        (_isBusy, _refusal) = (true, null);
        try
        {
            await _saver!.SaveAsync(_state!.Draft);
            var answer = await Groups.ApplyAsync(plan.Id, await Current.AsRequesterAsync(), confirmedHash: null, CancellationToken.None);
            switch (answer)
            {
                case ApplyAnswer.Started or ApplyAnswer.AlreadyApplied:
                    FollowPlan(plan.Id);
                    break;
                case ApplyAnswer.Expired or ApplyAnswer.PreviewChanged when _review is not null:
                    _refusal = W.Refusal(answer);
                    await _review.PlanAsync();
                    break;
                default:
                    _refusal = W.Refusal(answer);
                    break;
            }
        }
        finally
        {
            _isBusy = false;
        }
    }

    private void FollowPlan(Guid planId)
    {
        _focusHeading = true;
        Navigation.NavigateTo($"/groups/new/{DraftId ?? _state?.Draft.Id}?plan={planId:D}", replace: true);
    }

    /// <summary>The draft has done its work once there is a group; until then it is kept, to be changed and tried again.</summary>
    private async Task ShowResultAsync(PlanResult result)
    {
        var isNew = _result?.GroupId is null && result.GroupId is not null;
        _result = result;
        if (isNew && DraftId is { } id)
        {
            await Drafts.DeleteAsync(id, await Current.GetAsync(), CancellationToken.None);
        }
    }
}
