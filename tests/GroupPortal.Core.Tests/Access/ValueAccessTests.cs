using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Access;

/// <summary>The portal's account sees more than the people who ask it.</summary>
public sealed class ValueAccessTests
{
    [Theory]
    [InlineData("employeeID")]
    [InlineData("EMPLOYEEID")]
    [InlineData("employeeNumber")]
    [InlineData("mobile")]
    [InlineData("streetAddress")]
    [InlineData("pwdLastSet")]
    [InlineData("lastLogonTimestamp")]
    [InlineData("accountExpires")]
    [InlineData("userAccountControl")]
    [InlineData("adminCount")]
    [InlineData("extensionAttribute1")]
    [InlineData("lastPasswordChangeDateTime")]
    public void What_is_nobodys_business_only_those_with_a_role_see(string attribute) =>
        Assert.Equal((false, true, true), Seen(StoreKind.ActiveDirectory, attribute));

    [Theory]
    [InlineData(StoreKind.EntraId, "employeeId")]
    [InlineData(StoreKind.EntraId, "employeeHireDate")]
    [InlineData(StoreKind.EntraId, "passwordPolicies")]
    [InlineData(StoreKind.EntraId, "otherMails")]
    [InlineData(StoreKind.EntraId, "assignedPlans")]
    public void Nor_in_the_cloud(StoreKind kind, string attribute) => Assert.Equal((false, true, true), Seen(kind, attribute));

    [Theory]
    [InlineData("displayName")]
    [InlineData("mail")]
    [InlineData("department")]
    [InlineData("title")]
    [InlineData("jobTitle")]
    [InlineData("physicalDeliveryOfficeName")]
    [InlineData("company")]
    [InlineData("manager")]
    [InlineData("memberOf")]
    [InlineData("nothing of the kind")]
    public void What_the_address_book_shows_everybody_sees(string attribute)
    {
        Assert.Equal((true, true, true), Seen(StoreKind.ActiveDirectory, attribute));
        Assert.Equal((true, true, true), Seen(StoreKind.EntraId, attribute));
    }

    /// <summary>A name in the list that no attribute has would open nothing.</summary>
    [Fact]
    public void In_each_store_people_see_what_a_rule_is_usually_made_of()
    {
        string[] expected = ["attribute.city", "attribute.companyName", "attribute.country", "attribute.department", "attribute.jobTitle", "attribute.office", "attribute.state"];
        foreach (var kind in Enum.GetValues<StoreKind>())
        {
            var open = CriteriaVocabulary.For(kind).Attributes.Where(attribute => attribute.IsOpen).Select(attribute => "attribute." + attribute.Label);
            Assert.Empty(expected.Except(open));
        }
    }

    private static (bool User, bool Helpdesk, bool Administrator) Seen(StoreKind kind, string attribute)
    {
        var vocabulary = CriteriaVocabulary.For(kind);
        return (
            ValueAccess.MaySee(PortalRole.User, vocabulary, attribute),
            ValueAccess.MaySee(PortalRole.Helpdesk, vocabulary, attribute),
            ValueAccess.MaySee(PortalRole.Administrator, vocabulary, attribute));
    }
}
