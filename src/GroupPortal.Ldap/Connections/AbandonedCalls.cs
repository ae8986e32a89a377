namespace GroupPortal.Ldap.Connections;

/// <summary>Requests that nobody waits for any more, whose answers may still come (RFC 4511 4.11).</summary>
internal sealed class AbandonedCalls
{
    /// <summary>More than a healthy server leaves unanswered.</summary>
    public const int Maximum = 4096;

    private readonly Lock _lock = new();
    private readonly HashSet<int> _ids = [];

    /// <summary>False when there are too many: the connection is of no use any more.</summary>
    public bool TryAdd(int id)
    {
        lock (_lock)
        {
            _ids.Add(id);
            return _ids.Count <= Maximum;
        }
    }

    public bool Contains(int id)
    {
        lock (_lock)
        {
            return _ids.Contains(id);
        }
    }

    public void Remove(int id)
    {
        lock (_lock)
        {
            _ids.Remove(id);
        }
    }
}
