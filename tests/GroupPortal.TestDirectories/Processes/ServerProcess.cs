namespace GroupPortal.TestDirectories.Processes;

/// <summary>A server that is started, stopped and killed any number of times on the same data.</summary>
/// <param name="isReady">Whether it answers; an <see cref="IOException"/> while it does not listen yet.</param>
internal sealed class ServerProcess(string name, string log, Func<OwnedProcess> start, Func<CancellationToken, Task<bool>> isReady)
    : IAsyncDisposable
{
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    private OwnedProcess? _process;

    public bool IsRunning => _process is { HasExited: false };

    public async Task StartAsync(CancellationToken cancellation)
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{name} is running.");
        }

        await KillAsync();
        _process = start();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(StartLimit);
        Exception? last = null;
        try
        {
            while (!_process.HasExited)
            {
                try
                {
                    if (await isReady(limit.Token))
                    {
                        return;
                    }
                }
                catch (IOException fault)
                {
                    last = fault;
                }

                await Task.Delay(Poll, limit.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Told below, with the log.
        }

        var state = _process.ToString();
        await KillAsync();
        throw new TimeoutException($"{name}, process {state}, took no bind. {last?.Message}\n{LogTail.Of(log)}", last);
    }

    /// <summary>Stops it as an operator would, and waits until nothing of it runs.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await process.StopAsync(StopLimit);
            await KillAsync();
        }
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            _process = null;
            await process.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await KillAsync();
}
