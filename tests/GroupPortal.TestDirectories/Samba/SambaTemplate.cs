using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GroupPortal.Embedded.Rules;
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

    private const string Prefix = "groupportal-samba-";

    /// <summary>Templates that nobody has copied for so long are another version's.</summary>
    private static readonly TimeSpan UnusedLimit = TimeSpan.FromDays(2);

    private static string? _known;

    /// <summary>The folder to copy.</summary>
    public static async Task<string> EnsureAsync(CancellationToken cancellation)
    {
        // Once per process: reading the company takes longer than starting a controller.
        if (_known is not { } path || !Directory.Exists(path))
        {
            _known = path = await FindOrMakeAsync(cancellation);
        }

        Directory.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime);
        return path;
    }

    private static async Task<string> FindOrMakeAsync(CancellationToken cancellation)
    {
        var script = Script();
        var settings = await SettingsAsync(cancellation);
        var version = await Tool.RunAsync("samba", ["--version"], cancellation);
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', version, script, settings))))[..16];
        var path = Path.Combine(Path.GetTempPath(), Prefix + key);
        if (Directory.Exists(path))
        {
            return path;
        }

        await using var turn = await FileLock.WaitAsync(path + ".lock", cancellation);
        if (!Directory.Exists(path))
        {
            RemoveUnused();
            await MakeAsync(path, script, settings, cancellation);
        }

        return path;
    }

    private static async Task<string> SettingsAsync(CancellationToken cancellation)
    {
        var (objects, memberships) = await DemoCompany.ReadAsync(cancellation);
        return JsonSerializer.Serialize(
            new
            {
                Realm = DemoDomain.Realm.ToUpperInvariant(),
                Domain = DemoDomain.NetBiosName,
                DemoDomain.BaseDn,
                Host = DemoDomain.HostName.Split('.')[0],
                Address = IPAddress.Loopback.ToString(),
                AdministratorPassword = DemoAccounts.Administrator.Password,
                DomainSid = ActiveDirectoryRules.DomainSid(DemoDomain.Store),
                Objects = (TemplateObject[])[.. objects, .. DemoAccounts.Objects],
                Memberships = memberships,
                Grants = (TemplateGrant[])[Delegation.ToService],
            },
            JsonSerializerOptions.Web);
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

    private static void RemoveUnused()
    {
        var limit = TimeProvider.System.GetUtcNow().UtcDateTime - UnusedLimit;
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), Prefix + "*").Where(folder => Directory.GetLastWriteTimeUtc(folder) < limit))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Script()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("provision.py")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
