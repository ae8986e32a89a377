using System.Diagnostics;

namespace GroupPortal.Directories.Tests.Ldap.Support;

/// <summary>Waits until something holds, however busy the machine is.</summary>
internal static class Condition
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(5);

    public static async Task HoldsAsync(Func<bool> condition, Func<string>? description = null)
    {
        var beginning = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(beginning) < Limit, description?.Invoke() ?? "It did not come about.");
            await Task.Delay(Poll);
        }
    }
}
