using System.Globalization;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Company;

/// <summary>Devices, contacts and service principals.</summary>
internal static class Belongings
{
    private static readonly string[] Applications = ["Ledger Sync", "Nightly Export", "Build Runner", "Badge Printer", "Survey Bot", "Data Gateway"];

    private static readonly (string Name, string Partner)[] Contacts =
        [("Greta Holm", "Northgate"), ("Luis Ferro", "Pontevia"), ("Anna Krol", "Silverbrook"), ("Tom Adeyemi", "Northgate"), ("Mei Sato", "Kawabe"), ("Otto Brandt", "Pontevia")];

    private static readonly (string System, string Version, string Maker, string Model)[] Machines =
        [("Windows", "10.0.26100.2033", "Contoso Hardware", "Book 14"), ("macOS", "15.3", "Apple", "MacBook Air"), ("iOS", "18.2", "Apple", "iPhone 16"), ("Android", "15", "Google", "Pixel 9")];

    public static IReadOnlyList<DirectoryObject> Add(Tenant tenant)
    {
        var all = new List<DirectoryObject>();
        for (var index = 0; index < Math.Max(12, tenant.Options.People / 2); index++)
        {
            all.Add(Device(tenant, index));
        }

        for (var index = 0; index < Contacts.Length; index++)
        {
            var (name, partner) = Contacts[index];
            var mail = $"{name.Replace(' ', '.').ToLowerInvariant()}@{partner.ToLowerInvariant()}.example";
            all.Add(tenant.Store.Create(Numbers.Id("contact", index), ObjectKind.Contact, TimeSpan.Zero, new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["displayName"] = $"{name} ({partner})",
                ["givenName"] = name.Split(' ')[0],
                ["surname"] = name.Split(' ')[1],
                ["companyName"] = partner,
                ["mail"] = mail,
                ["mailNickname"] = name.Replace(" ", "", StringComparison.Ordinal),
                ["proxyAddresses"] = new[] { "SMTP:" + mail },
            }));
        }

        for (var index = 0; index < Applications.Length; index++)
        {
            all.Add(tenant.Store.Create(Numbers.Id("servicePrincipal", index), ObjectKind.ServicePrincipal, TimeSpan.Zero, new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["displayName"] = Applications[index],
                ["appDisplayName"] = Applications[index],
                ["appId"] = Numbers.Id("application", index).ToString(),
                ["servicePrincipalType"] = index == 5 ? "ManagedIdentity" : "Application",
                ["accountEnabled"] = true,
                ["createdDateTime"] = new DateTimeOffset(2023, 5, 4, 10, 0, 0, TimeSpan.Zero),
            }));
        }

        return all;
    }

    private static DirectoryObject Device(Tenant tenant, int index)
    {
        var (system, version, maker, model) = Machines[index % Machines.Length];
        var isManaged = index % 3 != 0;
        return tenant.Store.Create(Numbers.Id("device", index), ObjectKind.Device, TimeSpan.Zero, new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["displayName"] = string.Create(CultureInfo.InvariantCulture, $"FL-{system[..3].ToUpperInvariant()}-{index:0000}"),
            ["deviceId"] = Numbers.Id("deviceId", index).ToString(),
            ["operatingSystem"] = system,
            ["operatingSystemVersion"] = version,
            ["manufacturer"] = maker,
            ["model"] = model,
            ["trustType"] = index % 4 == 0 ? "ServerAd" : index % 4 == 3 ? "Workplace" : "AzureAd",
            ["deviceOwnership"] = isManaged ? "Company" : "Personal",
            ["managementType"] = isManaged ? "MDM" : null,
            ["mdmAppId"] = isManaged ? "0000000a-0000-0000-c000-000000000000" : null,
            ["isManaged"] = isManaged,
            ["isCompliant"] = isManaged,
            ["isRooted"] = false,
            ["accountEnabled"] = index % 17 != 0,
            ["profileType"] = "RegisteredDevice",
            ["physicalIds"] = new[] { $"[USER-HWID]:{Numbers.Id("hardware", index)}" },
            ["systemLabels"] = Array.Empty<string>(),
            ["createdDateTime"] = new DateTimeOffset(2024, 2, 1, 7, 0, 0, TimeSpan.Zero).AddDays(index % 300),
            ["approximateLastSignInDateTime"] = new DateTimeOffset(2026, 6, 1, 7, 0, 0, TimeSpan.Zero).AddDays(index % 60),
        });
    }
}
