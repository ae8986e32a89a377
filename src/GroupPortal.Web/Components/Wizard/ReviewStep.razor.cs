using GroupPortal.Application.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>What creating the group will do, line by line, before anything is done.</summary>
public sealed partial class ReviewStep : IDisposable
{
    /// <summary>So many problems by name; a list of 5,000 members that do not fit is told by the first of them.</summary>
    private const int Shown = 20;

    private readonly CancellationSeries _plans = new();
    private IReadOnlyList<PlanRow> _rows = [];
    private IReadOnlyList<Problem> _problems = [];
    private PlanAnswer? _answer;

    [Inject]
    public required GroupService Groups { get; init; }

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

    private GroupPlan? Plan => (_answer as PlanAnswer.Planned)?.Plan;

    private string Failure => _answer switch
    {
        PlanAnswer.StoreUnknown => W["Review_StoreUnknown"],
        PlanAnswer.DirectoryFailed(var error) => W["Review_DirectoryFailed", State.Store.Name, error.Message],
        _ => W["Review_Failed"],
    };

    private string? ServerText => (_answer as PlanAnswer.DirectoryFailed)?.Error.ServerText;

    public void Dispose() => _plans.Dispose();

    protected override Task OnInitializedAsync() => PlanAsync();

    /// <summary>Plans anew; also when the plan shown has grown too old to be applied.</summary>
    public async Task PlanAsync()
    {
        var cancellation = _plans.Next();
        _answer = null;
        await OnPlanned.InvokeAsync(null);
        try
        {
            var answer = await Groups.PlanAsync(State.Store.Id, State.Draft.ToRequest(State.Settings.Naming), await Person.AsRequesterAsync(), cancellation);
            cancellation.ThrowIfCancellationRequested();
            Show(answer);
            await OnPlanned.InvokeAsync(Plan);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // Somebody went on, or back.
        }
    }

    private void Show(PlanAnswer answer)
    {
        _answer = answer;
        _rows = Plan is { } plan ? [.. plan.Steps.Select(step => new PlanRow(step))] : [];
        _problems = Plan is null ? [] : [.. Plan.Problems.Concat(Plan.LineProblems).Take(Shown)];
    }
}
