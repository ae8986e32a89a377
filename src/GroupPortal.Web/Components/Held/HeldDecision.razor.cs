using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Held;

/// <summary>Approve or reject, with the reason that stays in the record; or why this person may not.</summary>
public sealed partial class HeldDecision
{
    private ElementReference _field;
    private string _reason = "";
    private string? _problem;

    [Parameter, EditorRequired]
    public required AccessDecision Decision { get; set; }

    /// <summary>Members who would come and go; the button repeats it.</summary>
    [Parameter, EditorRequired]
    public long Changes { get; set; }

    [Parameter]
    public bool Busy { get; set; }

    /// <summary>Why the last decision came to nothing.</summary>
    [Parameter]
    public string? Refusal { get; set; }

    /// <summary>Approved or rejected, and the reason.</summary>
    [Parameter]
    public EventCallback<(HeldState Decision, string Reason)> OnDecide { get; set; }

    private void Type(string? text) => (_reason, _problem) = (text ?? "", null);

    private async Task DecideAsync(HeldState decision)
    {
        var reason = _reason.Trim();
        _problem = reason.Length == 0 ? U["Decide_Reason_Missing"].Value
            : reason.Length > HeldPlans.MaximumReason ? U["Decide_Reason_Long", HeldPlans.MaximumReason, reason.Length].Value
            : null;
        if (_problem is not null)
        {
            await _field.FocusAsync();
            return;
        }

        await OnDecide.InvokeAsync((decision, reason));
    }
}
