namespace GroupPortal.GraphEmulation.Lifecycle;

/// <summary>The tenant's one expiration policy of Microsoft 365 groups.</summary>
internal sealed class LifecyclePolicy
{
    public string Id { get; } = "7b8cd1a4-9d0e-4f6e-8b1e-2f1f6f3d9a10";

    public int Days { get; set; } = 180;

    /// <summary>All, Selected or None.</summary>
    public string ManagedTypes { get; set; } = "Selected";

    public string NotificationMails { get; set; } = "";
}
