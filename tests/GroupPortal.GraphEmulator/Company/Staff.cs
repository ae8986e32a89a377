using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Company;

/// <summary>The people: the accounts that tests know by name first, then the leaders of departments, then everybody else.</summary>
internal static class Staff
{
    public static readonly Guid SampleOwner = Guid.Parse("ee3ba6e3-02be-47b2-9892-0510bceabb7b");

    private const int ReportsPerLeader = 9;

    private static readonly (string Account, string Given, string Surname, string Title, int Department, bool IsAdministrator, string? Id)[] Named =
    [
        ("ceo", "Margaret", "Lisle", "Chief Executive Officer", 0, false, null),
        ("ada", "Ada", "Winter", "Directory Administrator", 0, true, null),
        ("ida", "Ida", "Sommer", "Directory Administrator", 0, true, null),
        ("hal", "Hal", "Reyes", "Help Desk Analyst", 0, false, null),
        ("uma", "Uma", "Devi", "Engineering Manager", 4, false, null),
        ("owen", "Owen", "Sample", "Head of IT", 0, false, "ee3ba6e3-02be-47b2-9892-0510bceabb7b"),
        ("manny", "Manny", "Sample", "Service Manager", 1, false, "19a1822e-e7ef-4206-af75-1c2d8b1d15eb"),
    ];

    public static IReadOnlyList<DirectoryObject> Add(Tenant tenant)
    {
        var count = Math.Max(tenant.Options.People, Named.Length + 3);
        var people = new List<DirectoryObject>(count);
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var index = 0; index < count; index++)
        {
            var person = index < Named.Length ? OfName(tenant, index) : Of(tenant, index, taken);
            people.Add(person);
            if (index > 0)
            {
                // A tree: the chief executive, then everybody reports to somebody who came before.
                tenant.Store.SetManager(person, people[(index - 1) / ReportsPerLeader].Id);
            }
        }

        return people;
    }

    private static DirectoryObject OfName(Tenant tenant, int index)
    {
        var (account, given, surname, title, department, isAdministrator, id) = Named[index];
        var person = Create(tenant, index, id is null ? Numbers.Id("user", index) : Guid.Parse(id), account, given, surname, title, department);
        if (isAdministrator)
        {
            tenant.Rights.Promote(person.Id);
        }

        return person;
    }

    private static DirectoryObject Of(Tenant tenant, int index, HashSet<string> taken)
    {
        var given = Words.GivenNames[Numbers.Below(Words.GivenNames.Length, "given", index)];
        var surname = Words.Surnames[Numbers.Below(Words.Surnames.Length, "surname", index)];
        var department = Numbers.Below(Words.Departments.Length, "department", index);
        var account = Plain($"{given}.{surname}");
        for (var number = 2; !taken.Add(account); number++)
        {
            account = string.Create(CultureInfo.InvariantCulture, $"{Plain($"{given}.{surname}")}{number}");
        }

        var title = Numbers.Below(12, "lead", index) == 0 ? $"{Words.Departments[department].Name} Lead" : Words.Departments[department].Title;
        return Create(tenant, index, Numbers.Id("user", index), account, given, surname, title, department);
    }

    private static DirectoryObject Create(Tenant tenant, int index, Guid id, string account, string given, string surname, string title, int department)
    {
        var (city, country, usage, language, postal, street) = Words.Offices[Numbers.Below(Words.Offices.Length, "office", index)];
        var principal = $"{account}@{tenant.Options.Domain}";
        var isGuest = index >= Named.Length && index % 29 == 0;
        var isSynchronized = index >= Named.Length && index % 7 == 0;
        var number = index.ToString("00000", CultureInfo.InvariantCulture);
        var extensions = new JsonObject();
        for (var attribute = 1; attribute <= 15; attribute++)
        {
            extensions[string.Create(CultureInfo.InvariantCulture, $"extensionAttribute{attribute}")] =
                attribute == 1 ? $"CC-{1000 + (department * 10) + (index % 3)}" : null;
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["displayName"] = $"{given} {surname}",
            ["givenName"] = given,
            ["surname"] = surname,
            ["userPrincipalName"] = isGuest ? $"{account}_partner.example#EXT#@{tenant.Options.Domain}" : principal,
            ["mail"] = isGuest ? $"{account}@partner.example" : principal,
            ["mailNickname"] = account,
            ["proxyAddresses"] = isGuest ? Array.Empty<string>() : [$"SMTP:{principal}", $"smtp:{account}@mail.{tenant.Options.Domain}"],
            ["imAddresses"] = isGuest ? Array.Empty<string>() : [principal],
            ["otherMails"] = isGuest ? [$"{account}@partner.example"] : Array.Empty<string>(),
            ["jobTitle"] = isGuest ? null : title,
            ["department"] = isGuest ? null : Words.Departments[department].Name,
            ["companyName"] = isGuest ? "Partner" : Words.CompanyName,
            ["officeLocation"] = city,
            ["city"] = city,
            ["state"] = null,
            ["country"] = country,
            ["usageLocation"] = usage,
            ["preferredLanguage"] = language,
            ["postalCode"] = postal,
            ["streetAddress"] = street,
            ["employeeId"] = isGuest ? null : "E" + number,
            ["employeeType"] = isGuest ? null : index % 11 == 0 ? "Contractor" : "Employee",
            ["employeeHireDate"] = isGuest ? null : new DateTimeOffset(2012 + (index % 13), 1 + (index % 12), 1 + (index % 28), 0, 0, 0, TimeSpan.Zero),
            ["businessPhones"] = new[] { "+44 113 555 " + number },
            ["mobilePhone"] = "+44 7700 9" + number,
            ["faxNumber"] = null,
            ["passwordPolicies"] = "None",
            ["userType"] = isGuest ? "Guest" : "Member",
            ["accountEnabled"] = index < Named.Length || index % 23 != 0,
            ["createdDateTime"] = new DateTimeOffset(2019, 3, 1, 8, 0, 0, TimeSpan.Zero).AddDays(index % 700),
            ["onPremisesSyncEnabled"] = isSynchronized ? true : null,
            ["onPremisesDistinguishedName"] = isSynchronized ? $"CN={given} {surname},OU=People,DC=fennimore,DC=example" : null,
            ["onPremisesSamAccountName"] = isSynchronized ? account : null,
            ["onPremisesSecurityIdentifier"] = isSynchronized ? "S-1-5-21-1004336348-1177238915-682003330-1" + number : null,
            ["onPremisesExtensionAttributes"] = extensions,
            ["assignedPlans"] = Plans(index, isGuest),
        };
        return tenant.Store.Create(id, ObjectKind.User, TimeSpan.Zero, values);
    }

    private static JsonArray Plans(int index, bool isGuest) => isGuest || index % 5 == 0
        ? []
        :
        [
            new JsonObject
            {
                ["assignedDateTime"] = "2024-01-10T09:00:00Z",
                ["capabilityStatus"] = "Enabled",
                ["service"] = "exchange",
                ["servicePlanId"] = "efb87545-963c-4e0d-99df-69c6916d9eb0",
            },
        ];

    /// <summary>Without marks: O'Hara Björnstad is ohara.bjornstad.</summary>
    private static string Plain(string name)
    {
        var plain = new StringBuilder();
        foreach (var character in name.Replace("ł", "l", StringComparison.Ordinal).Replace("ø", "o", StringComparison.Ordinal).Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(character) || character == '.')
            {
                plain.Append(char.ToLowerInvariant(character));
            }
        }

        return plain.ToString();
    }
}
