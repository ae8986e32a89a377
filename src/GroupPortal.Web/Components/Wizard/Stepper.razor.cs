using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>Where one is, what is done, and the way back to it.</summary>
public sealed partial class Stepper
{
    /// <summary>All of them, in order; the last is the result.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<WizardStep> Steps { get; set; } = [];

    [Parameter, EditorRequired]
    public WizardStep Current { get; set; }

    /// <summary>Up to here one may go by a click; further on by the primary button.</summary>
    [Parameter]
    public WizardStep Reached { get; set; }

    /// <summary>Steps on which something is to be put right.</summary>
    [Parameter]
    public IReadOnlySet<WizardStep> Open { get; set; } = new HashSet<WizardStep>();

    [Parameter]
    public EventCallback<WizardStep> OnGo { get; set; }

    private bool CanGoTo(WizardStep step) => Current != WizardStep.Result && step != Current && step <= Reached && step != WizardStep.Result;

    private int Place(WizardStep step) => Steps.TakeWhile(one => one != step).Count() + 1;

    private bool HasProblem(WizardStep step) => Open.Contains(step);
}
