using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Rules;

/// <summary>
/// Active Directory, as measured on a Samba domain controller: codes and sentences are the server's. Like the server it
/// does not look for loops, self-membership or scopes that do not nest; the planner does.
/// </summary>
internal static class ActiveDirectoryRules
{
    private const string NamesNotAllowed = "\"/\\[]:;|=,+*?<>";

    private static readonly HashSet<ObjectKind> Members = [ObjectKind.User, ObjectKind.Contact, ObjectKind.Computer, ObjectKind.Group];

    public static StoreRules Create(IdentityStore store)
    {
        var domainSid = DomainSid(store);
        return new StoreRules
        {
            Folding = Folding.ActiveDirectory,
            // A real AD's groups have no company; the demo's schema is extended with it, because the API's samples set it.
            Catalog = AttributeCatalogs.For(store.Kind).With([new AttributeDefinition("company", "Company", MaximumLength: 64)]),
            Capabilities = new StoreCapabilities(HasMailNickname: true, HasExchange: false, HasTeams: false, WriteRules.ActiveDirectory.MembersPerWrite),
            Writes = WriteRules.ActiveDirectory,
            Words = Words,
            MaximumOwners = 1,
            KeepsLastOwner = false,
            RequiredAttributes = new HashSet<string>([AttributeNames.Name, AttributeNames.GroupType, AttributeNames.AccountName], StringComparer.OrdinalIgnoreCase),
            OwnerKinds = Members,
            MemberKinds = _ => Members,
            Normalise = (attribute, value) =>
                Is(attribute, AttributeNames.GroupType) && AdGroupType.TryParse(value, out var type) ? type.Text : value,
            CheckValue = CheckValue,
            CheckGroupType = CheckGroupType,
            Complete = (group, nextRid) => (Complete(group, domainSid, nextRid), null),
            Computed = Computed,
            CheckDelete = group => IsCritical(group)
                ? new DirectoryError.PolicyBlocked { ServerText = Words.CannotDelete(group.Dn) }
                : null,
            DefaultGroupType = new AdGroupType(AdGroupScope.Global, IsSecurity: true).Value,
        };
    }

    /// <summary>The domain's part of its objects' SIDs; made up, and the same for the same domain.</summary>
    public static string DomainSid(IdentityStore store)
    {
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(store.BaseDn.ToUpperInvariant()));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"S-1-5-21-{BitConverter.ToUInt32(hash, 0)}-{BitConverter.ToUInt32(hash, 4)}-{BitConverter.ToUInt32(hash, 8)}");
    }

    private static ServerWords Words { get; } = new()
    {
        ValueTaken = (attribute, value) => Is(attribute, AttributeNames.AccountName)
            ? $"00002071: samldb: samAccountName '{value}' already in use!"
            : $"000021C8: AtrErr: DSID-03200EA1, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att {attribute}: '{value}' already in use",
        DnTaken = dn => $"Entry {dn} already exists",
        ParentMissing = dn => $"00002030: objectclass: Cannot add {dn}, parent does not exist!",
        BadDn = _ => "00002032: ldb_add: invalid dn '(null)'",
        GroupMissing = id => $"00002030: No such Base DN: <GUID={id}>",
        ReferenceMissing = (attribute, id) => Is(attribute, AttributeNames.ManagedBy)
            ? $"000020B5: Referenced object not found at <GUID={id}>"
            : $"00000525: specified dn doesn't exist at <GUID={id}>",
        MemberRefused = (kind, _) => $"00002035: objects of the kind {kind} can't be members of a group!",
        OwnerRefused = kind => $"00002035: objects of the kind {kind} can't manage a group!",
        UnknownAttribute = attribute => $"0000200A: objectclass_attrs: attribute '{attribute}' was not found in the schema!",
        ReadOnlyAttribute = attribute => Is(attribute, AttributeNames.Name) || Is(attribute, "cn")
            ? $"00002016: Modify of RDN '{attribute}' must use 'rename' operation instead"
            : $"0000202F: attribute '{attribute}' can only be modified as system",
        InvalidValue = attribute => $"0000200B: objectclass_attrs: attribute '{attribute}' contains at least one invalid value!",
        SeveralValues = attribute => $"0000200D: SINGLE-VALUE attribute {attribute} specified more than once",
        EmptyValue = attribute => Is(attribute, AttributeNames.AccountName)
            ? "00002077: samldb: 'samAccountName' can't be deleted/empty!"
            : $"Element {attribute} has empty attribute in ldb message!",
        CannotDelete = dn => $"00002035: objectclass: Cannot delete {dn}, it isn't permitted!",
        VersionConflict = "uSNChanged is not what it was",
        ValueConflict = attribute => $"attribute '{attribute}': no matching attribute value while deleting attribute",
    };

    private static bool Is(string attribute, string name) => string.Equals(attribute, name, StringComparison.OrdinalIgnoreCase);

    private static DirectoryError.InvalidValue? CheckValue(string attribute, string value)
    {
        if (!Is(attribute, AttributeNames.AccountName))
        {
            return null;
        }

        var wrong = value.FirstOrDefault(character => NamesNotAllowed.Contains(character, StringComparison.Ordinal));
        var text = wrong != default ? $"0000202F: samldb: sAMAccountName contains invalid '{wrong}' character\n"
            : value.EndsWith('.') ? "0000202F: samldb: sAMAccountName ends with '.'"
            : null;
        return text is null ? null : new DirectoryError.InvalidValue { Attribute = AttributeNames.AccountName, ServerText = text };
    }

    private static DirectoryError.InvalidValue? CheckGroupType(int? before, int after)
    {
        if (!AdGroupType.TryFrom(after, out var type))
        {
            return Refused(before is null
                ? "00002035: samldb: Unrecognized account type!"
                : "error in module samldb: Unwilling to perform during LDB_MODIFY (53)");
        }

        return (before is { } value && AdGroupType.TryFrom(value, out var old) ? old.Scope : type.Scope, type.Scope) switch
        {
            (AdGroupScope.DomainLocal, AdGroupScope.Global) => Refused("00002035: samldb: Change from security/distribution local group forbidden!"),
            (AdGroupScope.Global, AdGroupScope.DomainLocal) => Refused("00002035: samldb: Change from security/distribution global group forbidden!"),
            _ => null,
        };

        static DirectoryError.InvalidValue Refused(string text) => new() { Attribute = AttributeNames.GroupType, ServerText = text };
    }

    private static StoredObject Complete(StoredObject group, string domainSid, Func<long> nextRid)
    {
        var rid = nextRid();
        return group with
        {
            Sid = string.Create(CultureInfo.InvariantCulture, $"{domainSid}-{rid}"),
            // What the server makes up when nobody gives one.
            AccountName = group.AccountName ?? string.Create(CultureInfo.InvariantCulture, $"${rid:X6}-{group.Id.ToString("N")[..12].ToUpperInvariant()}"),
        };
    }

    private static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Computed(StoredObject group)
    {
        yield return StoreRules.One("cn", group.Name);
        yield return StoreRules.One("distinguishedName", group.Dn);
        yield return StoreRules.One("whenCreated", Time(group.Created));
        yield return StoreRules.One("whenChanged", Time(group.Changed));
        yield return StoreRules.One("uSNChanged", group.Version.ToString(CultureInfo.InvariantCulture));
        if (group.Sid is not null)
        {
            yield return StoreRules.One("objectSid", group.Sid);
        }

        if (group.IsProtected)
        {
            yield return StoreRules.One("adminCount", "1");
        }
    }

    private static string Time(long ticks) => new DateTime(ticks, DateTimeKind.Utc).ToString("yyyyMMddHHmmss'.0Z'", CultureInfo.InvariantCulture);

    /// <summary>The domain's own groups have a RID below 1000; they carry isCriticalSystemObject on a real server.</summary>
    private static bool IsCritical(StoredObject group) =>
        group.IsProtected
        || (group.Sid is { } sid && long.TryParse(sid.AsSpan(sid.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var rid) && rid < 1000);
}
