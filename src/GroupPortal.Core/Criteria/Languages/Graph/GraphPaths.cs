using static GroupPortal.Core.Criteria.Languages.Graph.GraphFilters;

namespace GroupPortal.Core.Criteria.Languages.Graph;

/// <summary>
/// The paths that can be filtered. What is not here is evaluated afterwards: an unsupported filter is an error for the whole
/// query. <c>contains</c> is not supported on any directory property.
/// </summary>
internal static class GraphPaths
{
    private const GraphFilters Text = Equal | StartsWith | Null;

    private static readonly Dictionary<string, GraphFilters> Known = new(StringComparer.Ordinal)
    {
        ["id"] = Equal,
        ["accountEnabled"] = Equal,
        ["displayName"] = Text,
        ["givenName"] = Text,
        ["surname"] = Text,
        ["userPrincipalName"] = Equal | StartsWith | EndsWith,
        ["mail"] = Text | EndsWith,
        ["mailNickname"] = Equal | StartsWith,
        ["proxyAddresses"] = Equal | StartsWith | EndsWith | Collection,
        ["otherMails"] = Equal | StartsWith | EndsWith | Collection,
        ["department"] = Text,
        ["jobTitle"] = Text,
        ["companyName"] = Text,
        ["officeLocation"] = Text,
        ["city"] = Text,
        ["state"] = Text,
        ["streetAddress"] = Text,
        ["postalCode"] = Text,
        ["country"] = Text,
        ["usageLocation"] = Text,
        ["employeeId"] = Text,
        ["employeeType"] = Equal | StartsWith,
        ["mobilePhone"] = Text,
        ["faxNumber"] = Text,
        ["preferredLanguage"] = Text,
        ["userType"] = Equal | Null,
        ["onPremisesSecurityIdentifier"] = Equal | Null,
        ["onPremisesSyncEnabled"] = Equal | Null,
        ["employeeHireDate"] = Equal | Ordered,
        ["createdDateTime"] = Equal | Ordered,
        ["deviceId"] = Equal | StartsWith,
        ["operatingSystem"] = Text,
        ["operatingSystemVersion"] = Text,
        ["mdmAppId"] = Equal,
        ["profileType"] = Equal,
        ["trustType"] = Equal,
        ["physicalIds"] = Equal | StartsWith | Collection,
        ["systemLabels"] = Equal | StartsWith | Collection,
    };

    public static GraphFilters Of(string path) =>
        Known.TryGetValue(path, out var filters) ? filters
        : path.StartsWith("onPremisesExtensionAttributes/", StringComparison.Ordinal) ? Equal
        : None;
}
