using GroupPortal.Core.Groups;

namespace GroupPortal.ActiveDirectory;

/// <summary>What the portal writes below the container of its groups, and so what its account needs; nothing else.</summary>
internal static class DirectoryRights
{
    public const string GroupClass = "group";
    public const string Member = "member";

    /// <summary>Attributes of a group. A rename changes cn and name, each with a right of its own.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
    [
        Member, AttributeNames.ManagedBy, AttributeNames.Description, AttributeNames.DisplayName, AttributeNames.Information, AttributeNames.Mail,
        "proxyAddresses", "telephoneNumber", "wWWHomePage", AttributeNames.AccountName, AttributeNames.GroupType, "cn", AttributeNames.Name,
    ];

    /// <summary>Those that allowedAttributesEffective tells of; name belongs to the system and is never among them.</summary>
    public static IEnumerable<string> Told => Attributes.Where(attribute => attribute != AttributeNames.Name);

    /// <summary>Only where the schema has them, that is where Exchange has been.</summary>
    public static IReadOnlyList<string> OfExchange { get; } =
        [AttributeNames.MailNickname, .. Enumerable.Range(1, 15).Select(number => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"extensionAttribute{number}"))];
}
