namespace GroupPortal.Tests;

/// <summary>Waits for what happens by itself.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task IsAsync(Func<bool> condition) => IsAsync(() => Task.FromResult(condition()), TimeSpan.FromMilliseconds(20));

    /// <summary>For what must be asked of somebody: seldom enough not to be a flood.</summary>
    public static Task IsAsync(Func<Task<bool>> condition) => IsAsync(condition, TimeSpan.FromMilliseconds(250));

    private static async Task IsAsync(Func<Task<bool>> condition, TimeSpan pause)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            await Task.Delay(pause, limit.Token);
        }
    }
}
