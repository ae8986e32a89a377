using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Tests.Groups;

public sealed class NamesTests
{
    [Theory]
    [InlineData("Sales Europe", "Sales Europe", "Sales-Europe")]
    [InlineData("R&D: Zürich / Graz", "R&D Zürich  Graz", "RD-Zurich--Graz")]
    [InlineData("Ends with dot.", "Ends with dot", "Ends-with-dot")]
    [InlineData("日本", "日本", "")]
    public void The_older_names_follow_from_the_name(string name, string accountName, string nickname)
    {
        var names = new NamingRules().Preview(name);

        Assert.Equal(name, names.Name);
        Assert.Equal(accountName, names.AccountName);
        Assert.Equal(nickname.Replace("--", "-", StringComparison.Ordinal), names.MailNickname.Replace("--", "-", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_name_is_cut_without_cutting_a_character_in_half()
    {
        var nickname = NamingRules.MailNicknameFor(new string('a', 100));
        var account = NamingRules.AccountNameFor(new string('a', 255) + "😀");

        Assert.Equal(64, nickname.Length);
        Assert.Equal(255, account.Length);
    }

    [Theory]
    [InlineData("GG-", "Sales", "GG-Sales")]
    [InlineData("GG-", "gg-Sales", "gg-Sales")]
    [InlineData("", " Sales ", "Sales")]
    [InlineData("GG-", "", "")]
    public void A_prefix_is_put_before_once(string prefix, string typed, string expected) =>
        Assert.Equal(expected, new NamingRules(prefix).NameFor(typed));

    [Theory]
    [InlineData("[A-Z]{2}-.+", "AB-team", true)]
    [InlineData("[A-Z]{2}-.+", "xAB-team", false)]
    [InlineData("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", false)]
    [InlineData("", "anything", true)]
    public void A_pattern_is_for_the_whole_name_and_bounded_in_time(string pattern, string name, bool expected) =>
        Assert.Equal(expected, new NamingRules(Pattern: pattern).Matches(name));

    [Theory]
    [InlineData("Sales", null)]
    [InlineData("", "NameEmpty")]
    [InlineData("   ", "NameEmpty")]
    [InlineData(" Sales", "NameBlanks")]
    [InlineData("Sa\nles", "LineBreak")]
    [InlineData("Sa\0les", "ControlCharacter")]
    [InlineData("Sa\u202eles", "ReorderingCharacter")]
    [InlineData("*()\\,+\"<>;#", null)]
    [InlineData("مجموعة", null)]
    [InlineData("Team 😀", null)]
    [InlineData("Ｓａｌｅｓ", null)]
    public void A_name_is_refused_for_what_cannot_be_seen_and_nothing_else(string name, string? code) =>
        Assert.Equal(code, NameChecks.WhyNotName(name));

    [Fact]
    public void Half_of_a_character_is_no_character() => Assert.Equal("BrokenCharacter", NameChecks.WhyNotName("Sa" + '\ud83d' + "les"));

    [Theory]
    [InlineData("Sales", null)]
    [InlineData("a@b", null)]
    [InlineData("Sales/EU", "AccountNameCharacters")]
    [InlineData("a,b", "AccountNameCharacters")]
    [InlineData("Sales.", "AccountNameEnd")]
    [InlineData("SERVER01$", "AccountNameEnd")]
    [InlineData(" ", "AccountNameEmpty")]
    public void An_account_name_follows_the_security_account_manager(string name, string? code) =>
        Assert.Equal(code, NameChecks.WhyNotAccountName(name));

    [Theory]
    [InlineData("sales-eu", null)]
    [InlineData("sales.eu", null)]
    [InlineData("sales eu", "MailNicknameCharacters")]
    [InlineData("sälés", "MailNicknameCharacters")]
    [InlineData(".sales", "MailNicknameCharacters")]
    [InlineData("a@b", "MailNicknameCharacters")]
    public void A_mail_nickname_is_plain(string name, string? code) => Assert.Equal(code, NameChecks.WhyNotMailNickname(name));

    [Theory]
    [InlineData("a@b.example", null)]
    [InlineData("no address", "MailShape")]
    [InlineData("@b", "MailShape")]
    [InlineData("a@", "MailShape")]
    [InlineData("a@b@c", "MailShape")]
    public void A_mail_address_has_its_shape(string address, string? code) => Assert.Equal(code, NameChecks.WhyNotMail(address));
}
