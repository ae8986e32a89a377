using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>The mark of a kind of group, and on it who decides the members. For the eye only; the kind's name stands beside it.</summary>
public sealed partial class GroupIcon
{
    private string _name = "";
    private string? _mark;

    [Parameter, EditorRequired]
    public GroupKind Kind { get; set; }

    [Parameter]
    public Membership Membership { get; set; } = Membership.Static;

    [Parameter]
    public bool Large { get; set; }

    protected override void OnParametersSet()
    {
        _name = Kind.ToString().ToLowerInvariant();
        _mark = Membership switch { Membership.Smart => "smart", Membership.Dynamic => "dynamic", _ => null };
    }
}
