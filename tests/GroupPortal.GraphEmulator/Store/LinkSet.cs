namespace GroupPortal.GraphEmulation.Store;

/// <summary>Members or owners of one group, in the order they came, with when each came and went (in changes of the store).</summary>
internal sealed class LinkSet
{
    private readonly Dictionary<Guid, long> _present = [];
    private readonly Dictionary<Guid, long> _gone = [];
    private (long Change, Guid Id)[]? _ordered;

    public int Count => _present.Count;

    public long LastChange { get; private set; }

    public IEnumerable<Guid> Ids => _present.Keys;

    public bool Contains(Guid id) => _present.ContainsKey(id);

    public bool Add(Guid id, long change)
    {
        if (!_present.TryAdd(id, change))
        {
            return false;
        }

        _gone.Remove(id);
        Touch(change);
        return true;
    }

    public bool Remove(Guid id, long change)
    {
        if (!_present.Remove(id))
        {
            return false;
        }

        _gone[id] = change;
        Touch(change);
        return true;
    }

    /// <summary>Those present that came after a change, first come first.</summary>
    public ReadOnlySpan<(long Change, Guid Id)> After(long change)
    {
        _ordered ??= [.. _present.Select(link => (link.Value, link.Key)).Order()];
        var low = 0;
        var high = _ordered.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ordered[middle].Change <= change)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return _ordered.AsSpan(low);
    }

    public IEnumerable<Guid> GoneAfter(long change) => _gone.Where(link => link.Value > change).Select(link => link.Key);

    private void Touch(long change)
    {
        LastChange = change;
        _ordered = null;
    }
}
