using GroupPortal.ActiveDirectory;

namespace GroupPortal.Directories.Tests.ActiveDirectory.SignIn;

public sealed class SidTextTests
{
    [Theory]
    [InlineData(" s-1-5-32-0544 ", "S-1-5-32-544")]
    [InlineData("S-1-5", null)]
    [InlineData("S-1-5-32-x", null)]
    [InlineData("Sales-1-5-32", null)]
    [InlineData("S-1-5-32-4294967296", null)]
    public void Text_is_brought_to_one_form(string text, string? normal) => Assert.Equal(normal, SidText.Normalize(text));
}
