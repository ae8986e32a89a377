using System.Globalization;
using GroupPortal.Application.History;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>What was done lately: one's own, and for helpdesk and administrators everybody's.</summary>
public sealed partial class History
{
    private Person? _person;
    private bool _seesAll;
    private bool _mine;
    private int _page = 1;

    [Inject]
    public required HistoryReader Reader { get; init; }

    [Inject]
    public required CurrentPerson Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [SupplyParameterFromQuery(Name = "mine")]
    public bool? Mine { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    protected override async Task OnParametersSetAsync()
    {
        _person = await Current.GetAsync();
        _seesAll = _person.Role is PortalRole.Helpdesk or PortalRole.Administrator;
        _mine = Mine ?? false;
        _page = Math.Clamp(PageNumber ?? 1, 1, 1_000_000);
    }

    private Task<Page<HistoryEntry>> ReadAsync(int skip, int take, CancellationToken cancellation) =>
        Reader.RecentAsync(_seesAll && !_mine ? null : _person!.Account, skip, take, cancellation);

    private void Show(bool mine) => Navigation.NavigateTo(LinkTo(mine, 1));

    private static string LinkTo(bool mine, int page) => (mine, page) switch
    {
        (false, 1) => "/history",
        (true, 1) => "/history?mine=true",
        (false, _) => string.Create(CultureInfo.InvariantCulture, $"/history?page={page}"),
        (true, _) => string.Create(CultureInfo.InvariantCulture, $"/history?mine=true&page={page}"),
    };
}
