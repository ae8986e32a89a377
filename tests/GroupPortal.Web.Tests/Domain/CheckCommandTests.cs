using System.Diagnostics;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Web.Tests.Domain;

/// <summary>The check at the command line, as the process that an operator starts.</summary>
[Collection(DomainPortal.Collection)]
public sealed class CheckCommandTests(DomainPortal domain)
{
    [SambaFact]
    public async Task A_domain_that_is_set_up_well_passes_and_the_rights_are_shown()
    {
        var (code, output) = await CheckAsync(domain.Settings, "2");

        Assert.Equal(0, code);
        Assert.StartsWith($"2 demo.local{Environment.NewLine}  ldaps://{domain.Controller.Address}:636{Environment.NewLine}    ok     Name", output, StringComparison.Ordinal);
        Assert.Contains("    ok     Changing groups", output, StringComparison.Ordinal);
        Assert.Contains("dsacls \"OU=Groups,DC=demo,DC=local\" /I:T /G \"svc-groupportal@demo.local:CCDC;group\"", output, StringComparison.Ordinal);
        Assert.DoesNotContain(SambaDomainController.Service.Password, output, StringComparison.Ordinal);
    }

    [SambaFact]
    public async Task What_is_wrong_is_said_and_the_exit_code_tells()
    {
        var (code, output) = await CheckAsync([.. domain.Settings, ("Directories:2:Ldap:Account", "disabled@demo.local")]);

        Assert.Equal(1, code);
        Assert.Contains("    FAILED Service account             The service account is disabled.", output, StringComparison.Ordinal);
        Assert.Contains("3 5cjshm.onmicrosoft.com", output, StringComparison.Ordinal);
    }

    [SambaFact]
    public async Task A_wrong_setting_is_told_by_its_key_and_no_other_setting_is_needed()
    {
        var (code, output) = await CheckAsync([.. domain.Settings, ("Directories:2:Ldap:BaseDn", "demo.local"), ("Urls", "nonsense")], "2");

        Assert.Equal((1, "Directories:2:Ldap:BaseDn is the domain's name as DC=example,DC=com, not \"demo.local\"."), (code, output.Trim()));
    }

    [SambaFact]
    public async Task A_store_that_is_not_there_is_said() => Assert.Equal((1, "There is no identity store 9."), await Trimmed(CheckAsync(domain.Settings, "9")));

    private static async Task<(int Code, string Output)> Trimmed(Task<(int Code, string Output)> run) => (await run) is var (code, output) ? (code, output.Trim()) : default;

    private static async Task<(int Code, string Output)> CheckAsync((string Key, string Value)[] settings, params string[] arguments)
    {
        var folder = Directory.CreateTempSubdirectory("groupportal-check-");
        var start = new ProcessStartInfo(
            "dotnet", [Path.Combine(Repository.Root, "src", "GroupPortal.Web", "bin", Repository.Configuration, "net10.0", "GroupPortal.Web.dll"), "check", .. arguments])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var process = Process.Start(start)!;
        try
        {
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            // Nothing was made: no database, no keys.
            Assert.Empty(folder.EnumerateFileSystemInfos());
            return (process.ExitCode, output);
        }
        finally
        {
            process.Kill();
            folder.Delete(recursive: true);
        }
    }
}
