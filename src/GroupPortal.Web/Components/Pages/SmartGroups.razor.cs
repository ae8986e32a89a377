using GroupPortal.Application.Schedules;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Held;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Components.SmartGroups;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>The smart groups of a store: when each is updated, what came of it, and "update now" for many at once.</summary>
public sealed partial class SmartGroups : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private readonly Dictionary<Guid, string> _selected = [];
    private DirectoryAnswer<Page<SmartGroupItem>>? _page;
    private SmartListState _list = new();
    private (SmartListState State, IdentityStore Store)? _shown;
    private IReadOnlyList<RunItem>? _run;
    private IdentityStore? _store;
    private bool _asked;
    private bool _stale;
    private bool _busy;

    [Inject]
    public required SmartSchedules Schedules { get; init; }

    [Inject]
    public required SmartUpdates Updates { get; init; }

    [Inject]
    public required HeldNews News { get; init; }

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

    [SupplyParameterFromQuery(Name = "filter")]
    public string? Filter { get; set; }

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
        _list = SmartListState.From(StoreId, Text, Filter, PageNumber);
        var store = _list.Store is { } id && Choice.Find(id) is { } asked ? asked : await Choice.GetAsync();
        if (store != _store)
        {
            // What was chosen in one directory means nothing in another.
            _selected.Clear();
            (_store, _run) = (store, null);
        }

        _list = _list with { Store = _store?.Id };
        _asked = true;
        if (_store is not null)
        {
            Choice.Show(_store);
            if (_shown != (_list, _store))
            {
                await LoadAsync();
            }
        }
    }

    private async Task LoadAsync()
    {
        var (list, store, turn) = (_list, _store!, _loads.Next());
        var keeps = _page is DirectoryAnswer<Page<SmartGroupItem>>.Ok && _shown?.Store == store;
        (_stale, _page) = (keeps, keeps ? _page : null);
        _shown = (list, store);
        try
        {
            var page = await Schedules.ListAsync(store.Id, list.Filter, list.Text, (list.Page - 1) * SmartListState.PageSize, SmartListState.PageSize, turn);
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

    private void Select((IReadOnlyList<SmartGroupItem> Items, bool IsSelected) wish)
    {
        foreach (var item in wish.Items)
        {
            if (wish.IsSelected)
            {
                _selected[item.GroupId] = item.Name;
            }
            else
            {
                _selected.Remove(item.GroupId);
            }
        }
    }

    private async Task UpdateAsync()
    {
        if (_busy || _store is not { } store)
        {
            return;
        }

        _busy = true;
        try
        {
            var groups = _selected.OrderBy(group => group.Value, StringComparer.CurrentCultureIgnoreCase).ToList();
            // Not the circuit's token: tasks that nobody is told of must not be left behind.
            var answers = await Updates.StartAsync(store.Id, [.. groups.Select(group => group.Key)], await Person.AsRequesterAsync(), CancellationToken.None);
            _run = [.. groups.Zip(answers, (group, answer) => new RunItem(group.Key, group.Value, answer))];
            _selected.Clear();
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task FinishAsync()
    {
        await LoadAsync();
        News.Tell();
    }

    private void Go(SmartListState state, bool replace = false)
    {
        // A search that was typed just before a link was followed comes too late.
        if (new Uri(Navigation.Uri).AbsolutePath == SmartListState.Path)
        {
            Navigation.NavigateTo(state.ToUrl(), replace: replace);
        }
    }

    // An address that names its store stays with it, until another one is chosen by hand.
    private void Follow(object? sender, EventArgs arguments)
    {
        if (_asked && Choice.Current is { } store && store != _store)
        {
            _ = InvokeAsync(() => Navigation.NavigateTo((_list with { Store = store.Id, Page = 1 }).ToUrl(), replace: true));
        }
    }
}
