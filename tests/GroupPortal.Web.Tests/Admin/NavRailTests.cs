using Bunit;
using GroupPortal.Web.Components.Layout;
using GroupPortal.Web.Tests.Support;

namespace GroupPortal.Web.Tests.Admin;

public sealed class NavRailTests(SampleStores stores) : PortalComponentTests(stores)
{
    [Theory]
    [InlineData("Administrator", 1)]
    [InlineData("Helpdesk", 0)]
    [InlineData("User", 0)]
    public void Only_administrators_see_the_way_to_the_directories(string role, int links)
    {
        SignIn("ada", "Ada Winter", role);
        var rail = Render<NavRail>(parameters => parameters.Add(one => one.Path, "/"));

        Assert.Equal(links, rail.FindAll("a[href='/admin/directories']").Count);
    }
}
