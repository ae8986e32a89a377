using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Web.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Held;

/// <summary>Held updates, what each would do, and why it is held; on a phone each is a card.</summary>
public sealed partial class HeldTable
{
    [Inject]
    public required StoreChoice Choice { get; init; }

    [Parameter, EditorRequired]
    public IReadOnlyList<HeldPlan> Items { get; set; } = [];

    [Parameter, EditorRequired]
    public HeldState State { get; set; }

    [Parameter, EditorRequired]
    public required Person Person { get; set; }

    private bool IsMine(HeldPlan held) => new[] { held.Account, held.RuleBy }.Contains(Person.Account, StringComparer.OrdinalIgnoreCase);
}
