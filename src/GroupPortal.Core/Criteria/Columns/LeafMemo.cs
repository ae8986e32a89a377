using System.Diagnostics.CodeAnalysis;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>
/// For whom single conditions hold, until the table changes. Whoever types changes one condition at a time, and lint and counts
/// ask for the same ones again: each is worked out once. Keeps the last 64 to 128, at most 16 bytes a person.
/// </summary>
internal sealed class LeafMemo
{
    private const int Generation = 64;

    private readonly Lock _gate = new();
    private Dictionary<Criterion, RowSet> _young = [];
    private Dictionary<Criterion, RowSet> _old = [];

    /// <summary>A set that is shared: for reading only.</summary>
    public bool TryGet(Criterion leaf, [NotNullWhen(true)] out RowSet? set)
    {
        lock (_gate)
        {
            if (_young.TryGetValue(leaf, out set))
            {
                return true;
            }

            if (!_old.TryGetValue(leaf, out set))
            {
                return false;
            }

            Keep(leaf, set);
            return true;
        }
    }

    public void Add(Criterion leaf, RowSet set)
    {
        lock (_gate)
        {
            Keep(leaf, set);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            (_young, _old) = ([], []);
        }
    }

    private void Keep(Criterion leaf, RowSet set)
    {
        if (_young.Count == Generation)
        {
            (_young, _old) = ([], _young);
        }

        _young[leaf] = set;
    }
}
