using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GroupPortal.Tests;
using GroupPortal.Web.Startup;

namespace GroupPortal.Web.Tests.Startup;

/// <summary>The real process, as a supervisor sees it: its exit code, and what it says on the error stream.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("groupportal-refused-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Wrong_settings_end_it_with_a_line_for_each()
    {
        var (code, error) = await StartAsync(("Urls", "http://127.0.0.1:0"), ("Embedded:People", "7"), ("Demo:Pasword", "x"));

        Assert.Equal(StartupProblem.WrongSettings, code);
        Assert.Equal(
            [
                "Demo:Pasword is no setting, perhaps a typing error. Demo has Password.",
                "Embedded:People is a number from 10 to 200000, not 7.",
            ],
            error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_it_with_one_kind_sentence()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var address = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)other.LocalEndpoint).Port}");

        var (code, error) = await StartAsync(("Urls", address), ("Embedded:People", "10"));

        Assert.Equal(StartupProblem.AddressTaken, code);
        Assert.Equal($"Another program listens on {address}. Stop it or set Urls to another address.", error.Trim());
    }

    private async Task<(int Code, string Error)> StartAsync(params (string Key, string Value)[] settings)
    {
        var assembly = typeof(StartupProblem).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [Path.Combine(Repository.Root, "src", "GroupPortal.Web", "bin", Repository.Configuration, "net10.0", Path.GetFileName(assembly))])
        {
            WorkingDirectory = _folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["GroupPortal__DataDirectory"] = _folder;
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var error = await process.StandardError.ReadToEndAsync(limit.Token);
            Assert.Empty(await output);
            await process.WaitForExitAsync(limit.Token);
            return (process.ExitCode, error);
        }
        finally
        {
            // Nothing when it has ended.
            process.Kill();
        }
    }
}
