using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Directories;

public sealed class DistinguishedNameTests
{
    [Theory]
    [InlineData("CN=DemoGroup,OU=Groups,DC=demo,DC=local", "DemoGroup", "OU=Groups,DC=demo,DC=local")]
    [InlineData(@"CN=Smith\, Ana,OU=Staff,DC=demo,DC=local", "Smith, Ana", "OU=Staff,DC=demo,DC=local")]
    [InlineData(@"CN=\#a\, \""b\""\+c\3B\<d\>\3D\\e,DC=demo", @"#a, ""b""+c;<d>=\e", "DC=demo")]
    [InlineData(@"cn = spaced , dc = demo", "spaced", "dc=demo")]
    [InlineData(@"CN=caf\c3\a9,DC=demo", "café", "DC=demo")]
    [InlineData(@"CN=ends with blank\ ,DC=demo", "ends with blank ", "DC=demo")]
    public void A_name_is_read_with_its_escapes(string text, string name, string parent)
    {
        var dn = DistinguishedName.Parse(text);

        Assert.Equal(name, dn.Name);
        Assert.Equal(DistinguishedName.Parse(parent), dn.Parent);
    }

    [Theory]
    [InlineData("")]
    [InlineData("DemoGroup")]
    [InlineData("CN=")]
    [InlineData("=x,DC=demo")]
    [InlineData("CN=a,")]
    [InlineData("CN=a,,DC=demo")]
    [InlineData(@"CN=a\")]
    [InlineData(@"CN=\ff\fe,DC=demo")]
    [InlineData("CN=\"quoted\",DC=demo")]
    [InlineData("6bd67b4a-eb06-4b05-94a8-43914fb2e19a")]
    public void What_is_no_name_is_refused(string text) => Assert.False(DistinguishedName.TryParse(text, out _));

    [Theory]
    [InlineData(@"CN=A\, B,DC=demo", @"cn=a\2c b, dc=DEMO")]
    [InlineData(@"CN=\#a;DC=demo", @"CN=\23a,DC=demo")]
    [InlineData("CN=two  blanks,DC=demo", "CN=two blanks,DC=demo")]
    public void The_same_name_written_differently_is_equal(string one, string other)
    {
        Assert.Equal(DistinguishedName.Parse(one), DistinguishedName.Parse(other));
        Assert.Equal(DistinguishedName.Parse(one).GetHashCode(), DistinguishedName.Parse(other).GetHashCode());
    }

    [Theory]
    [InlineData("OU=Groups,DC=demo,DC=local", "DC=demo,DC=local", true)]
    [InlineData("DC=demo,DC=local", "DC=demo,DC=local", true)]
    [InlineData("DC=demo,DC=local", "OU=Groups,DC=demo,DC=local", false)]
    [InlineData("OU=Groups,DC=demo2,DC=local", "DC=demo,DC=local", false)]
    public void Below_means_below(string name, string ancestor, bool expected) =>
        Assert.Equal(expected, DistinguishedName.Parse(name).IsAtOrUnder(DistinguishedName.Parse(ancestor)));

    [Fact]
    public void Any_value_survives_being_written_and_read()
    {
        var text = ArbMap.Default.ArbFor<NonEmptyString>().Filter(value => value.Get.All(character => !char.IsSurrogate(character)));
        Prop.ForAll(text, value =>
        {
            var dn = DistinguishedName.Parse("DC=demo,DC=local").Child("CN", value.Get);
            var read = DistinguishedName.Parse(dn.ToString());
            return read.Name == value.Get && read.Depth == 3;
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void A_value_cannot_change_the_structure_of_a_name()
    {
        var dn = DistinguishedName.Parse("DC=demo").Child("CN", "x,OU=Admins,CN=y+z=1");

        Assert.Equal(2, DistinguishedName.Parse(dn.ToString()).Depth);
    }
}
