using System.Diagnostics;
using System.Globalization;

namespace GroupPortal.Benchmarks;

/// <summary>Two things timed in turn: A B A B …, so that a machine that slows down slows both.</summary>
internal static class Comparison
{
    /// <param name="rounds">How often each is timed.</param>
    /// <param name="repeats">How often each runs within one timing.</param>
    /// <param name="warmUp">Rounds that do not count, until both sides run what the just-in-time compiler makes of hot code.</param>
    /// <param name="betweenRounds">Undoes what both did; not timed.</param>
    public static async Task RunAsync(string title, string goal, int rounds, int repeats, Func<Task> measured, Func<Task> baseline, int warmUp = 1, Func<Task>? betweenRounds = null)
    {
        var ours = new List<double>();
        var theirs = new List<double>();
        for (var round = -warmUp; round < rounds; round++)
        {
            var (one, other) = (await TimeAsync(repeats, measured), await TimeAsync(repeats, baseline));
            if (round >= 0)
            {
                ours.Add(one);
                theirs.Add(other);
            }

            if (betweenRounds is not null)
            {
                await betweenRounds();
            }
        }

        var ratios = ours.Zip(theirs, (one, other) => one / other).Order().ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{title}: {Median(ours):0.000} ms over {Median(theirs):0.000} ms = {Median(ratios):0.00##} times (min {ratios[0]:0.00##}, max {ratios[^1]:0.00##}; {rounds} rounds of {repeats} after {warmUp})   goal {goal}"));
    }

    private static async Task<double> TimeAsync(int repeats, Func<Task> action)
    {
        var clock = Stopwatch.StartNew();
        for (var repeat = 0; repeat < repeats; repeat++)
        {
            await action();
        }

        return clock.Elapsed.TotalMilliseconds / repeats;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
