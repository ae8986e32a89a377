using GroupPortal.Core.Groups;

namespace GroupPortal.ActiveDirectory.Schema;

/// <summary>
/// The catalog as the live schema has it: what groups cannot hold here is dropped, lengths and numbers of values are the
/// schema's, and what the schema has beyond the known attributes is added under its own name.
/// </summary>
internal static class LiveCatalog
{
    /// <summary>A rename changes it, although the schema calls it read-only; its length is that of cn.</summary>
    private static readonly HashSet<string> Renamed = new([AttributeNames.Name], StringComparer.OrdinalIgnoreCase);

    /// <summary>The server takes one value only (0000200D), whatever the schema says ([MS-SAMR] 3.1.1.8.4 for description).</summary>
    private static readonly HashSet<string> SingleInGroups =
        new([AttributeNames.Description], StringComparer.OrdinalIgnoreCase);

    /// <summary>Of the kinds that could be written, what an object's standing hangs on; never a matter of a form.</summary>
    private static readonly HashSet<string> NeverAdded = new(
        ["objectClass", "objectCategory", "cn", "instanceType", "adminCount", "sAMAccountType", "isDeleted", "isRecycled", "isCriticalSystemObject", "systemFlags", "dSCorePropagationData"],
        StringComparer.OrdinalIgnoreCase);

    public static AttributeCatalog Of(AttributeCatalog known, IReadOnlyDictionary<string, SchemaAttribute> live)
    {
        var definitions = new List<AttributeDefinition>();
        foreach (var definition in known.Definitions)
        {
            if (definition.KeptBy != KeptBy.Directory)
            {
                definitions.Add(definition);
            }
            else if (live.TryGetValue(definition.Name, out var attribute))
            {
                definitions.Add(Refine(definition, attribute));
            }
            else if (!definition.IsWritable)
            {
                definitions.Add(definition); // the server's own, such as distinguishedName; some schemas do not list it
            }
        }

        definitions.AddRange(live.Values
            .Where(attribute => !known.TryGet(attribute.Name, out _) && CanBeAdded(attribute))
            .Select(attribute => Refine(new AttributeDefinition(attribute.Name, attribute.Name), attribute)));
        return new AttributeCatalog(definitions);
    }

    private static AttributeDefinition Refine(AttributeDefinition definition, SchemaAttribute attribute) => definition with
    {
        Name = attribute.Name,
        Syntax = attribute.Syntax ?? definition.Syntax,
        IsMultiValued = !attribute.IsSingleValued && !SingleInGroups.Contains(definition.Name),
        MaximumLength = Renamed.Contains(definition.Name) || attribute.Syntax is not AttributeSyntax.Text
            ? definition.MaximumLength
            : attribute.RangeUpper ?? definition.MaximumLength,
        IsWritable = definition.IsWritable && (!attribute.IsReadOnly || Renamed.Contains(definition.Name)),
        IsIndexed = attribute.IsIndexed,
    };

    private static bool CanBeAdded(SchemaAttribute attribute) =>
        attribute is { IsReadOnly: false, IsLink: false, Syntax: not null and not AttributeSyntax.Reference } && !NeverAdded.Contains(attribute.Name);
}
