using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Components.Shared;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Tenants;

/// <summary>Of a group that is gone: until when it can be had back, for those who may do so. Nothing where Entra ID does not keep it.</summary>
public sealed partial class RestoreOffer : IDisposable
{
    private readonly CancellationSeries _loads = new();
    private DeletedGroup? _group;
    private bool _isUnlisted;

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Inject]
    public required CurrentPerson Person { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public Guid GroupId { get; set; }

    public void Dispose() => _loads.Dispose();

    protected override async Task OnInitializedAsync()
    {
        var person = await Person.GetAsync();
        if (Tenants.MayRestore(StoreId, person).Verdict != AccessVerdict.Allow)
        {
            return;
        }

        var turn = _loads.Next();
        try
        {
            // An offer only: where it cannot be asked, the list of deleted groups says why.
            _group = await Tenants.DeletedAsync(StoreId, GroupId.ToString("D"), 0, 1, person, turn) is DirectoryAnswer<Page<DeletedGroup>>.Ok({ Items: [var found, ..] })
                ? found
                : null;
            // Graph lists a group some moments after its deletion only.
            _isUnlisted = _group is null && !turn.IsCancellationRequested;
        }
        catch (OperationCanceledException) when (turn.IsCancellationRequested)
        {
            // The page has been left.
        }
    }
}
