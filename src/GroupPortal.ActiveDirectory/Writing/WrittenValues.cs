using GroupPortal.Core.Groups;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>Values as the directory spells them, and when two lists of them are the same.</summary>
internal static class WrittenValues
{
    /// <summary>A signed group type, and booleans in capitals (RFC 4517 3.3.3).</summary>
    public static IReadOnlyList<string> Of(string attribute, IReadOnlyList<string> values, AttributeCatalog catalog) =>
        [.. values.Select(value => Of(attribute, value, catalog))];

    /// <summary>The values of an attribute are a set; one value is compared letter by letter.</summary>
    public static bool Same(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        left.Count == right.Count
        && left.Order(StringComparer.Ordinal).SequenceEqual(right.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static string Of(string attribute, string value, AttributeCatalog catalog) =>
        string.Equals(attribute, AttributeNames.GroupType, StringComparison.OrdinalIgnoreCase) && AdGroupType.TryParse(value, out var type) ? type.Text
        : catalog.TryGet(attribute, out var definition) && definition.Syntax == AttributeSyntax.Boolean ? value.ToUpperInvariant()
        : value;
}
