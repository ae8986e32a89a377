using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Tests.Groups;

public sealed class GroupTypesTests
{
    [Theory]
    [InlineData("-2147483640", AdGroupScope.Universal, true)]
    [InlineData("2147483656", AdGroupScope.Universal, true)]
    [InlineData("8", AdGroupScope.Universal, false)]
    [InlineData("4", AdGroupScope.DomainLocal, false)]
    [InlineData("-2147483646", AdGroupScope.Global, true)]
    public void An_ad_type_is_a_scope_and_one_bit(string text, AdGroupScope scope, bool isSecurity)
    {
        Assert.True(AdGroupType.TryParse(text, out var type));
        Assert.Equal(new AdGroupType(scope, isSecurity), type);
        Assert.True(AdGroupType.TryParse(type.Text, out var again));
        Assert.Equal(type, again);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("5")]
    [InlineData("16")]
    [InlineData("32")]
    [InlineData("-2147483648")]
    [InlineData("99999999999")]
    [InlineData("abc")]
    [InlineData("")]
    [InlineData(null)]
    public void What_an_ad_server_refuses_as_type_is_refused(string? text) => Assert.False(AdGroupType.TryParse(text, out _));

    [Theory]
    [InlineData("4", EntraGroupType.Security)]
    [InlineData("8", EntraGroupType.Distribution)]
    [InlineData("16", EntraGroupType.Microsoft365)]
    [InlineData("32", EntraGroupType.Teams)]
    public void The_picker_values_of_entra_are_four(string text, EntraGroupType expected)
    {
        Assert.True(EntraGroupTypes.TryParse(text, out var type));
        Assert.Equal(expected, type);
        Assert.Equal(text, type.Text());
    }

    [Theory]
    [InlineData("-2147483640")]
    [InlineData("2")]
    [InlineData("64")]
    [InlineData("Security")]
    public void Other_values_are_no_entra_type(string text) => Assert.False(EntraGroupTypes.TryParse(text, out _));

    [Theory]
    [InlineData("Semi_Private", GroupSecurityType.SemiPrivate)]
    [InlineData("semiprivate", GroupSecurityType.SemiPrivate)]
    [InlineData("Semi-Private", GroupSecurityType.SemiPrivate)]
    [InlineData("PUBLIC", GroupSecurityType.Public)]
    [InlineData("Private", GroupSecurityType.Private)]
    public void The_security_type_is_read_in_each_spelling(string text, GroupSecurityType expected)
    {
        Assert.True(GroupSecurityTypes.TryParse(text, out var type));
        Assert.Equal(expected, type);
        Assert.True(GroupSecurityTypes.TryParse(type.Wire(), out var again));
        Assert.Equal(expected, again);
    }

    [Theory]
    [InlineData("Semi_Public")]
    [InlineData("1")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_no_security_type_is_refused(string? text) => Assert.False(GroupSecurityTypes.TryParse(text, out _));
}
