using GroupPortal.Core.Groups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>The details of a group to be changed. It writes nothing: what differs becomes a wish, and that a plan.</summary>
public sealed partial class GroupDetailsForm
{
    private bool _nothing;

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    [Parameter, EditorRequired]
    public required GroupEdit Edit { get; set; }

    [Parameter]
    public EventCallback<GroupRequest> OnWish { get; set; }

    [Parameter]
    public EventCallback OnCancel { get; set; }

    private async Task ReviewAsync()
    {
        var wish = Edit.ToRequest();
        _nothing = wish is null;
        if (wish is not null)
        {
            await OnWish.InvokeAsync(wish);
        }
    }
}
