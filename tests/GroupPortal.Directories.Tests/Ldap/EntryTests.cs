using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap;

public sealed class EntryTests
{
    private static readonly LdapEntry Entry = new(LdapName.RootDse, [new("empty", (IReadOnlyList<ReadOnlyMemory<byte>>)[]), new("blank", [ReadOnlyMemory<byte>.Empty]), new("number", "42")]);

    [Theory]
    [InlineData("absent")]
    [InlineData("empty")]
    public void An_attribute_without_values_has_no_first_one(string name)
    {
        Assert.Null(Entry.Octets(name));
        Assert.Null(Entry.Text(name));
        Assert.Null(Entry.Number(name));
        Assert.Null(Entry.Guid(name));
        Assert.Empty(Entry.Texts(name));
    }

    [Fact]
    public void A_value_of_no_octets_is_one() => Assert.Equal(0, Entry.Octets("blank")!.Value.Length);

    [Fact]
    public void A_number_is_read_whatever_the_case_of_its_name() => Assert.Equal(42, Entry.Number("NUMBER"));
}
