using GroupPortal.Directories.Tests.Embedded;
using GroupPortal.TestDirectories.Processes;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>Servers of tests end with them, however that comes.</summary>
public sealed class OwnedProcessTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task A_server_and_its_children_die_with_their_owner()
    {
        using var folder = new TemporaryFolder();
        await using var process = Start(folder, "sleep 1000 & sleep 1000");

        process.Abandon();

        await ConditionAsync(() => !ProcessGroup.IsAlive(process.Id));
    }

    [Fact]
    public async Task A_kill_right_after_the_start_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var process = Start(folder, "sleep 1000 & sleep 1000");

        await process.KillAsync();

        Assert.False(ProcessGroup.IsAlive(process.Id));
    }

    [Fact]
    public async Task A_server_that_does_not_stop_is_killed()
    {
        using var folder = new TemporaryFolder();
        await using var process = Start(folder, "trap '' TERM; echo ready; while :; do sleep 1000; done");
        await ConditionAsync(() => LogTail.Of(Log(folder)) == "ready");

        Assert.False(await process.StopAsync(TimeSpan.FromMilliseconds(50)));
        Assert.False(ProcessGroup.IsAlive(process.Id));
    }

    [Fact]
    public async Task A_server_that_ends_at_once_is_reported_with_its_last_words()
    {
        using var folder = new TemporaryFolder();
        await using var server = new ServerProcess(
            "The server", Log(folder), () => Start(folder, "echo no such file >&2; exit 3"), _ => throw new IOException("Connection refused"));

        var fault = await Assert.ThrowsAsync<TimeoutException>(() => server.StartAsync(CancellationToken.None));

        Assert.Contains("ended with 3", fault.Message, StringComparison.Ordinal);
        Assert.Contains("no such file", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_dead_owner_left_is_removed_and_what_lives_is_kept()
    {
        var (alive, _) = OwnedFolder.Reserve("test");
        Directory.CreateDirectory(alive.Path);
        // A dead owner's: nobody holds its lock.
        var left = alive.Path + "-left";
        Directory.CreateDirectory(left);
        File.WriteAllText(left + ".lock", string.Empty);

        var (next, _) = OwnedFolder.Reserve("test");

        Assert.False(Directory.Exists(left));
        Assert.True(Directory.Exists(alive.Path));
        alive.Dispose();
        next.Dispose();
        Assert.False(Directory.Exists(alive.Path));
    }

    private static OwnedProcess Start(TemporaryFolder folder, string script) => OwnedProcess.Start(Log(folder), "/bin/sh", "-c", script);

    private static string Log(TemporaryFolder folder) => Path.Combine(folder.Path, "log");

    private static async Task ConditionAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), limit.Token);
        }
    }
}
