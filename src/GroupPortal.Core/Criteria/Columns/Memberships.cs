using System.Runtime.InteropServices;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>Each group's direct members as rows, ascending.</summary>
internal sealed class Memberships
{
    private readonly Dictionary<int, int[]> _members = [];

    public long Bytes => _members.Values.Sum(members => 60 + (4L * members.Length));

    public long Count => _members.Values.Sum(members => members.LongLength);

    public IEnumerable<int> Groups => _members.Keys;

    public ReadOnlyMemory<int> Of(int group) => _members.TryGetValue(group, out var members) ? members : ReadOnlyMemory<int>.Empty;

    public bool Has(int group, int member) => Of(group).Span.BinarySearch(member) >= 0;

    public void Set(int group, int[]? members)
    {
        if (members is null)
        {
            _members.Remove(group);
            return;
        }

        Array.Sort(members);
        _members[group] = members;
    }

    /// <summary>Everybody who is a direct member of one of the groups.</summary>
    public RowSet In(IEnumerable<int> groups, int rows)
    {
        var set = new RowSet(rows);
        foreach (var group in groups)
        {
            foreach (var member in Of(group).Span)
            {
                set[member] = true;
            }
        }

        return set;
    }

    public void Save(ReplicaWriter writer)
    {
        writer.Int(_members.Count);
        foreach (var (group, members) in _members)
        {
            writer.Int(group);
            writer.Array<int>(members);
        }
    }

    public static Memberships Load(ReplicaReader reader)
    {
        var memberships = new Memberships();
        for (var left = reader.Length(); left > 0; left--)
        {
            memberships._members[reader.Int()] = reader.Array<int>();
        }

        return memberships;
    }
}
