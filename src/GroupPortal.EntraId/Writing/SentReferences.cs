using System.Collections.Concurrent;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId.Requests;

namespace GroupPortal.EntraId.Writing;

/// <summary>
/// References that were sent by writes of which not everything is known, and may have been carried out: when such a write is sent again,
/// what is there or gone already is its own work, and no "no change".
/// </summary>
internal sealed class SentReferences(TimeProvider clock)
{
    private const int Most = 100_000;

    /// <summary>A plan waits so long at most for a directory that asks to wait.</summary>
    private static readonly TimeSpan MaximumAge = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<(Links Links, Guid Group, Guid Id, bool Add), long> _sent = new();

    public void Remember(Links links, Guid group, IEnumerable<Guid> ids, bool add)
    {
        if (_sent.Count >= Most)
        {
            _sent.Clear();
        }

        var now = clock.GetTimestamp();
        foreach (var id in ids)
        {
            _sent[(links, group, id, add)] = now;
            _sent.TryRemove((links, group, id, !add), out _);
        }
    }

    public bool Contains(Links links, Guid group, Guid id, bool add) =>
        _sent.TryGetValue((links, group, id, add), out var when) && clock.GetElapsedTime(when) < MaximumAge;

    /// <summary>The write came to its end: the next one is another's.</summary>
    public void Forget(Links links, Guid group, IEnumerable<ReferenceWrite> references)
    {
        foreach (var reference in references)
        {
            _sent.TryRemove((links, group, reference.Id, reference.Add), out _);
        }
    }
}
