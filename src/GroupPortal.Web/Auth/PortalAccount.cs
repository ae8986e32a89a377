using System.Security.Claims;

namespace GroupPortal.Web.Auth;

/// <summary>Who signed in, as every way of signing in tells it to the portal.</summary>
/// <param name="Name">The account name: <see cref="ClaimTypes.Name"/>.</param>
/// <param name="DisplayName">The name that people read: <see cref="PortalClaims.DisplayName"/>.</param>
/// <param name="Role">One of <see cref="PortalRoles"/>.</param>
public sealed record PortalAccount(string Name, string DisplayName, string Role)
{
    /// <summary>The principal for the cookie; <paramref name="method"/> names the way of signing in that vouches for it.</summary>
    public ClaimsPrincipal ToPrincipal(string method) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.Name, Name),
            new Claim(PortalClaims.DisplayName, DisplayName),
            new Claim(ClaimTypes.Role, Role),
            new Claim(PortalClaims.Method, method),
        ],
        authenticationType: method));
}
