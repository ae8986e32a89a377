using System.Security.Claims;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using Microsoft.AspNetCore.Components.Authorization;

namespace GroupPortal.Web.Auth;

/// <summary>Who sits in front of the page: one per circuit, asked anew each time because a session can end while it is open.</summary>
public sealed class CurrentPerson(AuthenticationStateProvider authentication)
{
    /// <summary>The way in that history remembers for everything done on a page.</summary>
    public const string Origin = "browser";

    public async Task<Person> GetAsync() => PersonOf((await authentication.GetAuthenticationStateAsync()).User);

    public async Task<Requester> AsRequesterAsync() => new(await GetAsync(), Origin);

    /// <summary>The person a principal stands for; an unknown role counts as the weakest.</summary>
    public static Person PersonOf(ClaimsPrincipal user)
    {
        if (user.Identity is not { IsAuthenticated: true, Name: { Length: > 0 } account })
        {
            throw new InvalidOperationException("Nobody is signed in; the page should not have been reached.");
        }

        var role = user.FindFirstValue(ClaimTypes.Role) switch
        {
            PortalRoles.Administrator => PortalRole.Administrator,
            PortalRoles.Helpdesk => PortalRole.Helpdesk,
            _ => PortalRole.User,
        };
        return new Person(account, PortalClaims.DisplayNameOf(user), role);
    }
}
