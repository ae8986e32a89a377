using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>The direct members, page by page; who is to join and leave is gathered, then planned as one.</summary>
public sealed partial class GroupMembers : IDisposable
{
    private const int PageSize = 50;

    /// <summary>So many are found at a glance, without a search.</summary>
    private const int FewMembers = 10;

    private readonly CancellationSeries _loads = new();
    private readonly MemberChanges _changes = new();
    private DirectoryAnswer<Page<DirectoryObject>>? _page;
    private string _text = "";
    private int _number = 1;

    [Inject]
    public required GroupReader Groups { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    [Parameter]
    public EventCallback<GroupRequest> OnWish { get; set; }

    public void Dispose() => _loads.Dispose();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var turn = _loads.Next();
        try
        {
            var query = new MemberQuery(View.Group.Id, _text, (_number - 1) * PageSize, PageSize);
            var page = await Groups.MembersAsync(View.Store.Id, query, turn);
            if (!turn.IsCancellationRequested)
            {
                _page = page;
            }
        }
        catch (OperationCanceledException)
        {
            // A newer search has taken over, or the tab has been left.
        }
    }

    private Task SearchAsync(string text)
    {
        (_text, _number) = (text, 1);
        return LoadAsync();
    }

    private Task GoAsync(int page)
    {
        _number = page;
        return LoadAsync();
    }

    private string? WhyNot(DirectoryObject candidate) =>
        candidate.Id == View.Group.Id ? "MemberIsSelf" : MembershipRules.WhyNotMember(View.Store.Kind, View.Group.GroupType, candidate);

    private void Join(IReadOnlyList<PickedObject> picked)
    {
        foreach (var one in picked)
        {
            _changes.Join(one);
        }
    }

    // Members do not conflict with what others change of the group: only the references count, not the version.
    private Task ReviewAsync() => OnWish.InvokeAsync(View.Change() with { Members = _changes.ToReferences(), ExpectedETag = null });
}
