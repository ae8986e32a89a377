using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

/// <summary>Graph's objects as lists and pickers show them.</summary>
internal static class ObjectValues
{
    /// <summary>An object of a list of one kind, or of a mixed list; null for what is none of ours.</summary>
    public static DirectoryObject? Of(JsonElement item, Tenant tenant, ObjectKind? known = null)
    {
        if (item.Id() is not { } id || (known ?? ObjectKinds.Of(item)?.Kind) is not { } kind)
        {
            return null;
        }

        var name = item.Text("displayName");
        // Without the permission for its kind an object is its id and nothing else.
        return new DirectoryObject(id, kind, name ?? id.ToString("D"), tenant.DnOf(id).ToString())
        {
            DisplayName = name,
            UserPrincipalName = item.Text("userPrincipalName"),
            Mail = item.Text("mail"),
            Title = item.Text("jobTitle"),
            Department = item.Text("department"),
            Office = item.Text("officeLocation"),
            Enabled = item.Flag("accountEnabled") ?? true,
            GroupType = kind == ObjectKind.Group ? (int)GroupTypeOf(item) : null,
            IsProtected = kind == ObjectKind.Group && IsProtected(item),
        };
    }

    /// <summary>Every group is of exactly one type; <see cref="GroupFilter"/> asks for them by the same rules.</summary>
    public static EntraGroupType GroupTypeOf(JsonElement group) =>
        group.Texts("groupTypes").Contains("Unified", StringComparer.OrdinalIgnoreCase)
            ? group.Texts("resourceProvisioningOptions").Contains("Team", StringComparer.OrdinalIgnoreCase) ? EntraGroupType.Teams : EntraGroupType.Microsoft365
            : group.Flag("mailEnabled") == true ? EntraGroupType.Distribution : EntraGroupType.Security;

    public static bool IsDynamic(JsonElement group) => group.Texts("groupTypes").Contains("DynamicMembership", StringComparer.OrdinalIgnoreCase);

    /// <summary>A group that can hold a role of the directory.</summary>
    public static bool IsProtected(JsonElement group) => group.Flag("isAssignableToRole") == true;

    public static GroupAuthority AuthorityOf(JsonElement group) =>
        group.Flag("onPremisesSyncEnabled") == true ? GroupAuthority.OnPremises
        : GroupTypeOf(group) == EntraGroupType.Distribution ? GroupAuthority.Exchange
        : GroupAuthority.Directory;

    /// <summary>
    /// Graph does not tell when a group was changed. The nearest that it has: when it was made or last renewed, which is also what
    /// its expiration counts from.
    /// </summary>
    public static DateTimeOffset ChangedOf(JsonElement group) =>
        group.Time("renewedDateTime") ?? group.Time("createdDateTime") ?? default;

    /// <summary>In the order of names, as this kind of store compares them.</summary>
    public static IEnumerable<T> ByName<T>(this IEnumerable<T> items, Func<T, string> name, Func<T, Guid> id) =>
        items.OrderBy(item => Folding.EntraId.Fold(name(item)), StringComparer.Ordinal).ThenBy(id);

    public static IEnumerable<DirectoryObject> ByName(this IEnumerable<DirectoryObject> items) => items.ByName(item => item.Name, item => item.Id);
}
