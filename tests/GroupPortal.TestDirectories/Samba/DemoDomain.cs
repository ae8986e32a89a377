using GroupPortal.Core.Directories;

namespace GroupPortal.TestDirectories.Samba;

/// <summary>What every domain controller of the tests has in common.</summary>
internal static class DemoDomain
{
    public const string Realm = "demo.local";
    public const string NetBiosName = "DEMO";
    public const string BaseDn = "DC=demo,DC=local";
    public const string HostName = "dc.demo.local";
    public const int People = 1000;

    /// <summary>Everybody's. Known to whoever reads this, and good for nothing but loopback.</summary>
    public const string Password = "Passw0rd-of-the-demo";

    /// <summary>The embedded store whose company the domain has.</summary>
    public static IdentityStore Store { get; } = new(2, Realm, StoreKind.ActiveDirectory, StoreConnection.Embedded, BaseDn, HostName);

    public static TestAccount Account(string name) => new(name, $"{name}@{Realm}", Password);
}
