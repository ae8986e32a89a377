using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Groups;
using GroupPortal.Web.Components.Shared;
using GroupPortal.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace GroupPortal.Web.Components.Tenants;

/// <summary>
/// What Entra ID and Microsoft 365 have of a group beside its attributes. Asked for when somebody looks at it: the rest of the
/// page does not wait.
/// </summary>
public sealed partial class GroupInTenant : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private DirectoryAnswer<TenantGroup?>? _answer;
    private bool _isBusy;

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Inject]
    public required IStringLocalizer<PagesText> P { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    /// <summary>What somebody wants; planned before anything is written.</summary>
    [Parameter]
    public EventCallback<GroupRequest> OnWish { get; set; }

    private bool IsUnified => ((EntraGroupType)View.Group.GroupType).IsUnified();

    public void Dispose() => _loads.Dispose();

    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var turn = _loads.Next();
        _isBusy = true;
        try
        {
            var answer = await Tenants.GetAsync(View.Store.Id, View.Group.Id, turn);
            if (!turn.IsCancellationRequested)
            {
                _answer = answer;
            }
        }
        catch (OperationCanceledException)
        {
            // The tab has been left.
        }
        finally
        {
            _isBusy = false;
        }
    }

    /// <summary>Settings are the tenant's to invent: one that is not known here has its own name.</summary>
    private string NameOf(string setting) => E[$"Setting_{setting}"] is { ResourceNotFound: false } name ? name.Value : setting;

    private string ValueOf(string value) => bool.TryParse(value, out var isOn) ? P[isOn ? "Yes" : "No"] : value.Length == 0 ? "—" : value;
}
