using GroupPortal.Web.Components.Pickers;

namespace GroupPortal.Web.Tests.Pickers;

public sealed class PastedReferencesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("uma", "uma")]
    [InlineData("uma\r\nhal\n\n  ida  ", "uma|hal|ida")]
    [InlineData("uma, hal; ida\tada", "uma|hal|ida|ada")]
    [InlineData("uma\nUMA\numa", "uma")]
    [InlineData("Ana Novak <ana@demo.local>; \"Ben Ito\" <ben@demo.local>", "ana@demo.local|ben@demo.local")]
    [InlineData("'uma'", "uma")]
    [InlineData("CN=Smith\\, Ana,OU=Staff,DC=demo,DC=local\numa", "CN=Smith\\, Ana,OU=Staff,DC=demo,DC=local|uma")]
    [InlineData("<>", "")]
    [InlineData("<", "<")]
    public void What_was_pasted_is_read_as_meant(string text, string references) =>
        Assert.Equal(references, string.Join('|', PastedReferences.Read(text)));

    [Fact]
    public void A_hundred_thousand_lines_are_read_at_once()
    {
        var text = string.Join('\n', Enumerable.Range(0, 100_000).Select(number => $"person{number}@demo.local"));

        Assert.Equal(100_000, PastedReferences.Read(text).Count);
    }
}
