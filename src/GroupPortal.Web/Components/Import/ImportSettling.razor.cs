using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups.Import;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups.Import;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Import;

/// <summary>Names that led to nobody or to several: each is settled once, wherever in the file it stands.</summary>
public sealed partial class ImportSettling
{
    /// <summary>So many open questions at once; the next come as these are answered.</summary>
    private const int Shown = 20;

    private IReadOnlyList<ImportedGroup>? _drawn;
    private List<(ImportedReference Reference, ImportPlace Place)> _open = [];
    private ImportedReference? _choosing;
    private int _found;
    private int _missing;
    private int _several;

    [Inject]
    public required GroupReader Reader { get; init; }

    [Parameter, EditorRequired]
    public int StoreId { get; set; }

    [Parameter, EditorRequired]
    public required IReadOnlyList<ImportedGroup> Groups { get; set; }

    [Parameter]
    public bool IsDisabled { get; set; }

    /// <summary>What is meant, or null to leave the name out.</summary>
    [Parameter]
    public EventCallback<(ImportedReference Reference, DirectoryObject? Meant)> OnSettle { get; set; }

    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_drawn, Groups))
        {
            return;
        }

        _drawn = Groups;
        var all = Groups.SelectMany(group => group.References.Where(reference => reference.Reference.Length > 0).Select(reference => (Reference: reference, group.Query.Place)))
            .DistinctBy(one => (one.Reference.Role, one.Reference.Reference.ToUpperInvariant())).ToList();
        _open = [.. all.Where(one => one.Reference.IsOpen).OrderBy(one => one.Reference.Role)];
        _found = all.Count(one => one.Reference.Meant is not null);
        _several = _open.Count(one => one.Reference.Candidates.Count > 0);
        _missing = _open.Count - _several;
    }

    private static string Number(int number) => number.ToString("N0", CultureInfo.CurrentCulture);

    private async Task SettleAsync(ImportedReference reference, IReadOnlyList<PickedObject> picked)
    {
        if (picked is [var one, ..]
            && await Reader.GetObjectsAsync(StoreId, [one.Id], CancellationToken.None) is DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>.Ok(var found)
            && found.TryGetValue(one.Id, out var meant))
        {
            await SettleAsync(reference, meant);
        }
    }

    private async Task SettleAsync(ImportedReference reference, DirectoryObject? meant)
    {
        _choosing = null;
        await OnSettle.InvokeAsync((reference, meant));
    }
}
