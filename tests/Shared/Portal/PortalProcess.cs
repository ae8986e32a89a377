using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace GroupPortal.Tests;

/// <summary>
/// The real portal, as its own process on a free loopback port with a data directory of its own.
/// It can be stopped as an operator would, killed as a power cut would, and started again on the same data and port.
/// </summary>
internal sealed partial class PortalProcess : IAsyncDisposable
{
    private const int Terminate = 15;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, string> _settings;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private PortalProcess(Dictionary<string, string> settings)
    {
        _settings = settings;
        DataDirectory = Directory.CreateTempSubdirectory("groupportal-").FullName;
    }

    /// <summary>Where it listens, such as http://127.0.0.1:41234/.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1:0/");

    public string DataDirectory { get; }

    /// <summary>What it wrote to its console, over all its starts.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <param name="settings">Configuration by its keys, such as <c>("Demo:Password", "")</c>.</param>
    public static async Task<PortalProcess> StartAsync(params (string Key, string Value)[] settings)
    {
        var portal = new PortalProcess(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        try
        {
            await portal.StartAgainAsync();
            return portal;
        }
        catch
        {
            await portal.DisposeAsync();
            throw;
        }
    }

    /// <summary>A client that keeps cookies and does not follow redirects, so that tests see them.</summary>
    public HttpClient CreateClient() => new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
    {
        BaseAddress = Address,
    };

    /// <summary>Changes a setting for the next start.</summary>
    public void Set(string key, string value) => _settings[key] = value;

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task EndedAsync()
    {
        await Running().WaitForExitAsync().WaitAsync(StopLimit);
        Forget();
    }

    /// <summary>Ends it at once, without a word (SIGKILL).</summary>
    public async Task KillAsync()
    {
        var process = Running();
        process.Kill();
        await process.WaitForExitAsync();
        Forget();
    }

    /// <summary>Asks it to stop (SIGTERM) and waits until it has.</summary>
    public async Task StopAsync()
    {
        var process = Running();
        if (OperatingSystem.IsWindows() || SendSignal(process.Id, Terminate) != 0)
        {
            process.Kill();
        }

        using var limit = new CancellationTokenSource(StopLimit);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException exception)
        {
            process.Kill();
            throw new TimeoutException($"The portal did not stop within {StopLimit}.\n{Output}", exception);
        }
        finally
        {
            Forget();
        }
    }

    /// <summary>Starts it after <see cref="KillAsync"/> or <see cref="StopAsync"/>, on the same data and port.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(Assembly)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(Assembly);
        start.ArgumentList.Add("--urls");
        start.ArgumentList.Add(Address.ToString().TrimEnd('/'));
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["GroupPortal__DataDirectory"] = DataDirectory;
        foreach (var (key, value) in _settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Read(line.Data, listening);
        process.ErrorDataReceived += (_, line) => Read(line.Data, listening);
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException($"The portal ended before it listened.\n{Output}"));
        process.Start();
        _process = process;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        Address = await listening.Task.WaitAsync(StartLimit);
        using var client = new HttpClient { BaseAddress = Address };
        using var health = await client.GetAsync(new Uri("/health", UriKind.Relative));
        health.EnsureSuccessStatusCode();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await KillAsync();
        }

        Directory.Delete(DataDirectory, recursive: true);
    }

    private static string Assembly =>
        Path.Combine(Repository.Root, "src", "GroupPortal.Web", "bin", Repository.Configuration, "net10.0", "GroupPortal.Web.dll");

    private Process Running() => _process ?? throw new InvalidOperationException("The portal is not running.");

    private void Forget()
    {
        _process?.Dispose();
        _process = null;
    }

    private void Read(string? line, TaskCompletionSource<Uri> listening)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (ListeningOn().Match(line) is { Success: true } match)
        {
            listening.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex(@"Now listening on: (?<address>http://\S+)")]
    private static partial Regex ListeningOn();

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int processId, int signal);
}
