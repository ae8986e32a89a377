using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace GroupPortal.Benchmarks;

/// <summary>The bare server as a process of its own, as the portal is: neither shares a heap with the client that times it.</summary>
internal sealed partial class BareProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private BareProcess(Process process, string folder, Uri address)
    {
        _process = process;
        _folder = folder;
        Client = new HttpClient { BaseAddress = address };
    }

    public HttpClient Client { get; }

    public static async Task<BareProcess> StartAsync(int people)
    {
        var folder = Directory.CreateTempSubdirectory("groupportal-bare-").FullName;
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in new[] { typeof(BareProcess).Assembly.Location, "bare", folder, people.ToString(CultureInfo.InvariantCulture) })
        {
            start.ArgumentList.Add(argument);
        }

        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The bare server ended before it listened."));
        process.OutputDataReceived += (_, line) =>
        {
            if (ListeningOn().Match(line.Data ?? string.Empty) is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups["address"].Value));
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        return new BareProcess(process, folder, await listening.Task.WaitAsync(TimeSpan.FromSeconds(60)));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)")]
    private static partial Regex ListeningOn();
}
