using GroupPortal.Application.Drafts;
using GroupPortal.Application.Groups;
using GroupPortal.Application.History;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Results;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>Where one left off: the groups one owns, the draft, what one did lately, and the ways into each store.</summary>
public sealed partial class Home : IDisposable
{
    private const int Few = 5;

    private readonly CancellationSeries _loads = new();
    private readonly Dictionary<int, DirectoryAnswer<Page<GroupListItem>>> _counts = [];
    private DirectoryAnswer<Page<GroupListItem>>? _owned;
    private Page<HistoryEntry>? _recent;
    private GroupDraft? _draft;
    private long _held;
    private IdentityStore? _store;
    private Person? _person;

    [Inject]
    public required GroupReader Groups { get; init; }

    [Inject]
    public required HistoryReader History { get; init; }

    [Inject]
    public required DraftStore Drafts { get; init; }

    [Inject]
    public required HeldPlans Held { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required CurrentPerson Current { get; init; }

    public void Dispose()
    {
        Choice.Changed -= Follow;
        _loads.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Choice.Changed += Follow;
        _person = await Current.GetAsync();
        _store = await Choice.GetAsync();
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        if (_store is not { } store || _person is not { } person)
        {
            return;
        }

        var turn = _loads.Next();
        try
        {
            _draft = await Drafts.LatestAsync(person, turn);
            _held = await Held.CountAsync(HeldFilter.For(person), turn);
            _recent = await History.RecentAsync(person.Account, 0, Few, turn);
            StateHasChanged();
            var owned = await Groups.OwnedAsync(store.Id, person, new GroupQuery(Sort: GroupSort.Changed, Descending: true, Take: Few), turn);
            if (turn.IsCancellationRequested)
            {
                return;
            }

            _owned = owned;
            StateHasChanged();
            foreach (var one in Choice.All)
            {
                _counts[one.Id] = await Groups.ListAsync(one.Id, new GroupQuery(Take: 1), turn);
            }
        }
        catch (OperationCanceledException)
        {
            // Another store was chosen, or the page has been left.
        }
    }

    // Who may not decide is told of what he has caused himself.
    private string HeldKey(Person person) => $"Home_Held_{(AccessPolicy.AsksRelation(person.Role) ? "Mine" : "Decide")}{(_held == 1 ? "_One" : "")}";

    private static long? Total(DirectoryAnswer<Page<GroupListItem>>? answer) => (answer as DirectoryAnswer<Page<GroupListItem>>.Ok)?.Value.Total;

    private string? TotalText(DirectoryAnswer<Page<GroupListItem>>? answer) => answer switch
    {
        DirectoryAnswer<Page<GroupListItem>>.Ok(var page) => page.TotalIsExact ? RowStandings.Count(page.Total) : P["Home_More", RowStandings.Count(page.Total)],
        null => null,
        _ => "—",
    };

    private void Follow(object? sender, EventArgs arguments) => _ = InvokeAsync(async () =>
    {
        (_store, _owned) = (Choice.Current, null);
        StateHasChanged();
        await LoadAsync();
        StateHasChanged();
    });
}
