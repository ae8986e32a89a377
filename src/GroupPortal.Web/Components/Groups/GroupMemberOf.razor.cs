using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>The groups that contain this one directly.</summary>
public sealed partial class GroupMemberOf : IDisposable
{
    private const int PageSize = 50;

    private readonly CancellationSeries _loads = new();
    private DirectoryAnswer<Page<DirectoryObject>>? _page;
    private int _number = 1;

    [Inject]
    public required GroupReader Groups { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    public void Dispose() => _loads.Dispose();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        try
        {
            _page = await Groups.MemberOfAsync(View.Store.Id, View.Group.Id, (_number - 1) * PageSize, PageSize, _loads.Next());
        }
        catch (OperationCanceledException)
        {
            // The tab has been left.
        }
    }

    private Task GoAsync(int page)
    {
        _number = page;
        return LoadAsync();
    }
}
