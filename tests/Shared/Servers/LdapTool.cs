using System.Globalization;
using System.Net;
using System.Text;
using GroupPortal.TestDirectories;
using GroupPortal.TestDirectories.Processes;

namespace GroupPortal.Tests;

/// <summary>Debian's ldap-utils: a client that is neither ours nor .NET's.</summary>
internal sealed class LdapTool(Uri server, string caFile, TestAccount account)
{
    public static LdapTool For(SambaDomainController controller, TestAccount account) =>
        new(Url("ldaps", controller.Address, SambaDomainController.LdapsPort), controller.CaFile, account);

    public static LdapTool For(StrictDomain domain, TestAccount account) =>
        new(Url("ldaps", domain.EndPoint.Address, domain.EndPoint.Port), domain.CaFile, account);

    public static Uri Url(string scheme, IPAddress address, int port) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{scheme}://{address}:{port}"));

    /// <summary>Unfolded lines of LDIF.</summary>
    public Task<(int Code, string[] Lines)> SearchAsync(string baseDn, string filter, params string[] more) =>
        SearchForAsync(baseDn, filter, ["*"], more);

    /// <inheritdoc cref="SearchAsync"/>
    public async Task<(int Code, string[] Lines)> SearchForAsync(string baseDn, string filter, string[] attributes, params string[] more)
    {
        var (code, output, _) = await RunAsync("ldapsearch", ["-LLL", "-o", "ldif-wrap=no", "-b", baseDn, .. more, filter, .. attributes]);
        return (code, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>The values of one attribute, of all that are found.</summary>
    public async Task<IReadOnlyList<string>> ValuesAsync(string baseDn, string filter, string attribute)
    {
        var (code, lines) = await SearchForAsync(baseDn, filter, [attribute], "-E", "pr=500/noprompt");
        // An object that is not there is one that has no values.
        Assert.Contains(code, new[] { 0, 32 });
        var (plain, encoded) = (attribute + ": ", attribute + ":: ");
        return
        [
            .. lines.Select(line =>
                line.StartsWith(plain, StringComparison.Ordinal) ? line[plain.Length..]
                : line.StartsWith(encoded, StringComparison.Ordinal) ? Encoding.UTF8.GetString(Convert.FromBase64String(line[encoded.Length..]))
                : null).OfType<string>(),
        ];
    }

    public async Task<int> ModifyAsync(string ldif)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, ldif, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return (await RunAsync("ldapmodify", ["-f", file])).Code;
        }
        finally
        {
            File.Delete(file);
        }
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string program, IEnumerable<string> arguments) => Tool.TryAsync(
        program,
        ["-x", "-H", server.ToString().TrimEnd('/'), "-D", account.BindName, "-w", account.Password, .. arguments],
        [("LDAPTLS_CACERT", caFile)],
        CancellationToken.None);
}
