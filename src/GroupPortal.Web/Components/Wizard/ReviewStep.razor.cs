using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Criteria;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>What creating the group will do, line by line, before anything is done.</summary>
public sealed partial class ReviewStep : IDisposable
{
    /// <summary>So many problems by name; a list of 5,000 members that do not fit is told by the first of them.</summary>
    private const int Shown = 20;

    /// <summary>Between a look at the rule's effect and the plan somebody may change a person; so often it is looked at anew.</summary>
    private const int Looks = 3;

    private readonly CancellationSeries _plans = new();
    private RuleSource _source = null!;
    private RuleEffect? _effect;
    private EffectView _view = new();
    private IReadOnlyList<PlanRow> _rows = [];
    private IReadOnlyList<Problem> _problems = [];
    private PlanAnswer? _answer;

    [Inject]
    public required GroupService Groups { get; init; }

    [Inject]
    public required PreviewService Previews { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Parameter, EditorRequired]
    public required WizardState State { get; set; }

    /// <summary>There is a plan, or, with null, there is none.</summary>
    [Parameter]
    public EventCallback<GroupPlan?> OnPlanned { get; set; }

    /// <summary>To the step on which a problem can be put right.</summary>
    [Parameter]
    public EventCallback<WizardStep> OnFix { get; set; }

    /// <summary>How many the first update would bring in; null where no rule of the portal does.</summary>
    public int? FirstFill => _effect?.Current?.Counts.Joining;

    private GroupPlan? Plan => (_answer as PlanAnswer.Planned)?.Plan;

    private string Failure => _answer switch
    {
        PlanAnswer.StoreUnknown => W["Review_StoreUnknown"],
        PlanAnswer.DirectoryFailed(var error) => W["Review_DirectoryFailed", State.Store.Name, error.Message],
        _ => W["Review_Failed"],
    };

    private string? ServerText => (_answer as PlanAnswer.DirectoryFailed)?.Error.ServerText;

    public void Dispose()
    {
        _plans.Dispose();
        _effect?.Dispose();
    }

    protected override Task OnInitializedAsync()
    {
        if (State.Draft.Membership == Membership.Smart)
        {
            _source = RuleSource.Of(Previews, State.Store.Id, State.Person.Role);
            _view = EffectColumns.Default(State.Rule.Vocabulary);
            _effect = new RuleEffect((query, cancellation) => _source.Preview(query, cancellation), Clock, () => InvokeAsync(StateHasChanged));
        }

        return PlanAsync();
    }

    /// <summary>Plans anew; also when the plan shown has grown too old to be applied.</summary>
    public async Task PlanAsync()
    {
        var cancellation = _plans.Next();
        _answer = null;
        await OnPlanned.InvokeAsync(null);
        try
        {
            var answer = await AskAsync(cancellation);
            cancellation.ThrowIfCancellationRequested();
            Show(answer);
            await OnPlanned.InvokeAsync(Plan);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Somebody went on, or back.
        }
    }

    /// <summary>The plan, bound to the effect of the rule as it is shown beside it.</summary>
    private async Task<PlanAnswer> AskAsync(CancellationToken cancellation)
    {
        var requester = await Person.AsRequesterAsync();
        for (var look = 1; ; look++)
        {
            var request = State.Draft.ToRequest(State.Settings.Naming);
            if (_effect is not null && State.Rule.Rule is { } rule)
            {
                await _effect.ShowAsync(rule, _view, isTyping: false);
                cancellation.ThrowIfCancellationRequested();
                if (_effect.Error is { } error)
                {
                    return new PlanAnswer.DirectoryFailed(error);
                }

                // Entra ID's own text of the rule is another rule to the hash; and nobody can lose a membership of a group that is new.
                request = State.Draft.Membership == Membership.Dynamic ? request : request with { PreviewHash = _effect.Current?.Hash };
            }

            var answer = await Groups.PlanAsync(State.Store.Id, request, requester, cancellation);
            if (answer is not PlanAnswer.PreviewChanged || look == Looks)
            {
                return answer is PlanAnswer.PreviewChanged ? new PlanAnswer.DirectoryFailed(new DirectoryError.Unavailable()) : answer;
            }
        }
    }

    private Task LookAsync(EffectView view)
    {
        _view = view;
        return _effect!.ShowAsync(State.Rule.Rule, _view, isTyping: false);
    }

    /// <summary>What lint offers is another rule: it is planned anew.</summary>
    private Task MendAsync(Criterion mended)
    {
        State.Rule.Edit(mended);
        State.KeepRule();
        State.Refresh();
        return PlanAsync();
    }

    private void Show(PlanAnswer answer)
    {
        _answer = answer;
        _rows = Plan is { } plan ? [.. plan.Steps.Select(step => new PlanRow(step))] : [];
        _problems = Plan is null ? [] : [.. Plan.Problems.Concat(Plan.LineProblems).Take(Shown)];
    }
}
