using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>The groups of a store, page by page from the directory; all that is chosen stands in the address.</summary>
public sealed partial class Groups : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private DirectoryAnswer<Page<GroupListItem>>? _page;
    private GroupListState _state = new();
    private (GroupListState State, IdentityStore Store)? _shown;
    private IdentityStore? _store;
    private bool _asked;
    private bool _stale;
    private bool _mayRestore;

    [Inject]
    public required GroupReader Reader { get; init; }

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [SupplyParameterFromQuery(Name = "store")]
    public int? StoreId { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    public string? Text { get; set; }

    [SupplyParameterFromQuery(Name = "kind")]
    public string? Kind { get; set; }

    [SupplyParameterFromQuery(Name = "mine")]
    public bool? Mine { get; set; }

    [SupplyParameterFromQuery(Name = "sort")]
    public string? Sort { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    private string WhyEmpty => _state switch
    {
        { Page: > 1 } => P["List_PastEnd"],
        { Mine: true, Text: "", Kind: null } => P["List_NoneOwned_Text", _store!.Name],
        { Text.Length: > 0 } => P["List_NoneFound_Text", _state.Text, _store!.Name],
        _ => P["List_NoneOfKind_Text", _store!.Name],
    };

    public void Dispose()
    {
        Choice.Changed -= Follow;
        _loads.Dispose();
    }

    protected override void OnInitialized() => Choice.Changed += Follow;

    protected override async Task OnParametersSetAsync()
    {
        _state = GroupListState.From(StoreId, Text, Kind, Mine, Sort, PageNumber);
        _store = _state.Store is { } id && Choice.Find(id) is { } asked ? asked : await Choice.GetAsync();
        // Whoever copies an address of this page means this store, whatever another browser chose last.
        _state = _state with { Store = _store?.Id };
        _asked = true;
        if (_store is not null)
        {
            Choice.Show(_store);
            _mayRestore = Tenants.MayRestore(_store.Id, await Person.GetAsync()).Verdict == AccessVerdict.Allow;
            if (_shown != (_state, _store))
            {
                await LoadAsync();
            }
        }
    }

    private async Task LoadAsync()
    {
        var (state, store, turn) = (_state, _store!, _loads.Next());
        // Another page of the same list replaces the old one when it comes; another store's groups must not pass for this one's.
        var keeps = _page is DirectoryAnswer<Page<GroupListItem>>.Ok && _shown?.Store == store;
        (_stale, _page) = (keeps, keeps ? _page : null);
        _shown = (state, store);
        try
        {
            var query = state.ToQuery(store.Kind);
            var page = state.Mine
                ? await Reader.OwnedAsync(store.Id, await Person.GetAsync(), query, turn)
                : await Reader.ListAsync(store.Id, query, turn);
            if (!turn.IsCancellationRequested)
            {
                (_page, _stale) = (page, false);
            }
        }
        catch (OperationCanceledException)
        {
            // Another page was asked for, or this one has been left.
        }
    }

    private void Go((GroupListState State, bool Replace) wish)
    {
        // A search that was typed just before a link was followed comes too late.
        if (new Uri(Navigation.Uri).AbsolutePath == GroupListState.Path)
        {
            Navigation.NavigateTo(wish.State.ToUrl(), replace: wish.Replace);
        }
    }

    // An address that names its store stays with it.
    private void Follow(object? sender, EventArgs arguments)
    {
        if (_asked && StoreId is null && Choice.Current is { } store && store != _store)
        {
            _ = InvokeAsync(() => Navigation.NavigateTo((_state with { Store = store.Id, Page = 1 }).ToUrl(), replace: true));
        }
    }
}
