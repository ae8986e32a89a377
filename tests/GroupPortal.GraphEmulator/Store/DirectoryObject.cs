namespace GroupPortal.GraphEmulation.Store;

/// <summary>One object; only ever touched with the store's lock held.</summary>
internal sealed class DirectoryObject(Guid id, ObjectKind kind, long creation, DateTimeOffset visibleFrom)
{
    private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _changes = new(StringComparer.Ordinal);

    public Guid Id { get; } = id;

    public string IdText { get; } = id.ToString();

    public ObjectKind Kind { get; } = kind;

    /// <summary>The change of the store that made it; also its place in lists.</summary>
    public long Creation { get; } = creation;

    /// <summary>The change that made it visible to delta again: its creation or its restoration.</summary>
    public long Appeared { get; set; } = creation;

    public long LastChange { get; private set; } = creation;

    /// <summary>Reads find it from then on: the replication lag.</summary>
    public DateTimeOffset VisibleFrom { get; } = visibleFrom;

    public GroupPart? Group { get; } = kind == ObjectKind.Group ? new GroupPart() : null;

    public Guid? Manager { get; set; }

    /// <summary>The manager before, for delta.</summary>
    public Guid? FormerManager { get; set; }

    public HashSet<Guid> MemberOf { get; } = [];

    public HashSet<Guid> OwnerOf { get; } = [];

    public object? this[string property] => property == "id" ? IdText : _values.GetValueOrDefault(property);

    public string? Text(string property) => this[property] as string;

    public bool Is(string property) => this[property] is true;

    public IReadOnlyList<string> Texts(string property) => this[property] as string[] ?? [];

    public void Set(string property, object? value, long change)
    {
        _values[property] = value;
        Touch(property, change);
    }

    /// <summary>Something that is no stored value changed, such as the manager.</summary>
    public void Touch(string property, long change)
    {
        _changes[property] = change;
        LastChange = change;
    }

    /// <summary>It had a value once, perhaps null by now.</summary>
    public bool WasEverSet(string property) => property == "id" || _changes.ContainsKey(property);

    public bool HasChanged(string property, long since) => _changes.TryGetValue(property, out var change) && change > since;
}
