using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Groups;

/// <summary>
/// Who may be a member or an owner of what. Directories check this in part (AD the scopes, Graph the kinds) or not at all
/// (Samba), so it is refused here for all of them. Codes are keys of <c>Problem.*</c>.
/// </summary>
public static class MembershipRules
{
    /// <summary>Graph's documented maximum.</summary>
    public const int MaximumEntraOwners = 100;

    /// <summary>Why an object may not be a member of a group of this type, or null.</summary>
    public static string? WhyNotMember(StoreKind store, int groupType, DirectoryObject candidate) => store switch
    {
        StoreKind.ActiveDirectory => WhyNotMemberOfAd(groupType, candidate),
        StoreKind.EntraId => WhyNotMemberOfEntra(groupType, candidate),
        _ => throw new ArgumentOutOfRangeException(nameof(store), store, message: null),
    };

    /// <summary>Why an object may not own a group, or null. Users everywhere; in AD contacts and security groups too.</summary>
    public static string? WhyNotOwner(StoreKind store, DirectoryObject candidate) => candidate.Kind switch
    {
        ObjectKind.User => null,
        ObjectKind.Contact when store == StoreKind.ActiveDirectory => null,
        ObjectKind.Group when store == StoreKind.ActiveDirectory
            && AdGroupType.TryFrom(candidate.GroupType ?? 0, out var type) && type.IsSecurity => null,
        _ => store == StoreKind.ActiveDirectory ? "OwnerKindAd" : "OwnerKindEntra",
    };

    /// <summary>
    /// Why a group's type may not change so (MS-ADTS 3.1.1.5.3: between global and domain local there is no direct way), or null.
    /// </summary>
    public static string? WhyNotTypeChange(AdGroupType from, AdGroupType to) => (from.Scope, to.Scope) switch
    {
        (AdGroupScope.Global, AdGroupScope.DomainLocal) or (AdGroupScope.DomainLocal, AdGroupScope.Global) => "ScopeChange",
        _ => null,
    };

    private static string? WhyNotMemberOfAd(int groupType, DirectoryObject candidate)
    {
        if (candidate.Kind is ObjectKind.OrganizationalUnit or ObjectKind.Device or ObjectKind.ServicePrincipal)
        {
            return "MemberKindAd";
        }

        if (candidate.Kind != ObjectKind.Group
            || !AdGroupType.TryFrom(groupType, out var outer)
            || !AdGroupType.TryFrom(candidate.GroupType ?? 0, out var inner))
        {
            return null;
        }

        // One domain: the table of "Active Directory group scope" without its cross-domain rows.
        return (outer.Scope, inner.Scope) switch
        {
            (AdGroupScope.Global, not AdGroupScope.Global) => "GlobalTakesGlobal",
            (AdGroupScope.Universal, AdGroupScope.DomainLocal) => "UniversalTakesNoLocal",
            _ => null,
        };
    }

    private static string? WhyNotMemberOfEntra(int groupType, DirectoryObject candidate)
    {
        var allowed = (EntraGroupType)groupType switch
        {
            EntraGroupType.Security => candidate.Kind is ObjectKind.User or ObjectKind.Device or ObjectKind.ServicePrincipal
                || (candidate.Kind == ObjectKind.Group && candidate.GroupType == (int)EntraGroupType.Security),
            EntraGroupType.Distribution => candidate.Kind is ObjectKind.User or ObjectKind.Contact or ObjectKind.Group,
            _ => candidate.Kind == ObjectKind.User,
        };
        return allowed ? null : (EntraGroupType)groupType switch
        {
            EntraGroupType.Security => "MemberKindSecurity",
            EntraGroupType.Distribution => "MemberKindDistribution",
            _ => "MemberKindUnified",
        };
    }
}
