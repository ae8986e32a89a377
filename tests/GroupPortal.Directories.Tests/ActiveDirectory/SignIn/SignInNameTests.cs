using GroupPortal.ActiveDirectory;

namespace GroupPortal.Directories.Tests.ActiveDirectory.SignIn;

public sealed class SignInNameTests
{
    [Theory]
    [InlineData("ada", "ada", null, null)]
    [InlineData("  ada ", "ada", null, null)]
    [InlineData(@"DEMO\ada", "ada", "DEMO", null)]
    [InlineData("ada@demo.local", "ada", null, "ada@demo.local")]
    [InlineData("a@b@demo.local", "a@b", null, "a@b@demo.local")]
    [InlineData("*)(cn=*", "*)(cn=*", null, null)]
    public void A_name_is_read_in_three_spellings(string text, string local, string? domain, string? principal) =>
        Assert.Equal(new SignInName(local, domain, principal), SignInName.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("@demo.local")]
    [InlineData("ada@")]
    [InlineData(@"\ada")]
    [InlineData(@"DEMO\")]
    [InlineData(@"DEMO\a\b")]
    [InlineData("a\nb")]
    [InlineData("a\0")]
    public void What_no_account_is_called_is_nobody(string text) => Assert.Null(SignInName.Parse(text));

    [Fact]
    public void Half_a_surrogate_pair_and_a_very_long_name_are_nobody()
    {
        Assert.Null(SignInName.Parse("a\ud800"));
        Assert.Null(SignInName.Parse(new string('a', SignInName.MaximumLength + 1)));
    }

    [Theory]
    [InlineData("ada", "ADA")]
    [InlineData("ada", @"demo\Ada")]
    [InlineData("ada", "ada@DEMO.local")]
    public void Every_spelling_has_one_key(string one, string other) => Assert.Equal(SignInName.Parse(one)!.Key, SignInName.Parse(other)!.Key);
}
