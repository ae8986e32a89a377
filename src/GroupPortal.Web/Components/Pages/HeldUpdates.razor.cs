using System.Globalization;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Held;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;

namespace GroupPortal.Web.Components.Pages;

/// <summary>Updates that the guard holds, in all stores: for those who decide all of them, for anybody else what they caused.</summary>
public sealed partial class HeldUpdates : IDisposable
{
    public const int PageSize = 25;

    private readonly CancellationSeries _loads = new();
    private (HeldState State, int Number)? _shown;
    private Page<HeldPlan>? _page;
    private Person? _person;
    private HeldState _state;
    private int _number = 1;
    private bool _failed;

    [Inject]
    public required HeldPlans Held { get; init; }

    [Inject]
    public required CurrentPerson Current { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required ILogger<HeldUpdates> Logger { get; init; }

    [SupplyParameterFromQuery(Name = "state")]
    public string? State { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    public int? PageNumber { get; set; }

    public void Dispose() => _loads.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        _state = Enum.TryParse<HeldState>(State, ignoreCase: true, out var state) && Enum.IsDefined(state) ? state : HeldState.Open;
        _number = Math.Clamp(PageNumber ?? 1, 1, 1_000_000);
        if (_shown != (_state, _number))
        {
            _shown = (_state, _number);
            _page = null;
            await LoadAsync();
        }
    }

    private async Task LoadAsync()
    {
        _failed = false;
        var turn = _loads.Next();
        try
        {
            _person = await Current.GetAsync();
            var page = await Held.ListAsync(HeldFilter.For(_person, _state), (_number - 1) * PageSize, PageSize, turn);
            if (!turn.IsCancellationRequested)
            {
                _page = page;
            }
        }
        catch (OperationCanceledException)
        {
            // Another page was asked for, or this one has been left.
        }
        catch (System.Data.Common.DbException exception)
        {
            Logger.LogWarning(exception, "The held updates could not be read.");
            _failed = true;
        }
    }

    private static string LinkTo(HeldState state, int page)
    {
        var query = new Dictionary<string, string?>();
        if (state != HeldState.Open)
        {
            query.Add("state", state.ToString().ToLowerInvariant());
        }

        if (page > 1)
        {
            query.Add("page", page.ToString(CultureInfo.InvariantCulture));
        }

        return QueryHelpers.AddQueryString(HeldPaths.List, query);
    }
}
