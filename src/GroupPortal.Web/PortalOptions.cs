namespace GroupPortal.Web;

/// <summary>What the portal keeps, and where: section <c>GroupPortal</c>.</summary>
public sealed class PortalOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "GroupPortal";

    /// <summary>Where the portal keeps its state: databases and keys. A relative path starts at the content root.</summary>
    public string DataDirectory { get; set; } = "data";
}
