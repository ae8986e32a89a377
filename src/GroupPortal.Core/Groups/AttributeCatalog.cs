using System.Diagnostics.CodeAnalysis;

namespace GroupPortal.Core.Groups;

/// <summary>All attributes that groups of one store can hold, by name without regard to case.</summary>
public sealed class AttributeCatalog(IEnumerable<AttributeDefinition> definitions)
{
    private readonly Dictionary<string, AttributeDefinition> _byName =
        definitions.ToDictionary(definition => definition.Name, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<AttributeDefinition> Definitions => _byName.Values;

    public bool TryGet(string name, [NotNullWhen(true)] out AttributeDefinition? definition) => _byName.TryGetValue(name, out definition);

    public AttributeDefinition this[string name] => _byName[name];

    /// <summary>The same catalog with some definitions exchanged or added: what the live schema knows better.</summary>
    public AttributeCatalog With(IEnumerable<AttributeDefinition> better)
    {
        var merged = new Dictionary<string, AttributeDefinition>(_byName, StringComparer.OrdinalIgnoreCase);
        foreach (var definition in better)
        {
            merged[definition.Name] = definition;
        }

        return new AttributeCatalog(merged.Values);
    }
}
