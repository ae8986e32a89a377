using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Query;

internal static class OrderBy
{
    public static IEnumerable<DirectoryObject> Apply(IEnumerable<DirectoryObject> items, string text, IReadOnlyList<ResourceType> types, bool isAdvanced)
    {
        IOrderedEnumerable<DirectoryObject>? ordered = null;
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var property = types.Select(type => type.Find(words[0])).FirstOrDefault(found => found is not null)
                ?? throw Errors.BadUrl($"Could not find a property named '{words[0]}' on type 'microsoft.graph.{types[0].Name}'.");
            var mayOrder = property.Has(PropertyTraits.Order) || (isAdvanced && property.Has(PropertyTraits.Filter) && property.Type is PropertyType.Text or PropertyType.Time);
            if (!mayOrder)
            {
                throw Errors.UnsupportedQuery("Sorting not supported for current query.");
            }

            var isDescending = words.Length > 1 && words[1].Equals("desc", StringComparison.OrdinalIgnoreCase);
            string Key(DirectoryObject item) => item[property.Name] is DateTimeOffset time ? time.UtcDateTime.ToString("o") : item.Text(property.Name) ?? "";
            ordered = (ordered, isDescending) switch
            {
                (null, false) => items.OrderBy(Key, StringComparer.OrdinalIgnoreCase),
                (null, true) => items.OrderByDescending(Key, StringComparer.OrdinalIgnoreCase),
                (_, false) => ordered.ThenBy(Key, StringComparer.OrdinalIgnoreCase),
                (_, true) => ordered.ThenByDescending(Key, StringComparer.OrdinalIgnoreCase),
            };
        }

        return ordered?.ThenBy(item => item.Creation) ?? items;
    }
}
