using System.Globalization;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Components.Tasks;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace GroupPortal.Web.Components.Pages;

/// <summary>Updates of smart groups of a store, the newest first. While some of them run the page looks again by itself.</summary>
public sealed partial class Tasks : IDisposable
{
    public const int PageSize = 25;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly CancellationSeries _loads = new();
    private (IdentityStore Store, bool Mine, int Number)? _shown;
    private IdentityStore? _store;
    private Page<TaskInfo>? _page;
    private int _number = 1;
    private bool _mine;
    private bool _asked;
    private bool _failed;

    [Inject]
    public required SmartUpdates Updates { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required TimeProvider Clock { get; init; }

    [Inject]
    public required ILogger<Tasks> Logger { get; init; }

    [SupplyParameterFromQuery(Name = "mine")]
    public bool? Mine { get; set; }

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
        (_mine, _number) = (Mine ?? false, Math.Clamp(PageNumber ?? 1, 1, 1_000_000));
        _store = await Choice.GetAsync();
        _asked = true;
        if (_store is not null && _shown != (_store, _mine, _number))
        {
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        var turn = _loads.Next();
        _page = _shown?.Store == _store ? _page : null;
        _shown = (_store!, _mine, _number);
        _failed = false;
        if (await ReadAsync(turn) && _page!.Items.Any(IsUnfinished))
        {
            _ = InvokeAsync(() => WatchAsync(turn));
        }
    }

    private async Task WatchAsync(CancellationToken turn)
    {
        while (_page!.Items.Any(IsUnfinished))
        {
            await Task.Delay(Interval, Clock, turn).ContinueWith(_ => { }, TaskScheduler.Default);
            if (turn.IsCancellationRequested || !await ReadAsync(turn))
            {
                return;
            }

            StateHasChanged();
        }
    }

    private async Task<bool> ReadAsync(CancellationToken turn)
    {
        try
        {
            var account = _mine ? (await Person.GetAsync()).Account : null;
            var page = await Updates.RecentAsync(_store!.Id, groupId: null, account, (_number - 1) * PageSize, PageSize, turn);
            if (turn.IsCancellationRequested)
            {
                return false;
            }

            _page = page;
            return true;
        }
        catch (OperationCanceledException)
        {
            // Another page was asked for, or this one has been left.
        }
        catch (System.Data.Common.DbException exception)
        {
            Logger.LogWarning(exception, "The update tasks could not be read.");
            _failed = true;
        }

        return false;
    }

    private static bool IsUnfinished(TaskInfo task) => task.State != TaskState.Finished;

    private void Show(bool mine) => Navigation.NavigateTo(LinkTo(mine, 1));

    private static string LinkTo(bool mine, int page)
    {
        var query = new Dictionary<string, string?>();
        if (mine)
        {
            query.Add("mine", "true");
        }

        if (page > 1)
        {
            query.Add("page", page.ToString(CultureInfo.InvariantCulture));
        }

        return QueryHelpers.AddQueryString(TaskPaths.List, query);
    }

    private void Follow(object? sender, EventArgs arguments) => _ = InvokeAsync(async () =>
    {
        (_store, _number) = (Choice.Current, 1);
        if (_store is not null)
        {
            await LoadAsync();
        }

        StateHasChanged();
    });
}
