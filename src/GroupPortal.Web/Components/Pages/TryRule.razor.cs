using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Criteria;
using GroupPortal.Web.Components.Layout;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Pages;

/// <summary>A rule without a group: whom would it select? Nothing is saved, and nothing changes.</summary>
public sealed partial class TryRule : IDisposable
{
    private IdentityStore? _store;
    private RuleDraft? _draft;
    private RuleSource? _source;
    private PortalRole _role;
    private bool _asked;

    [Inject]
    public required StoreChoice Choice { get; init; }

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Inject]
    public required PreviewService Previews { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [SupplyParameterFromQuery(Name = "store")]
    public int? StoreId { get; set; }

    public void Dispose() => Choice.Changed -= Follow;

    protected override void OnInitialized() => Choice.Changed += Follow;

    protected override async Task OnParametersSetAsync()
    {
        var store = StoreId is { } id && Choice.Find(id) is { } asked ? asked : await Choice.GetAsync();
        _role = (await Person.GetAsync()).Role;
        _asked = true;
        if (store is not null)
        {
            Choice.Show(store);
        }

        Work(store);
    }

    private void Work(IdentityStore? store)
    {
        if (store != _store && store is not null && Stores.TryGet(store.Id, out var directory))
        {
            (_store, _draft, _source) = (store, new RuleDraft(directory.Vocabulary), RuleSource.Of(Previews, store.Id, _role));
        }
    }

    // An address that names its store stays with it.
    private void Follow(object? sender, EventArgs arguments)
    {
        if (_asked && StoreId is null && Choice.Current is { } store)
        {
            _ = InvokeAsync(() =>
            {
                Work(store);
                StateHasChanged();
            });
        }
    }
}
