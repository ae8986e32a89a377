using GroupPortal.Core.Directories;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Shared;

/// <summary>
/// An answer of a directory on a page: bones while there is none, the error with a way to try again, and the data, with a
/// warning where some of it is missing. Whether the data is empty is for the content to say.
/// </summary>
public sealed partial class Loaded<TValue>
{
    [Parameter, EditorRequired]
    public DirectoryAnswer<TValue>? Answer { get; set; }

    [Parameter, EditorRequired]
    public required RenderFragment<TValue> ChildContent { get; set; }

    /// <summary>Holds the place instead of the usual bones.</summary>
    [Parameter]
    public RenderFragment? Loading { get; set; }

    [Parameter]
    public int Lines { get; set; } = 4;

    [Parameter]
    public EventCallback Retry { get; set; }

    private static string DetailsOf(DirectoryError error) =>
        string.Join('\n', new[] { error.Code, error.ServerText, error.RequestId }.Where(text => !string.IsNullOrEmpty(text)));
}
