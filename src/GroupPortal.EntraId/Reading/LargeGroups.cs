namespace GroupPortal.EntraId.Reading;

/// <summary>
/// Whole member lists of large groups, for a while. A delta tells of the members of a large group in pieces, page after page, and each
/// time the whole list is wanted: the pieces are put to a list that was read once.
/// </summary>
internal sealed class LargeGroups(TimeProvider clock)
{
    private const int MaximumMembers = 500_000;

    /// <summary>Read again after that, so that no slip lasts.</summary>
    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, (HashSet<Guid> Members, long Read)> _groups = [];

    /// <summary>The members with a piece put to them; null when the group is not known.</summary>
    public IReadOnlyList<Guid>? Apply(Guid group, MemberPiece piece)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(group, out var known))
            {
                return null;
            }

            if (clock.GetElapsedTime(known.Read) >= MaximumAge)
            {
                _groups.Remove(group);
                return null;
            }

            piece.ApplyTo(known.Members);
            return [.. known.Members];
        }
    }

    public void Keep(Guid group, HashSet<Guid> members)
    {
        lock (_gate)
        {
            _groups[group] = (members, clock.GetTimestamp());
            while (_groups.Count > 0 && _groups.Values.Sum(known => (long)known.Members.Count) > MaximumMembers)
            {
                _groups.Remove(_groups.MinBy(known => known.Value.Read).Key);
            }
        }
    }
}

/// <summary>What a page of a delta says of a group's members.</summary>
internal sealed class MemberPiece
{
    private readonly Dictionary<Guid, bool> _changes = [];

    /// <summary>The last word counts.</summary>
    public void Add(Guid member, bool isThere) => _changes[member] = isThere;

    public void ApplyTo(HashSet<Guid> members)
    {
        foreach (var (member, isThere) in _changes)
        {
            _ = isThere ? members.Add(member) : members.Remove(member);
        }
    }
}
