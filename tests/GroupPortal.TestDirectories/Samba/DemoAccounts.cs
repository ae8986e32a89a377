using System.Globalization;

namespace GroupPortal.TestDirectories.Samba;

/// <summary>The accounts beside the company's: the portal's own, and those that may not or hardly sign in.</summary>
internal static class DemoAccounts
{
    private const string EnabledAccount = "512";
    private const string DisabledAccount = "514";

    public static TestAccount Administrator { get; } = DemoDomain.Account("Administrator");

    public static TestAccount Service { get; } = DemoDomain.Account("svc-groupportal");

    /// <summary>May read what everybody may, and write nothing.</summary>
    public static TestAccount Lowly { get; } = DemoDomain.Account("lowly");

    public static TestAccount Disabled { get; } = DemoDomain.Account("disabled");

    public static TestAccount Expired { get; } = DemoDomain.Account("expired");

    public static TestAccount MustChange { get; } = DemoDomain.Account("mustchange");

    /// <summary>Those of the company who can sign in; everybody else has no password.</summary>
    public static IReadOnlyList<TestAccount> People { get; } = [.. new[] { "ada", "ida", "hal", "uma" }.Select(DemoDomain.Account)];

    public static IEnumerable<TemplateObject> Objects =>
    [
        Object(Service, EnabledAccount),
        // The GUID that the samples for Entra ID name as owner and member: here it is somebody too.
        Object(Lowly, EnabledAccount) with { Id = Guid.Parse("ee3ba6e3-02be-47b2-9892-0510bceabb7b") },
        Object(Disabled, DisabledAccount),
        Object(Expired, EnabledAccount, ("accountExpires", new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc).ToFileTimeUtc().ToString(CultureInfo.InvariantCulture))),
        // Only once it has a password.
        Object(MustChange, EnabledAccount) with { Then = new() { ["pwdLastSet"] = ["0"] } },
    ];

    public static string Dn(TestAccount account) => $"CN={account.Name},CN=Users,{DemoDomain.BaseDn}";

    private static TemplateObject Object(TestAccount account, string control, params (string Name, string Value)[] more) =>
        new(Dn(account), new Dictionary<string, string[]>(StringComparer.Ordinal)
        {
            ["objectClass"] = ["user"],
            ["sAMAccountName"] = [account.Name],
            ["userPrincipalName"] = [account.BindName],
            ["userAccountControl"] = [control],
        }.Concat(more.Select(extra => KeyValuePair.Create(extra.Name, (string[])[extra.Value]))).ToDictionary())
        {
            Password = account.Password,
        };
}
