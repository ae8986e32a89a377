namespace GroupPortal.Web.Auth;

/// <summary>Where to go after signing in: only ever a page of this portal.</summary>
internal static class ReturnUrl
{
    public const string Home = "/";

    /// <summary>
    /// The URL if it is a path on this host, else the start page. <c>//host</c> and <c>/\host</c> look like paths but name
    /// another host, and browsers drop control characters, so <c>/\t/host</c> does too.
    /// </summary>
    public static string LocalOrHome(string? url) =>
        url is ['/', ..] and not ['/', '/' or '\\', ..] && !url.Any(char.IsControl) ? url : Home;
}
