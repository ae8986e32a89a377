using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;

namespace GroupPortal.EntraId.Reading;

/// <summary>The kinds of object of a tenant: Graph's type, the collection they stand in, and what lists show of them.</summary>
/// <param name="Permission">The least that an app needs to read them.</param>
internal sealed record ObjectKinds(ObjectKind Kind, string Type, string Collection, string Permission, IReadOnlyList<string> Select)
{
    /// <summary>What tells the type of a group.</summary>
    public static readonly IReadOnlyList<string> OfGroupType = ["groupTypes", "mailEnabled", "resourceProvisioningOptions"];

    public static IReadOnlyList<ObjectKinds> All { get; } =
    [
        new(ObjectKind.User, "user", "/users", "User.Read.All",
            ["id", "displayName", "userPrincipalName", "mail", "jobTitle", "department", "officeLocation", "accountEnabled"]),
        new(ObjectKind.Contact, "orgContact", "/contacts", "OrgContact.Read.All", ["id", "displayName", "mail", "jobTitle", "department"]),
        new(ObjectKind.Group, "group", "/groups", "GroupMember.Read.All", ["id", "displayName", "mail", .. OfGroupType, "isAssignableToRole"]),
        new(ObjectKind.Device, "device", "/devices", "Device.Read.All", ["id", "displayName", "accountEnabled"]),
        new(ObjectKind.ServicePrincipal, "servicePrincipal", "/servicePrincipals", "Application.Read.All", ["id", "displayName", "accountEnabled"]),
    ];

    /// <summary>For lists of any kinds together.</summary>
    public static IReadOnlyList<string> SelectOfAny { get; } = [.. All.SelectMany(kind => kind.Select).Distinct(StringComparer.Ordinal)];

    public static IReadOnlyList<string> Types { get; } = [.. All.Select(kind => kind.Type)];

    /// <summary>Those asked for; none means all. A tenant has no computers, no units.</summary>
    public static IReadOnlyList<ObjectKinds> Of(IReadOnlyCollection<ObjectKind> kinds) =>
        kinds.Count == 0 ? All : [.. All.Where(kind => kinds.Contains(kind.Kind))];

    public static ObjectKinds Of(ObjectKind kind) => All.First(one => one.Kind == kind);

    /// <summary>What an app that may not read this kind is told: which permission it lacks.</summary>
    public DirectoryError Explain(DirectoryError error) =>
        error is DirectoryError.AccessDenied ? error with { Detail = Texts.Format("Graph.MissingPermission", Type, Permission) } : error;

    /// <summary>By the annotation that rows of mixed lists carry; null for what is none of ours (a role, an administrative unit).</summary>
    public static ObjectKinds? Of(JsonElement item) =>
        item.Text("@odata.type") is { } type
            ? All.FirstOrDefault(kind => type.EndsWith("." + kind.Type, StringComparison.OrdinalIgnoreCase))
            : null;
}
