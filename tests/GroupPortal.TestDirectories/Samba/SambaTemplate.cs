using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GroupPortal.TestDirectories.Processes;

namespace GroupPortal.TestDirectories.Samba;

/// <summary>
/// A provisioned and filled domain, made once per machine and copied for every controller. Its name is a hash over
/// all that determines its content; it appears whole, by renaming.
/// </summary>
internal static class SambaTemplate
{
    /// <summary>Debian's: the bindings of Samba are there and not in a Python of somebody's own.</summary>
    private const string Python = "/usr/bin/python3";

    public static async Task<string> EnsureAsync(CancellationToken cancellation)
    {
        var script = Script();
        var settings = JsonSerializer.Serialize(new
        {
            realm = DemoDomain.Realm.ToUpperInvariant(),
            domain = DemoDomain.NetBiosName,
            host = DemoDomain.HostName.Split('.')[0],
            address = IPAddress.Loopback.ToString(),
            administratorPassword = DemoDomain.Administrator.Password,
            domainSid = DemoDomain.DomainSid,
        });
        var version = await Tool.RunAsync("samba", ["--version"], cancellation);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', version, script, settings))))[..16];
        var path = Path.Combine(Path.GetTempPath(), $"groupportal-samba-{key}");
        if (Directory.Exists(path))
        {
            return path;
        }

        await using var turn = await FileLock.WaitAsync(path + ".lock", cancellation);
        if (!Directory.Exists(path))
        {
            await MakeAsync(path, script, settings, cancellation);
        }

        return path;
    }

    private static async Task MakeAsync(string path, string script, string settings, CancellationToken cancellation)
    {
        var draft = path + ".making";
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        Directory.CreateDirectory(draft);
        new SambaLayout(draft).Write(IPAddress.Loopback, authority: null, workers: 0);
        var scriptFile = Path.Combine(draft, "provision.py");
        var settingsFile = Path.Combine(draft, "settings.json");
        await File.WriteAllTextAsync(scriptFile, script, cancellation);
        await File.WriteAllTextAsync(settingsFile, settings, cancellation);
        await Tool.RunAsync(Python, [scriptFile, draft, settingsFile], cancellation);
        Directory.Move(draft, path);
    }

    private static string Script()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("provision.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
