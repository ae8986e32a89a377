using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Tenants;

/// <summary>The licences that a group gives its members, and the choice of others; the plan says what that does to them.</summary>
public sealed partial class GroupLicences : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly HashSet<Guid> _chosen = [];
    private DirectoryAnswer<IReadOnlyList<Licence>>? _bought;
    private ElementReference _title;
    private bool _isChoosing;
    private bool _movesOn;

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Inject]
    public required IStringLocalizer<PagesText> P { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    [Parameter, EditorRequired]
    public required TenantGroup Known { get; set; }

    [Parameter]
    public EventCallback<GroupRequest> OnWish { get; set; }

    private bool IsSecurityEnabled => (EntraGroupType)View.Group.GroupType == EntraGroupType.Security
        || (((EntraGroupType)View.Group.GroupType).IsUnified() && bool.TryParse(View.Group.Attributes.First("securityEnabled"), out var enabled) && enabled);

    private bool HasChanged => !_chosen.SetEquals(Known.Licences.Select(licence => licence.Sku));

    private GroupRequest Wish => TenantGroups.Licences(View.Group.Id, _chosen) with { ExpectedETag = View.Group.Version.ETag };

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    /// <summary>The button that was pressed is gone.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_movesOn)
        {
            _movesOn = false;
            await _title.FocusAsync();
        }
    }

    private void Leave() => (_isChoosing, _movesOn) = (false, true);

    private Task ChooseAsync()
    {
        (_isChoosing, _movesOn) = (true, true);
        _chosen.Clear();
        _chosen.UnionWith(Known.Licences.Select(licence => licence.Sku));
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        _bought = null;
        try
        {
            _bought = await Tenants.LicencesAsync(View.Store.Id, _left.Token);
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The tab has been left.
        }
    }

    /// <summary>Those that the tenant has, and those that the group gives although the tenant has them no more.</summary>
    private IEnumerable<Licence> All(IReadOnlyList<Licence> bought) => bought.Concat(Known.Licences.ExceptBy(bought.Select(licence => licence.Sku), licence => licence.Sku));

    private void Tick(Guid sku, bool isGiven) => _ = isGiven ? _chosen.Add(sku) : _chosen.Remove(sku);
}
