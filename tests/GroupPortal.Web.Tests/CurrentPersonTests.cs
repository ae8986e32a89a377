using System.Security.Claims;
using GroupPortal.Core.Access;
using GroupPortal.Web.Auth;

namespace GroupPortal.Web.Tests;

public sealed class CurrentPersonTests
{
    [Theory]
    [InlineData("Administrator", PortalRole.Administrator)]
    [InlineData("Helpdesk", PortalRole.Helpdesk)]
    [InlineData("User", PortalRole.User)]
    [InlineData("Somebody", PortalRole.User)]
    public void The_role_comes_from_the_claim_and_an_unknown_one_is_the_weakest(string claim, PortalRole role) =>
        Assert.Equal(new Person("uma", "Uma Devi", role), CurrentPerson.PersonOf(new PortalAccount("uma", "Uma Devi", claim).ToPrincipal("demo")));

    [Fact]
    public void Nobody_signed_in_is_nobody() =>
        Assert.Throws<InvalidOperationException>(() => CurrentPerson.PersonOf(new ClaimsPrincipal(new ClaimsIdentity())));
}
