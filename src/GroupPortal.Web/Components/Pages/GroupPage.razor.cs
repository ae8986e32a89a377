using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Components.Rule;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Components.Tenants;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>One group: what it is, who is in it, what it is in, what was done to it, and the ways to change it.</summary>
public sealed partial class GroupPage : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private DirectoryAnswer<GroupState?>? _answer;
    private (int Store, Guid Id) _shown;
    private IdentityStore? _store;
    private GroupView? _view;
    private GroupRequest? _wish;
    private GroupState? _planned;
    private PreviewCounts? _effect;
    private TaskInfo? _team;
    private GroupTab _tab = GroupTabs.All[0];
    private string _name = "";
    private bool _isEditing;
    private bool _isWriting;
    private int _written;

    [Inject]
    public required GroupReader Groups { get; init; }

    [Inject]
    public required GroupAccess Access { get; init; }

    [Inject]
    public required PendingTeams Teams { get; init; }

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required NavigationManager Navigation { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Parameter]
    public int StoreId { get; set; }

    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromQuery(Name = "tab")]
    public string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "edit")]
    public bool? Edit { get; set; }

    /// <summary>Who is to apply the rule that is written, where it is somebody else than now.</summary>
    [SupplyParameterFromQuery(Name = "by")]
    public string? By { get; set; }

    private bool IsTenant => Tenants.IsTenant(StoreId);

    private bool MayRestore => _view is { } view && Tenants.MayRestore(StoreId, view.Person).Verdict == AccessVerdict.Allow;

    private IReadOnlyList<Crumb> Crumbs => [new(T["Nav_Groups"], new GroupListState(_store?.Id).ToUrl())];

    public void Dispose() => _loads.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        _tab = GroupTabs.Of(Tab, IsTenant);
        _isEditing = Edit == true && _tab.Path is null;
        _isWriting = Edit == true && _tab.Path == RulePaths.Tab;
        if (_shown != (StoreId, Id))
        {
            _shown = (StoreId, Id);
            (_answer, _view, _wish, _team, _name) = (null, null, null, null, "");
            _store = Choice.Find(StoreId);
            if (_store is not null)
            {
                Choice.Show(_store);
                await LoadAsync();
            }
        }
    }

    private async Task LoadAsync()
    {
        var turn = _loads.Next();
        try
        {
            var person = await Person.GetAsync();
            var answer = await Groups.GetAsync(StoreId, Id, turn);
            var relation = answer is DirectoryAnswer<GroupState?>.Ok(GroupState asked)
                ? await Access.RelationAsync(StoreId, asked, person, turn)
                : null;
            // Only such a group can still become a team.
            var team = answer is DirectoryAnswer<GroupState?>.Ok({ GroupType: (int)EntraGroupType.Microsoft365 }) && _store!.Kind == StoreKind.EntraId
                ? await Teams.FindAsync(StoreId, Id, turn)
                : null;
            if (turn.IsCancellationRequested)
            {
                return;
            }

            _team = team;

            // What may be done is not known without the relation: the page does not guess.
            _answer = relation is DirectoryAnswer<GroupRelation>.Failed failed ? failed.Error : answer;
            _view = answer is DirectoryAnswer<GroupState?>.Ok(GroupState group) && relation is DirectoryAnswer<GroupRelation>.Ok(var known)
                ? ViewOf(group, person, known)
                : null;
            _name = _view?.Group.Label ?? _name;
        }
        catch (OperationCanceledException)
        {
            // Another group was asked for, or the page has been left.
        }
    }

    /// <summary>Whoever is at work here keeps what was typed: then only the notice follows.</summary>
    private async Task LookAtTeamAsync()
    {
        var asked = _shown;
        var team = await Teams.FindAsync(StoreId, Id, CancellationToken.None);
        if (_shown != asked)
        {
            return;
        }

        _team = team;
        if (team is null && _wish is null && !_isEditing && !_isWriting)
        {
            await LoadAsync();
        }
    }

    private GroupView ViewOf(GroupState group, Person person, GroupRelation relation) => new(
        _store!,
        Stores.TryGet(StoreId, out var directory) ? directory.Capabilities : throw new InvalidOperationException("A store that answered is configured."),
        group,
        person,
        GroupView.Actions.ToDictionary(action => action, action => Access.Decide(StoreId, group, person, relation, action)));

    private void Wish(GroupRequest request) => (_wish, _planned, _effect) = (request, _view?.Group, null);

    private void WishRule(RuleWish wish)
    {
        Wish(wish.Request);
        _effect = wish.Effect;
    }

    private void Leave() => _wish = null;

    private Task FinishedAsync()
    {
        _written++;
        return LoadAsync();
    }

    private Task ReloadAsync()
    {
        _wish = null;
        return LoadAsync();
    }

    private void Close()
    {
        _wish = null;
        StopEditing();
    }

    private void StopEditing()
    {
        if (_isEditing || _isWriting)
        {
            Navigation.NavigateTo(GroupPaths.Of(StoreId, Id, _tab.Path), replace: true);
        }
    }

    /// <summary>What a tab begins anew for. The rule's own has seen its members come and go, and goes on showing how.</summary>
    private string VersionOf(GroupView view) => _tab.Path == RulePaths.Tab && !_isWriting
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{view.Group.Version.Portal} {view.Group.Membership} {view.Group.Attributes.First(AttributeNames.MembershipRule)?.TrimEnd(' ')}")
        // Licences and renewals leave the group's own version as it is.
        : _tab.IsTenants ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{view.Group.Version.ETag} {_written}")
        : view.Group.Version.ETag;

    private static string TextOf(GroupTab tab, GroupState group) => tab.IsTenants && ((EntraGroupType)group.GroupType).IsUnified() ? "Tab_Microsoft365" : tab.TextKey;

    private static long? CountOf(GroupState group, GroupTab tab) => tab.Path switch
    {
        "members" => group.MemberCount,
        "owners" => group.Owners.Count,
        _ => null,
    };
}
