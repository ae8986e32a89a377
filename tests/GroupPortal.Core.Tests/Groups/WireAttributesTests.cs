using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Tests.Plans;

namespace GroupPortal.Core.Tests.Groups;

public sealed class WireAttributesTests
{
    private static readonly WireFacts Ad = new(PlanWorld.Ad, "DemoGroup", "OU=Groups,DC=demo,DC=local", "-2147483640");
    private static readonly WireFacts Entra = new(PlanWorld.Entra, "apiSecAzure", "DC=5cjshm,DC=onmicrosoft,DC=com", "4");

    [Theory]
    [InlineData("objectClass", "group")]
    [InlineData("objectClass", "MailEnabledGroup")]
    [InlineData("objectCategory", "group")]
    [InlineData("CN", "demogroup")]
    [InlineData("name", "DemoGroup")]
    [InlineData("ContainerDistinguishedName", "ou=groups, dc=demo, dc=local")]
    [InlineData("identityStoreId", "2")]
    [InlineData("IdentityStoreID", "0")]
    [InlineData("XGroupScope", "Universal Group")]
    [InlineData("userprincipalname", "")]
    [InlineData("commonname", null)]
    [InlineData("SmartGroupMainType", "X.SmartGroup")]
    [InlineData("UpdateOptions", "false")]
    public void What_repeats_the_known_is_accepted(string name, string? value)
    {
        Assert.True(WireAttributes.Contains(name));
        Assert.Null(WireAttributes.WhyNot(name, value, Ad));
    }

    [Theory]
    [InlineData("objectClass", "user")]
    [InlineData("CN", "Other")]
    [InlineData("ContainerDistinguishedName", "OU=Staff,DC=demo,DC=local")]
    [InlineData("ContainerDistinguishedName", "nonsense")]
    [InlineData("identityStoreId", "3")]
    [InlineData("XGroupScope", "Global Group")]
    [InlineData("XGroupScope", "Galactic Group")]
    [InlineData("userprincipalname", "ada@demo.local")]
    [InlineData("enableofficefeatures", "true")]
    public void What_contradicts_the_known_is_a_line_problem_that_names_both(string name, string value)
    {
        var problem = WireAttributes.WhyNot(name, value, Ad);

        Assert.Equal(Core.Plans.ProblemScope.Line, problem!.Scope);
        Assert.Equal(name, problem.Field);
        Assert.Contains(value, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4", "false", true)]
    [InlineData("4", "true", false)]
    [InlineData("16", "true", true)]
    [InlineData("32", "true", true)]
    public void Office_features_belong_to_16_and_32(string type, string value, bool accepted) =>
        Assert.Equal(accepted, WireAttributes.WhyNot("enableofficefeatures", value, Entra with { GroupType = type }) is null);

    [Fact]
    public void No_wire_field_is_an_attribute_of_a_catalog_that_the_portal_could_write()
    {
        var writable = Enum.GetValues<StoreKind>()
            .SelectMany(kind => AttributeCatalogs.For(kind).Definitions)
            .Where(definition => definition.IsWritable)
            .Select(definition => definition.Name);

        Assert.Equal(["name"], WireAttributes.Names.Intersect(writable, StringComparer.OrdinalIgnoreCase));
    }
}
