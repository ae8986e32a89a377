using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Schema;

/// <summary>One kind of object: its names on the wire and its properties.</summary>
internal sealed class ResourceType
{
    private readonly Dictionary<string, Property> _properties;

    public ResourceType(ObjectKind kind, string name, string set, IEnumerable<Property> properties)
    {
        Kind = kind;
        Name = name;
        Set = set;
        _properties = properties.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        Defaults = [.. _properties.Values.Where(property => property.Has(PropertyTraits.Default))];
    }

    public ObjectKind Kind { get; }

    /// <summary>As in <c>#microsoft.graph.user</c>.</summary>
    public string Name { get; }

    /// <summary>As in <c>/users</c>.</summary>
    public string Set { get; }

    public string ODataType => "#microsoft.graph." + Name;

    /// <summary>The name in error texts: User, Group.</summary>
    public string Title => char.ToUpperInvariant(Name[0]) + Name[1..];

    public IReadOnlyList<Property> Defaults { get; }

    public IEnumerable<Property> All => _properties.Values;

    public Property? Find(string name) => _properties.GetValueOrDefault(name);
}
