using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Tenants;

/// <summary>
/// What Entra ID itself says of somebody and a group's own rule, beside what the portal found. Only the verdict: its reasons
/// hold values that not everybody may see. Nothing where the portal may not ask.
/// </summary>
public sealed partial class EntraOpinion : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private bool? _isIn;

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public Guid GroupId { get; set; }

    /// <summary>Fixed for the life of the component.</summary>
    [Parameter, EditorRequired]
    public Guid Who { get; set; }

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            // A second opinion only: without one, the first stands.
            _isIn = await Tenants.OpinionAsync(StoreId, Who, GroupId, _left.Token) is DirectoryAnswer<RuleOpinion>.Ok(var opinion) ? opinion.IsMember : null;
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The panel has been closed.
        }
    }
}
