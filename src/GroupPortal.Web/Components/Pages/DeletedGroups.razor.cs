using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Components.Tenants;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>The groups that a tenant still keeps after their deletion, and the way to have one back.</summary>
public sealed partial class DeletedGroups : IDisposable
{
    private const int PageSize = 50;

    private readonly CancellationSeries _loads = new();
    private DirectoryAnswer<Page<DeletedGroup>>? _page;
    private (int Store, string Text, int Page)? _shown;
    private IdentityStore? _store;
    private AccessDecision? _may;
    private DeletedGroup? _restored;
    private ElementReference _flow;
    private ElementReference _lead;
    private string _text = "";
    private int _number = 1;
    private bool _asked;
    private bool _movesOn;

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

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    public void Dispose()
    {
        Choice.Changed -= Follow;
        _loads.Dispose();
    }

    protected override void OnInitialized() => Choice.Changed += Follow;

    protected override async Task OnParametersSetAsync()
    {
        (_text, _number) = ((Text ?? "").Trim(), Math.Clamp(PageNumber ?? 1, 1, 1_000_000));
        _store = StoreId is { } id && Choice.Find(id) is { } asked ? asked : await Choice.GetAsync();
        _asked = true;
        if (_shown != (_store?.Id, _text, _number))
        {
            // Another list is looked at: what was to come back is another store's, or was left with Back.
            _restored = null;
        }

        if (_store is null)
        {
            return;
        }

        Choice.Show(_store);
        _may = Tenants.MayRestore(_store.Id, await Person.GetAsync());
        if (_may.Verdict == AccessVerdict.Allow && _shown != (_store.Id, _text, _number))
        {
            await LoadAsync();
        }
    }

    /// <summary>The button that was pressed is gone, or hidden.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_movesOn)
        {
            _movesOn = false;
            await (_restored is null ? _lead : _flow).FocusAsync();
        }
    }

    private async Task LoadAsync()
    {
        var turn = _loads.Next();
        // Another store's groups must not pass for this one's; those of another page or search stay until the new ones are here.
        _page = _shown?.Store == _store!.Id ? _page : null;
        _shown = (_store.Id, _text, _number);
        try
        {
            var page = await Tenants.DeletedAsync(_store.Id, _text, (_number - 1) * PageSize, PageSize, await Person.GetAsync(), turn);
            if (!turn.IsCancellationRequested)
            {
                _page = page;
            }
        }
        catch (OperationCanceledException)
        {
            // Something else was asked for, or the page has been left.
        }
    }

    private void Search(string text) => Navigation.NavigateTo(TenantPaths.Deleted(_store!.Id, text), replace: true);

    private void Choose(DeletedGroup group) => (_restored, _movesOn) = (group, true);

    private void Leave() => (_restored, _movesOn) = (null, true);

    private Task CloseAsync()
    {
        Leave();
        return LoadAsync();
    }

    // An address that names its store stays with it until somebody chooses another.
    private void Follow(object? sender, EventArgs arguments)
    {
        if (_asked && Choice.Current is { } store && store != _store)
        {
            _ = InvokeAsync(() => Navigation.NavigateTo(TenantPaths.Deleted(store.Id), replace: true));
        }
    }
}
