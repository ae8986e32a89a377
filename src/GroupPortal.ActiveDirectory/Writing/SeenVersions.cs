using System.Collections.Concurrent;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>
/// Which change number of a group we read a moment ago: a write that expects just that one need not read it again. What we write
/// ourselves makes it forgotten; what others write within that moment the server tells by comparing the values.
/// </summary>
internal sealed class SeenVersions(TimeProvider clock)
{
    /// <summary>Time enough for a plan that is applied in the same breath, too little for a person to look at it.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private const int MostKept = 1_000;

    private readonly ConcurrentDictionary<Guid, (string Version, long When)> _seen = new();

    public void Remember(Guid group, string version)
    {
        if (_seen.Count >= MostKept)
        {
            _seen.Clear();
        }

        _seen[group] = (version, clock.GetTimestamp());
    }

    public void Forget(Guid group) => _seen.TryRemove(group, out _);

    public bool IsFresh(Guid group, string? version) =>
        version is not null && _seen.TryGetValue(group, out var seen)
        && string.Equals(seen.Version, version, StringComparison.Ordinal) && clock.GetElapsedTime(seen.When) < Fresh;
}
