using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Tenants;

/// <summary>What a plan does to the licences of a group, with the names that their ids have; ids where those cannot be asked.</summary>
public sealed partial class LicenceChange : IDisposable
{
    private readonly CancellationTokenSource _left = new();
    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);

    [Inject]
    public required TenantGroups Tenants { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public IReadOnlyList<string> Before { get; set; } = [];

    [Parameter, EditorRequired]
    public IReadOnlyList<string> After { get; set; } = [];

    private IEnumerable<(bool IsGiven, string Sku)> Changes =>
        After.Except(Before, StringComparer.OrdinalIgnoreCase).Select(sku => (true, sku))
            .Concat(Before.Except(After, StringComparer.OrdinalIgnoreCase).Select(sku => (false, sku)));

    private int Same => Before.Intersect(After, StringComparer.OrdinalIgnoreCase).Count();

    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        try
        {
            if (await Tenants.LicencesAsync(StoreId, _left.Token) is DirectoryAnswer<IReadOnlyList<Licence>>.Ok(var bought))
            {
                foreach (var licence in bought)
                {
                    _names[licence.Sku.ToString("D")] = licence.Label;
                }
            }
        }
        catch (OperationCanceledException) when (_left.IsCancellationRequested)
        {
            // The page has been left.
        }
    }

    private string NameOf(string sku) => _names.GetValueOrDefault(sku, sku);
}
