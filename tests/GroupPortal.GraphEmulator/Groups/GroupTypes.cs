using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Groups;

/// <summary>What a group is, by its properties.</summary>
internal static class GroupTypes
{
    public static bool IsUnified(this DirectoryObject group) => group.Texts("groupTypes").Contains("Unified");

    public static bool IsDynamic(this DirectoryObject group) => group.Texts("groupTypes").Contains("DynamicMembership");

    public static bool IsTeam(this DirectoryObject group) => group.Texts("resourceProvisioningOptions").Contains("Team");

    /// <summary>Mail-enabled security and distribution: Exchange's.</summary>
    public static bool IsExchangeOnly(this DirectoryObject group) => group.Is("mailEnabled") && !group.IsUnified();

    public static bool IsSynchronized(this DirectoryObject group) => group.Is("onPremisesSyncEnabled") && !group.Group!.IsCloudManaged;

    /// <summary>Nothing of it can be written through Graph.</summary>
    public static bool IsReadOnly(this DirectoryObject group) => group.IsExchangeOnly() || group.IsSynchronized();
}
