using System.Diagnostics.CodeAnalysis;
using GroupPortal.Core.Directories;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// Whole answers, kept for a while in proportion to what they cost: one that took four seconds serves the next pages for a
/// minute, one that took a few milliseconds is not kept at all. What we write ourselves makes all of them forgotten.
/// </summary>
/// <param name="weigh">How many rows a value holds.</param>
/// <param name="atLeast">Kept so long whatever they cost; for what is asked again and again and only shown.</param>
internal sealed class RecentAnswers<TKey, TValue>(TimeProvider clock, Func<TValue, int> weigh, TimeSpan atLeast = default, int maximumAnswers = 16)
    where TKey : notnull
{
    /// <summary>A server is kept busy with the same question a twentieth of the time at most.</summary>
    private const int AgePerCost = 20;

    private const int MaximumRows = 500_000;

    private static readonly TimeSpan WorthKeeping = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan MaximumAge = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, Kept> _kept = [];
    private long _generation;

    public async Task<DirectoryAnswer<TValue>> GetAsync(
        TKey key, Func<CancellationToken, Task<DirectoryAnswer<TValue>>> read, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (TryGet(key, out var kept))
        {
            return DirectoryAnswer.Ok(kept);
        }

        var begun = clock.GetTimestamp();
        var generation = Interlocked.Read(ref _generation);
        var answer = await read(cancellation);
        if (answer is DirectoryAnswer<TValue>.Ok(var value))
        {
            Keep(key, value, begun, generation);
        }

        return answer;
    }

    public void Forget()
    {
        lock (_gate)
        {
            _generation++;
            _kept.Clear();
        }
    }

    /// <summary>What is left of an answer takes its place, and gets no younger by it.</summary>
    public void Replace(TKey key, TKey by, TValue value)
    {
        lock (_gate)
        {
            if (_kept.Remove(key, out var kept))
            {
                _kept[by] = kept with { Value = value };
            }
        }
    }

    private bool TryGet(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        lock (_gate)
        {
            if (_kept.TryGetValue(key, out var kept) && clock.GetElapsedTime(kept.Made) < kept.Age)
            {
                value = kept.Value;
                return true;
            }

            value = default;
            return false;
        }
    }

    private void Keep(TKey key, TValue value, long begun, long generation)
    {
        var cost = clock.GetElapsedTime(begun);
        var age = cost < WorthKeeping ? TimeSpan.Zero : cost * AgePerCost;
        age = age > atLeast ? age : atLeast;
        lock (_gate)
        {
            // Read before something was written: not to be believed after it.
            if (generation != _generation || age == TimeSpan.Zero || weigh(value) > MaximumRows)
            {
                return;
            }

            foreach (var old in _kept.Where(one => clock.GetElapsedTime(one.Value.Made) >= one.Value.Age).Select(one => one.Key).ToList())
            {
                _kept.Remove(old);
            }

            _kept[key] = new Kept(value, clock.GetTimestamp(), age < MaximumAge ? age : MaximumAge);
            while (_kept.Count > maximumAnswers || _kept.Values.Sum(one => (long)weigh(one.Value)) > MaximumRows)
            {
                _kept.Remove(_kept.MinBy(one => one.Value.Made).Key);
            }
        }
    }

    private sealed record Kept(TValue Value, long Made, TimeSpan Age);
}
