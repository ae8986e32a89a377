using GroupPortal.Application.Groups;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Components.Results;
using Microsoft.AspNetCore.Components;

namespace GroupPortal.Web.Components.Groups;

/// <summary>The technical view: every attribute that has a value, by the directory's own name, as it stands.</summary>
public sealed partial class GroupAttributes
{
    private List<(string Name, IReadOnlyList<string> Values, string Label, bool KeptByPortal)> _lines = [];

    [Inject]
    public required StoreRegistry Stores { get; init; }

    [Parameter, EditorRequired]
    public required GroupView View { get; set; }

    protected override void OnParametersSet()
    {
        var group = View.Group;
        var catalog = Stores.TryGet(View.Store.Id, out var directory) ? directory.Catalog : new AttributeCatalog([]);
        var values = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase)
        {
            ["objectGUID"] = [group.Id.ToString("D")],
            ["distinguishedName"] = [group.Dn],
        };
        foreach (var (name, attribute) in group.Attributes)
        {
            values[name] = attribute;
        }

        if (group.Owners.Count > 0)
        {
            values["owners"] = [.. group.Owners.Select(owner => owner.Dn)];
        }

        _lines =
        [
            .. values.Select(pair => (
                pair.Key, pair.Value, P.AttributeLabel(pair.Key),
                catalog.TryGet(pair.Key, out var definition) && definition.KeptBy == KeptBy.Portal)),
        ];
    }
}
