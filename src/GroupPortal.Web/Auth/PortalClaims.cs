using System.Security.Claims;

namespace GroupPortal.Web.Auth;

public static class PortalClaims
{
    public const string DisplayName = "groupportal:display-name";

    /// <summary>The <see cref="IPasswordSignIn.Method"/> that made the principal, asked again while the session lasts.</summary>
    public const string Method = "groupportal:method";

    public static string DisplayNameOf(ClaimsPrincipal user) => user.FindFirstValue(DisplayName) ?? user.Identity?.Name ?? "";
}
