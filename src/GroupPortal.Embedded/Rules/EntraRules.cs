using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Rules;

/// <summary>Entra ID as Microsoft Graph shows it, in Graph's own sentences.</summary>
internal static class EntraRules
{
    private const string NicknamesNotAllowed = "@()\\[]\";:<>, ";

    private static readonly HashSet<ObjectKind> Owners = [ObjectKind.User, ObjectKind.ServicePrincipal];
    private static readonly HashSet<ObjectKind> SecurityMembers = [ObjectKind.User, ObjectKind.Group, ObjectKind.Device, ObjectKind.ServicePrincipal];
    private static readonly HashSet<ObjectKind> DistributionMembers = [ObjectKind.User, ObjectKind.Contact, ObjectKind.Group];
    private static readonly HashSet<ObjectKind> UnifiedMembers = [ObjectKind.User];
    private static readonly string[] Visibilities = ["Public", "Private", "HiddenMembership"];

    public static StoreRules Create(IdentityStore store, bool exchange) => new()
    {
        Folding = Folding.EntraId,
        Catalog = AttributeCatalogs.For(store.Kind),
        Capabilities = new StoreCapabilities(HasMailNickname: true, HasExchange: exchange, HasTeams: true, WriteRules.EntraId.MembersPerWrite),
        Writes = WriteRules.EntraId,
        Words = Words,
        MaximumOwners = 100,
        KeepsLastOwner = true,
        RequiredAttributes = new HashSet<string>(
            [AttributeNames.DisplayName, AttributeNames.GroupType, AttributeNames.MailNickname], StringComparer.OrdinalIgnoreCase),
        OwnerKinds = Owners,
        MemberKinds = type => (EntraGroupType)type switch
        {
            EntraGroupType.Microsoft365 or EntraGroupType.Teams => UnifiedMembers,
            EntraGroupType.Distribution => DistributionMembers,
            _ => SecurityMembers,
        },
        Normalise = (_, value) => value,
        CheckValue = CheckValue,
        CheckGroupType = (before, after) => CheckGroupType(before, after, exchange),
        Complete = (group, _) => Complete(group, store),
        Computed = Computed,
        CheckDelete = group => group.IsProtected
            ? new DirectoryError.AccessDenied { ServerText = Words.CannotDelete(group.Dn) }
            : null,
        DefaultGroupType = null,
    };

    private static ServerWords Words { get; } = new()
    {
        ValueTaken = (attribute, _) => $"Another object with the same value for property {attribute} already exists.",
        DnTaken = _ => "Another object with the same value for property id already exists.",
        ParentMissing = dn => $"Resource '{dn}' does not exist.",
        BadDn = dn => $"Resource '{dn}' does not exist.",
        GroupMissing = id => $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.",
        ReferenceMissing = (_, id) => $"Resource '{id}' does not exist or one of its queried reference-property objects are not present.",
        MemberRefused = (kind, _) => $"Request_BadRequest: objects of the type {kind} are not supported as members of this group type.",
        OwnerRefused = kind => $"Request_BadRequest: objects of the type {kind} are not supported as owners of a group.",
        UnknownAttribute = attribute => $"Request_BadRequest: Property '{attribute}' does not exist as a declared property or extension property.",
        ReadOnlyAttribute = attribute => $"Request_BadRequest: Property '{attribute}' is read-only and cannot be set.",
        InvalidValue = attribute => $"Invalid value specified for property '{attribute}' of resource 'Group'.",
        SeveralValues = attribute => $"Request_BadRequest: A single value was expected for property '{attribute}' of resource 'Group'.",
        EmptyValue = attribute => $"A value is required for property '{attribute}' of resource 'Group'.",
        CannotDelete = _ => "Insufficient privileges to complete the operation.",
        VersionConflict = "Request_BadRequest: The object was changed by a concurrent request.",
        ValueConflict = attribute => $"Request_BadRequest: The value of property '{attribute}' was changed by a concurrent request.",
    };

    private static bool Is(string attribute, string name) => string.Equals(attribute, name, StringComparison.OrdinalIgnoreCase);

    private static DirectoryError.InvalidValue? CheckValue(string attribute, string value)
    {
        var isWrong =
            (Is(attribute, AttributeNames.MailNickname)
                && value.Any(character => !char.IsAscii(character) || NicknamesNotAllowed.Contains(character, StringComparison.Ordinal)))
            || (Is(attribute, AttributeNames.Visibility) && !Visibilities.Contains(value, StringComparer.OrdinalIgnoreCase));
        return isWrong ? new DirectoryError.InvalidValue { Attribute = attribute, ServerText = Words.InvalidValue(attribute) } : null;
    }

    private static DirectoryError? CheckGroupType(int? before, int after, bool exchange)
    {
        if (!Enum.IsDefined((EntraGroupType)after))
        {
            return new DirectoryError.InvalidValue { Attribute = AttributeNames.GroupType, ServerText = Words.InvalidValue("groupTypes") };
        }

        if (before is null)
        {
            return after != (int)EntraGroupType.Distribution || exchange ? null : new DirectoryError.Unsupported
            {
                Attribute = AttributeNames.GroupType,
                ServerText = "Request_BadRequest: mail-enabled security/distribution groups cannot be created through Graph.",
                Detail = "A distribution group is made in Exchange Online; Microsoft Graph cannot create one.",
            };
        }

        // The one way there is: a Microsoft 365 group becomes a team.
        return before == after || ((EntraGroupType)before, (EntraGroupType)after) is (EntraGroupType.Microsoft365, EntraGroupType.Teams)
            ? null
            : new DirectoryError.Unsupported { Attribute = AttributeNames.GroupType, ServerText = Words.ReadOnlyAttribute("groupTypes") };
    }

    private static (StoredObject Group, DirectoryError? Error) Complete(StoredObject group, IdentityStore store)
    {
        if (group.MailNickname is null)
        {
            return (group, new DirectoryError.InvalidValue { Attribute = AttributeNames.MailNickname, ServerText = Words.EmptyValue(AttributeNames.MailNickname) });
        }

        return (IsMailEnabled(group) ? group with { Mail = $"{group.MailNickname}@{store.Name}" } : group, null);
    }

    private static bool IsMailEnabled(StoredObject group) => group.GroupType != (int)EntraGroupType.Security;

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Computed(StoredObject group)
    {
        yield return StoreRules.One("id", group.Id.ToString());
        yield return StoreRules.One("mailEnabled", IsMailEnabled(group) ? "true" : "false");
        yield return StoreRules.One("securityEnabled", group.GroupType == (int)EntraGroupType.Security ? "true" : "false");
        yield return StoreRules.One("createdDateTime", new DateTime(group.Created, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        // The API asks both kinds of store for these two.
        yield return StoreRules.One("distinguishedName", group.Dn);
        yield return StoreRules.One("cn", group.Name);
    }
}
