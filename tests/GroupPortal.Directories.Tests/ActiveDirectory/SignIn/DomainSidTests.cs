using GroupPortal.ActiveDirectory;

namespace GroupPortal.Directories.Tests.ActiveDirectory.SignIn;

public sealed class DomainSidTests
{
    [Theory]
    [InlineData("01020000000000052000000020020000", "S-1-5-32-544")]
    [InlineData("010500000000000515000000A065CF7E784B9B5FE77C8770091C0100", "S-1-5-21-2127521184-1604012920-1887927527-72713")]
    public void Octets_become_text(string octets, string text) => Assert.Equal(text, DomainSid.TextOf(Convert.FromHexString(octets)));

    [Theory]
    [InlineData("")]
    [InlineData("0102000000000005200000002002")]
    [InlineData("02020000000000052000000020020000")]
    public void Other_octets_are_none(string octets) => Assert.Null(DomainSid.TextOf(Convert.FromHexString(octets)));

    [Theory]
    [InlineData(" s-1-5-32-0544 ", "S-1-5-32-544")]
    [InlineData("S-1-5", null)]
    [InlineData("S-1-5-32-x", null)]
    [InlineData("Sales-1-5-32", null)]
    [InlineData("S-1-5-32-4294967296", null)]
    public void Text_is_brought_to_one_form(string text, string? normal) => Assert.Equal(normal, DomainSid.Normalize(text));
}
