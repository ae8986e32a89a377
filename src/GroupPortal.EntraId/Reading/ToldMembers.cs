namespace GroupPortal.EntraId.Reading;

/// <summary>
/// What deltas told of members lately. A member list that is read may be some seconds behind the deltas, so everything they told in
/// the last minutes is put to it. Of large groups the list is kept as well: their members come in pieces, page after page, and
/// each time the whole list is wanted.
/// </summary>
internal sealed class ToldMembers(TimeProvider clock)
{
    private const int MaximumMembers = 250_000;

    /// <summary>Longer than Graph is ever behind; and lists are read again after that, so that no slip lasts.</summary>
    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Entry> _groups = [];

    /// <summary>Puts one more piece to what was told of a group; all of its members when they are known, else null.</summary>
    public IReadOnlyList<Guid>? Tell(Guid group, MemberPiece piece)
    {
        lock (_gate)
        {
            if (!_groups.TryGetValue(group, out var entry))
            {
                _groups.Add(group, entry = new Entry(clock.GetTimestamp()));
            }

            entry.Told.Add(piece);
            if (entry.Whole is not { } whole)
            {
                return null;
            }

            piece.ApplyTo(whole);
            return [.. whole];
        }
    }

    /// <summary>The members of a group by a list that was just read, and by what was told.</summary>
    /// <param name="list">Empty for a group that cannot be read: then what was told is all there is.</param>
    public IReadOnlyList<Guid> Complete(Guid group, HashSet<Guid> list, bool keep)
    {
        lock (_gate)
        {
            if (_groups.TryGetValue(group, out var entry))
            {
                entry.Told.ApplyTo(list);
                entry.Whole = keep ? list : null;
            }

            return [.. list];
        }
    }

    /// <summary>A reader begins again: what was told before leads to nothing that is told from here on.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _groups.Clear();
        }
    }

    /// <summary>Once for each page.</summary>
    public void Prune()
    {
        lock (_gate)
        {
            var size = 0L;
            foreach (var (group, entry) in _groups.OrderByDescending(one => one.Value.Begun).ToList())
            {
                size += entry.Told.Count + (entry.Whole?.Count ?? 0);
                if (size > MaximumMembers || clock.GetElapsedTime(entry.Begun) >= MaximumAge)
                {
                    _groups.Remove(group);
                }
            }
        }
    }

    private sealed class Entry(long begun)
    {
        public long Begun => begun;

        public MemberPiece Told { get; } = new();

        public HashSet<Guid>? Whole { get; set; }
    }
}

/// <summary>What a delta says of a group's members.</summary>
internal sealed class MemberPiece
{
    private readonly Dictionary<Guid, bool> _changes = [];

    public int Count => _changes.Count;

    /// <summary>The last word counts.</summary>
    public void Add(Guid member, bool isThere) => _changes[member] = isThere;

    public void Add(MemberPiece later)
    {
        foreach (var (member, isThere) in later._changes)
        {
            _changes[member] = isThere;
        }
    }

    public void ApplyTo(HashSet<Guid> members)
    {
        foreach (var (member, isThere) in _changes)
        {
            _ = isThere ? members.Add(member) : members.Remove(member);
        }
    }
}
