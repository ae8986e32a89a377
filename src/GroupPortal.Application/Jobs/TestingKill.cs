using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.Extensions.Configuration;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// For the crash tests: ends this process, without any goodbye, at a point of an apply. <c>Testing:KillAt</c> is a name of
/// <see cref="RunnerProbe"/>, with <c>:3</c> the third time that it is reached. Honoured only with <c>Testing:Enabled</c>
/// and while every configured address is a loopback one.
/// </summary>
internal static class TestingKill
{
    public static RunnerProbe ProbeOf(IConfiguration configuration)
    {
        var probe = new RunnerProbe();
        if (configuration["Testing:KillAt"] is not { Length: > 0 } text
            || !string.Equals(configuration["Testing:Enabled"], bool.TrueString, StringComparison.OrdinalIgnoreCase)
            || !ListensOnLoopbackOnly(configuration))
        {
            return probe;
        }

        var parts = text.Split(':', 2);
        var countdown = parts.Length == 2 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 1;
        probe.Listener = point =>
        {
            if (point == parts[0] && Interlocked.Decrement(ref countdown) == 0)
            {
                Process.GetCurrentProcess().Kill();
            }
        };
        return probe;
    }

    /// <summary>No address configured means the framework's default, which is localhost.</summary>
    internal static bool ListensOnLoopbackOnly(IConfiguration configuration)
    {
        // Plain ports (http_ports, https_ports) listen on every address.
        if (!string.IsNullOrEmpty(configuration["http_ports"]) || !string.IsNullOrEmpty(configuration["https_ports"]))
        {
            return false;
        }

        var addresses = (configuration["urls"] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(configuration.GetSection("Kestrel:Endpoints").GetChildren().Select(endpoint => endpoint["Url"] ?? string.Empty));
        return addresses.All(IsLoopback);
    }

    private static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (string.Equals(uri.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip)));
}
