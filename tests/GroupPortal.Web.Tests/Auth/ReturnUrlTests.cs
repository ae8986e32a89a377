using GroupPortal.Web.Auth;

namespace GroupPortal.Web.Tests.Auth;

public sealed class ReturnUrlTests
{
    [Theory]
    [InlineData(null, "/")]
    [InlineData("", "/")]
    [InlineData("/", "/")]
    [InlineData("/groups/7?tab=members#top", "/groups/7?tab=members#top")]
    [InlineData("groups", "/")]
    [InlineData("//evil.example", "/")]
    [InlineData("/\\evil.example", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData("https://evil.example", "/")]
    public void Only_a_path_of_this_portal_is_followed(string? asked, string got) => Assert.Equal(got, ReturnUrl.LocalOrHome(asked));
}
