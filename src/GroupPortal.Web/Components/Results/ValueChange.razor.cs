using GroupPortal.Core.Directories;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Results;

/// <summary>What stood and what will stand, in words: "—" is nothing.</summary>
public sealed partial class ValueChange
{
    /// <summary>More values than these are shown when somebody asks for them.</summary>
    private const int Most = 20;

    private bool _all;

    /// <summary>The directory in which ids have names; where it is not known they stay ids.</summary>
    [CascadingParameter(Name = PlanTree.StoreName)]
    public int? StoreId { get; set; }

    /// <summary>The attribute whose values they are.</summary>
    [Parameter, EditorRequired]
    public string Path { get; set; } = "";

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Before { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<string> After { get; set; } = [];

    [Parameter]
    public StoreKind? StoreKind { get; set; }

    /// <summary>For values that stand by themselves, without something they replace.</summary>
    [Parameter]
    public bool HidesEmptyBefore { get; set; }
}
