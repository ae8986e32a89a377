using System.Diagnostics;
using System.Globalization;
using System.Text;
using GroupPortal.TestDirectories;

namespace GroupPortal.Benchmarks.ActiveDirectory;

/// <summary>OpenLDAP's own programs against the same controller: the raw side of each comparison.</summary>
internal sealed class LdapTools(SambaDomainController controller, string folder)
{
    private int _files;

    public Task AddAsync(string ldif) => ModifyAsync("ldapadd", ldif);

    public Task ModifyAsync(string ldif) => ModifyAsync("ldapmodify", ldif);

    /// <summary>How many entries it printed.</summary>
    public async Task<int> SearchAsync(string filter, int pageSize, params string[] attributes)
    {
        var output = await RunAsync(
            "ldapsearch",
            ["-LLL", "-o", "ldif-wrap=no", "-b", SambaDomainController.BaseDn, "-E", string.Create(CultureInfo.InvariantCulture, $"pr={pageSize}/noprompt"), filter, .. attributes]);
        return output.Split('\n').Count(line => line.StartsWith("dn:", StringComparison.Ordinal));
    }

    /// <summary>The names of what is found, with the attributes on the way.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(string filter, params string[] attributes)
    {
        var output = await RunAsync("ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", SambaDomainController.BaseDn, "-E", "pr=1000/noprompt", filter, .. attributes]);
        return Listed(output, "dn");
    }

    /// <summary>One attribute of one object.</summary>
    public async Task<IReadOnlyList<string>> ValuesAsync(string dn, string attribute) =>
        Listed(await RunAsync("ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", dn, "-s", "base", "(objectClass=*)", attribute]), attribute);

    private static List<string> Listed(string ldif, string attribute) =>
        [.. ldif.Split('\n').Where(line => line.StartsWith(attribute + ": ", StringComparison.Ordinal)).Select(line => line[(attribute.Length + 2)..])];

    private async Task ModifyAsync(string program, string ldif)
    {
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{++_files}.ldif"));
        await File.WriteAllTextAsync(file, ldif);
        await RunAsync(program, ["-f", file]);
    }

    private async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, StandardOutputEncoding = Encoding.UTF8 };
        start.Environment["LDAPTLS_CACERT"] = controller.CaFile;
        foreach (var argument in (string[])
            [
                "-x", "-H", $"ldaps://{controller.Address}", "-D", SambaDomainController.Administrator.BindName, "-w", SambaDomainController.Administrator.Password,
                .. arguments,
            ])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
        var errors = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
    }
}
