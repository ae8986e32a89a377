using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>What references share: ids, names, and names that nobody has yet.</summary>
internal sealed class ReplicaRows
{
    public RowIndex Ids { get; private init; } = new();

    public NameColumn Names { get; private init; } = new();

    public UnresolvedNames Unresolved { get; private init; } = new();

    /// <summary>The code of a reference column; an id that nobody has gets its row now.</summary>
    public int CodeOf(string text)
    {
        if (CriteriaValues.TryGuid(text, out var id))
        {
            return Ids.FindOrAdd(id) + 1;
        }

        return DistinguishedName.TryParse(text, out var name) && Names.Find(name) is var row and >= 0 ? row + 1 : -Unresolved.Add(text) - 1;
    }

    public void Save(ReplicaWriter writer)
    {
        Ids.Save(writer);
        Names.Save(writer);
        Unresolved.Save(writer);
    }

    public static ReplicaRows Load(ReplicaReader reader) =>
        new() { Ids = RowIndex.Load(reader), Names = NameColumn.Load(reader), Unresolved = UnresolvedNames.Load(reader) };
}
