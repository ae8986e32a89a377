namespace GroupPortal.Web.Auth;

/// <summary>The demo accounts: section <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>The configuration section these options are read from.</summary>
    public const string Section = "Demo";

    /// <summary>The password of all demo accounts. Empty: there are none.</summary>
    public string Password { get; set; } = "demo";
}
