using System.Diagnostics;

namespace GroupPortal.Directories.Tests.Ldap.Support;

/// <summary>The requirement of every call: it ends within half a second of its limit, or of its cancellation.</summary>
internal static class TimedCall
{
    public static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(500);

    public static async Task<(T Answer, TimeSpan Took)> MeasureAsync<T>(Func<Task<T>> call)
    {
        var beginning = Stopwatch.GetTimestamp();
        var answer = await Task.Run(call);
        return (answer, Stopwatch.GetElapsedTime(beginning));
    }

    public static async Task<T> EndsWithinAsync<T>(TimeSpan limit, Func<Task<T>> call)
    {
        var (answer, took) = await MeasureAsync(call);
        Assert.True(took < limit + Grace, $"It took {took}, with a limit of {limit}: {answer}");
        return answer;
    }
}
