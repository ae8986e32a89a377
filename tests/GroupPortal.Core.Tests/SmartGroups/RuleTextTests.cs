using GroupPortal.Core.Criteria;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Tests.SmartGroups;

public sealed class RuleTextTests
{
    [Theory]
    [InlineData("DC=demo,DC=local", "DC=demo,DC=local", StartScope.Subtree)]
    [InlineData("2;DC=demo,DC=local", "DC=demo,DC=local", StartScope.Subtree)]
    [InlineData("1;OU=Sales,DC=demo,DC=local", "OU=Sales,DC=demo,DC=local", StartScope.OneLevel)]
    [InlineData("0;CN=Ada,DC=demo,DC=local", "CN=Ada,DC=demo,DC=local", StartScope.Base)]
    public void A_start_path_is_its_name_with_its_scope(string text, string dn, StartScope scope)
    {
        Assert.True(RuleText.TryParse(text, out StartPath? path));
        Assert.Equal(new StartPath(dn, scope), path);
        Assert.True(RuleText.TryParse(RuleText.Write(path), out StartPath? again));
        Assert.Equal(path, again);
    }

    [Theory]
    [InlineData("3;DC=demo,DC=local")]
    [InlineData("1;")]
    [InlineData("Sales")]
    public void What_is_no_name_is_no_start_path(string text) => Assert.False(RuleText.TryParse(text, out StartPath? _));

    [Theory]
    [InlineData("19a1822e-e7ef-4206-af75-1c2d8b1d15eb", null, "", "")]
    [InlineData("19a1822e-e7ef-4206-af75-1c2d8b1d15eb|2026-12-31|ada|On leave | until then", "2026-12-31T00:00:00Z", "ada", "On leave | until then")]
    [InlineData("19a1822e-e7ef-4206-af75-1c2d8b1d15eb|2026-12-31T10:00:00+02:00", "2026-12-31T08:00:00Z", "", "")]
    [InlineData("19a1822e-e7ef-4206-af75-1c2d8b1d15eb||uma", null, "uma", "")]
    public void An_exception_says_until_when_by_whom_and_why(string text, string? until, string by, string reason)
    {
        Assert.True(RuleText.TryParse(text, out MembershipException? exception));
        Assert.Equal((until is null ? null : DateTimeOffset.Parse(until, System.Globalization.CultureInfo.InvariantCulture), by, reason), (exception.Until, exception.By, exception.Reason));
        Assert.True(RuleText.TryParse(RuleText.Write(exception), out MembershipException? again));
        Assert.Equal(exception, again);
    }

    [Theory]
    [InlineData("somebody")]
    [InlineData("19a1822e-e7ef-4206-af75-1c2d8b1d15eb|tomorrow")]
    public void What_names_nobody_or_no_day_is_no_exception(string text) => Assert.False(RuleText.TryParse(text, out MembershipException? _));

    [Theory]
    [InlineData(null, CriteriaLanguage.GroupId)]
    [InlineData("LDAP", CriteriaLanguage.Ldap)]
    [InlineData("entra", CriteriaLanguage.Entra)]
    public void A_language_is_a_word(string? text, CriteriaLanguage language)
    {
        Assert.True(RuleText.TryParse(text, out CriteriaLanguage known));
        Assert.Equal(language, known);
    }

    [Theory]
    [InlineData("6", true)]
    [InlineData("101", true)]
    [InlineData("12", false)]
    [InlineData("0", false)]
    [InlineData("users", false)]
    public void An_object_type_is_one_of_the_known_numbers(string text, bool isKnown) => Assert.Equal(isKnown, RuleText.TryParse(text, out QueryObjectType _));
}
