using GroupPortal.ActiveDirectory;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.ActiveDirectory.Connections;

/// <summary>Settings as an administrator of the test's domain would write them.</summary>
internal sealed class DomainSettings : IDisposable
{
    public const string Key = "Directories:2:Ldap";

    public DomainSettings() => File.WriteAllText(Path.Combine(Folder, "password"), SambaDomainController.Service.Password + "\n");

    public string Folder { get; } = Directory.CreateTempSubdirectory("groupportal-settings-").FullName;

    public DomainOptions Of(SambaDomainController controller) => new()
    {
        BaseDn = SambaDomainController.BaseDn,
        Servers = [$"ldaps://{controller.Address}"],
        Trust = controller.CaFile,
        Account = SambaDomainController.Service.BindName,
        PasswordFile = "password",
        Roles = new DomainRoleOptions { Administrators = ["Domain Admins"] },
    };

    public DomainConnection Read(DomainOptions options)
    {
        var failures = new List<string>();
        var connection = DomainConnection.Read(2, options, Key, Folder, failures);
        Assert.Empty(failures);
        return connection!;
    }

    public IReadOnlyList<string> ProblemsOf(DomainOptions options)
    {
        var failures = new List<string>();
        Assert.Equal(DomainConnection.Read(2, options, Key, Folder, failures) is null, failures.Count > 0);
        return failures;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
