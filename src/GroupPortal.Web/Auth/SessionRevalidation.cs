using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace GroupPortal.Web.Auth;

/// <summary>
/// A circuit keeps the principal it started with. Every five minutes this asks the way of signing in that vouched for it,
/// and signs the circuit out when it no longer does.
/// </summary>
internal sealed class SessionRevalidation(ILoggerFactory loggers, IEnumerable<IPasswordSignIn> signIns)
    : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(5);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        IsStillValidAsync(signIns, authenticationState.User, cancellationToken);

    /// <summary>Asked for the circuit here, and for the cookie at each request that is not a circuit's.</summary>
    internal static async Task<bool> IsStillValidAsync(
        IEnumerable<IPasswordSignIn> signIns, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var method = user.FindFirstValue(PortalClaims.Method);
        return signIns.FirstOrDefault(candidate => candidate.Method == method) is { } signIn
            && await signIn.IsStillValidAsync(
                user.Identity?.Name ?? "", user.FindFirstValue(ClaimTypes.Role) ?? "", cancellationToken);
    }
}
