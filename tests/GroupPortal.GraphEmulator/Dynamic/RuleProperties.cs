using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Dynamic;

/// <summary>The names of the rule language, and where Graph keeps their values.</summary>
internal static class RuleProperties
{
    private static readonly Dictionary<string, string> Renamed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["objectId"] = "id",
        ["dirSyncEnabled"] = "onPremisesSyncEnabled",
        ["facsimileTelephoneNumber"] = "faxNumber",
        ["mobile"] = "mobilePhone",
        ["telephoneNumber"] = "businessPhones",
        ["physicalDeliveryOfficeName"] = "officeLocation",
        ["sipProxyAddress"] = "imAddresses",
    };

    private static readonly HashSet<string> Same = new(
        [
            "accountEnabled", "city", "country", "companyName", "department", "displayName", "employeeId", "givenName", "jobTitle", "mail", "mailNickname",
            "onPremisesDistinguishedName", "onPremisesSecurityIdentifier", "passwordPolicies", "postalCode", "preferredLanguage", "state", "streetAddress",
            "surname", "usageLocation", "userPrincipalName", "userType", "otherMails", "proxyAddresses", "employeeHireDate", "assignedPlans", "memberOf",
        ],
        StringComparer.OrdinalIgnoreCase);

    public static bool IsKnown(string name) => Renamed.ContainsKey(name) || Same.Contains(name) || IsExtension(name);

    /// <summary>Nothing: it has no value.</summary>
    public static IReadOnlyList<object> Values(DirectoryObject person, string name)
    {
        var value = IsExtension(name)
            ? (person["onPremisesExtensionAttributes"] as JsonObject)?.FirstOrDefault(part => part.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value?.ToString()
            : person[Renamed.GetValueOrDefault(name) ?? Schema.Schemas.User.Find(name)?.Name ?? name];
        return value switch
        {
            null or "" => [],
            string[] texts => texts,
            _ => [value],
        };
    }

    private static bool IsExtension(string name) =>
        name.StartsWith("extensionAttribute", StringComparison.OrdinalIgnoreCase) || name.StartsWith("extension_", StringComparison.OrdinalIgnoreCase);
}
