using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>Somebody changed the group while somebody else thought about it: what was seen, what stands now, what is wanted.</summary>
public sealed partial class PlanMismatch
{
    private List<(PlanStep Step, IReadOnlyList<string> Opened)> _sides = [];

    /// <summary>The same wish planned on what stands now.</summary>
    [Parameter, EditorRequired]
    public required GroupPlan Plan { get; set; }

    [Parameter]
    public GroupState? Loaded { get; set; }

    [Parameter]
    public StoreKind StoreKind { get; set; }

    [Parameter]
    public EventCallback OnPlanAgain { get; set; }

    [Parameter]
    public EventCallback OnReload { get; set; }

    // Only what differs from what the person saw; the rest of the wish is untouched by the other's change.
    protected override void OnParametersSet() => _sides =
    [
        .. from step in Plan.Steps
           where step.Path.Length > 0 && step.Target is null && step.Previous is null
           let opened = OpenedWith(step)
           where opened is not null && !opened.SequenceEqual(step.Before, StringComparer.Ordinal)
           select (step, opened),
    ];

    private IReadOnlyList<string>? OpenedWith(PlanStep step) => Loaded is null ? null : step.Path switch
    {
        AttributeNames.Container => DistinguishedName.Parse(Loaded.Dn).Parent is { } parent ? [parent.ToString()] : [],
        AttributeNames.Name => [Loaded.Name],
        _ => Loaded.Attributes[step.Path],
    };
}
