namespace GroupPortal.TestDirectories.Samba;

/// <summary>What every domain controller of the tests has in common.</summary>
internal static class DemoDomain
{
    public const string Realm = "demo.local";
    public const string NetBiosName = "DEMO";
    public const string BaseDn = "DC=demo,DC=local";
    public const string HostName = "dc.demo.local";
    public const string DomainSid = "S-1-5-21-1004336348-1177238915-682003330";

    /// <summary>Known to everybody who reads this, and good for nothing but loopback.</summary>
    public const string Password = "Passw0rd-of-the-demo";

    public static TestAccount Administrator { get; } = Account("Administrator");

    public static TestAccount Account(string name) => new(name, $"{name}@{Realm}", Password);
}
