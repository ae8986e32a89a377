using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace GroupPortal.TestDirectories.Processes;

/// <summary>
/// A server in a process group of its own. It dies with its owner, also when the owner is killed: a watcher in the group
/// reads a pipe that only the owner holds open. (A parent-death signal would not do: it follows the thread that started
/// the process, and threads of the pool come and go.)
/// </summary>
internal sealed partial class OwnedProcess : IAsyncDisposable
{
    private const int Kill = 9;
    private const int Terminate = 15;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(10);

    /// <summary>The shell becomes the server, so the process that .NET knows is the server and the group's leader.</summary>
    private const string Script =
        """
        exec 3<&0 >>"$1" 2>&1
        shift
        (cat <&3 >/dev/null; kill -KILL 0) &
        exec "$@" 3<&- </dev/null
        """;

    private readonly Process _process;
    private bool _isGone;

    private OwnedProcess(Process process) => _process = process;

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <param name="log">Gets what the server writes to its console, appended.</param>
    public static OwnedProcess Start(string log, string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, UseShellExecute = false };
        foreach (var argument in (string[])["/bin/sh", "-c", Script, "sh", log, program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new OwnedProcess(Process.Start(start) ?? throw new InvalidOperationException($"{program} was not started."));
    }

    /// <summary>Asks it to stop, and kills what has not stopped within the limit. True when it stopped by itself.</summary>
    public async Task<bool> StopAsync(TimeSpan limit)
    {
        // The leader alone: it stops its own children, and the watcher must not go first.
        _ = Signal(Id, Terminate);
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            await KillAsync();
        }
    }

    /// <summary>What the system does when the owner dies.</summary>
    public void Abandon() => _process.StandardInput.Close();

    /// <summary>Ends the whole group at once, and waits until nothing of it runs.</summary>
    public async Task KillAsync()
    {
        // Its number may be another's by now.
        while (!_isGone)
        {
            // By both numbers: a process that has only just begun is not in its own group yet.
            _ = Signal(-Id, Kill);
            if (!_process.HasExited)
            {
                _ = Signal(Id, Kill);
                await _process.WaitForExitAsync();
            }

            _isGone = !ProcessGroup.IsAlive(Id);
            if (!_isGone)
            {
                await Task.Delay(Poll);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{_process.Id} ({(HasExited ? $"ended with {_process.ExitCode}" : "running")})");

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Signal(int processId, int signal);
}
