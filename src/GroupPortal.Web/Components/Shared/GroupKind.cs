using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Components.Shared;

/// <summary>What a group is for, in both kinds of store: one icon and one colour each, everywhere.</summary>
public enum GroupKind
{
    Security,
    Distribution,
    Microsoft365,
    Team,
}

public static class GroupKinds
{
    /// <summary>The kinds that groups of a store can be.</summary>
    public static IReadOnlyList<GroupKind> In(StoreKind store) => store == StoreKind.ActiveDirectory
        ? [GroupKind.Security, GroupKind.Distribution]
        : [GroupKind.Security, GroupKind.Distribution, GroupKind.Microsoft365, GroupKind.Team];

    public static GroupKind Of(StoreKind store, int groupType) => store == StoreKind.ActiveDirectory
        ? groupType < 0 ? GroupKind.Security : GroupKind.Distribution
        : (EntraGroupType)groupType switch
        {
            EntraGroupType.Distribution => GroupKind.Distribution,
            EntraGroupType.Microsoft365 => GroupKind.Microsoft365,
            EntraGroupType.Teams => GroupKind.Team,
            _ => GroupKind.Security,
        };

    /// <summary>The raw group types that a kind stands for in a store.</summary>
    public static IReadOnlyCollection<int> TypesOf(StoreKind store, GroupKind kind) => store == StoreKind.ActiveDirectory
        ? [.. Enum.GetValues<AdGroupScope>().Select(scope => new AdGroupType(scope, kind == GroupKind.Security).Value)]
        : [(int)(kind switch
        {
            GroupKind.Distribution => EntraGroupType.Distribution,
            GroupKind.Microsoft365 => EntraGroupType.Microsoft365,
            GroupKind.Team => EntraGroupType.Teams,
            _ => EntraGroupType.Security,
        })];
}
