using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>The parts of reading that need no server.</summary>
public sealed class ReadingPartsTests
{
    private static readonly Guid SomeId = new("2b6ec5c2-8b1f-4a6e-9b0a-0d8a3f1f7c11");

    [Theory]
    [InlineData("<GUID=2b6ec5c2-8b1f-4a6e-9b0a-0d8a3f1f7c11>;<SID=S-1-5-21-1-2-3-512>;CN=Smith\\, Ana,OU=Staff,DC=demo,DC=local", true, "S-1-5-21-1-2-3-512")]
    [InlineData("<GUID=2b6ec5c2-8b1f-4a6e-9b0a-0d8a3f1f7c11>;CN=Smith\\, Ana,OU=Staff,DC=demo,DC=local", true, null)]
    [InlineData("CN=Smith\\2C Ana,OU=Staff,DC=demo,DC=local", false, null)]
    public void A_name_comes_with_its_identity_and_in_one_escaping(string text, bool hasId, string? sid)
    {
        var name = ExtendedName.Of(text);

        Assert.Equal(hasId ? SomeId : null, name.Id);
        Assert.Equal(sid, name.Sid);
        Assert.Equal("Smith, Ana", name.Name);
        Assert.Equal("CN=Smith\\, Ana,OU=Staff,DC=demo,DC=local", name.Dn);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("<GUID=nonsense")]
    [InlineData("")]
    public void What_is_no_name_stays_as_it_came(string text)
    {
        Assert.Equal(text, ExtendedName.Of(text).Dn);
        Assert.Null(ExtendedName.Of(text).Parsed);
    }

    [Theory]
    [InlineData("member", 3, null)]
    [InlineData("member;range=0-2", 3, 3)]
    [InlineData("MEMBER;Range=1500-2999", 3, 3000)]
    [InlineData("member;range=3000-*", 3, null)]
    [InlineData("memberOf", 0, null)]
    public void A_range_says_where_the_next_one_begins(string sent, int values, int? next)
    {
        var entry = Entry((sent, ["a", "b", "c"]));

        var range = LinkedNames.RangeOf(entry, "member");

        Assert.Equal((values, next), (range.Values?.Values.Count ?? 0, range.Next));
    }

    [Fact]
    public void An_empty_plain_name_beside_the_range_does_not_hide_it() =>
        Assert.Equal(1500, LinkedNames.RangeOf(Entry(("member", []), ("member;range=0-1499", ["a"])), "member").Next);

    [Theory]
    [InlineData("ana", true)]
    [InlineData("SMI an", true)]
    [InlineData("söh", true)]
    [InlineData("na", false)]
    [InlineData("ana x", false)]
    [InlineData("asmith", true)]
    [InlineData("smith@", false)]
    [InlineData("ana.smith@demo", true)]
    public void A_hit_is_checked_for_where_words_begin(string typed, bool matches)
    {
        var entry = Entry(("name", ["Smith-Söhne, Ana"]), ("sAMAccountName", ["asmith"]), ("mail", ["ana.smith@demo.local"]));

        Assert.Equal(matches, NameFilter.Of(typed, Folding.ActiveDirectory).Matches(entry));
    }

    [Theory]
    [InlineData("*)(objectClass=*")]
    [InlineData("a b c d e f g h i j k l m n o p")]
    [InlineData("x")]
    public void What_was_typed_stays_a_value_and_the_filter_stays_small(string typed)
    {
        var filter = NameFilter.Of(typed, Folding.ActiveDirectory).ToFilter();

        Assert.True(filter.Terms <= 200, filter.ToString());
        Assert.DoesNotContain("(objectClass", filter.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("line\nbreak", true)]
    [InlineData("null\0byte", true)]
    [InlineData("🦊 fox", false)]
    [InlineData("", false)]
    public void What_no_name_can_hold_is_no_text(string typed, bool isImpossible) => Assert.Equal(!isImpossible, NameFilter.IsText(typed));

    [Fact]
    public void Half_a_character_matches_nothing() => Assert.True(NameFilter.Of("half \ud83e", Folding.ActiveDirectory).IsImpossible);

    [Theory]
    [InlineData("S-1-5-32-544", true)]
    [InlineData("S-1-5-32-545", false)]
    [InlineData("S-1-5-21-1-2-3-512", true)]
    [InlineData("S-1-5-21-1-2-3-513", false)]
    [InlineData("S-1-5-21-1-2-3-1512", false)]
    [InlineData("S-1-5-11", false)]
    [InlineData(null, false)]
    public void Groups_are_protected_by_their_sid(string? sid, bool isProtected) => Assert.Equal(isProtected, ProtectedGroups.BySid(sid));

    [Fact]
    public void A_sid_is_read_and_extended()
    {
        byte[] domain = [1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0x80];
        var sid = SecurityIdentifier.Of(domain);

        Assert.Equal("S-1-5-21-1-2-2147483651", sid!.ToString());
        Assert.Equal("S-1-5-21-1-2-2147483651-513", sid.Account(513).ToString());
        Assert.True(sid.Account(513).IsOf(sid));
        Assert.False(sid.IsOf(sid));
        Assert.Equal(513u, sid.Account(513).Rid);
        Assert.Null(SecurityIdentifier.Of(new byte[] { 1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0 }));
        Assert.Null(SecurityIdentifier.Of(null));
    }

    [Fact]
    public void The_catalog_follows_the_schema()
    {
        var schema = new[]
        {
            Attribute("name", "2.5.5.12", single: true, ("rangeUpper", "255"), ("systemOnly", "TRUE")),
            Attribute("description", "2.5.5.12", single: false, ("rangeUpper", "2048")),
            Attribute("mailNickname", "2.5.5.12", single: true, ("rangeUpper", "32"), ("searchFlags", "13")),
            Attribute("whenChanged", "2.5.5.11", single: true, ("systemOnly", "TRUE")),
            Attribute("gidNumber", "2.5.5.9", single: true),
            Attribute("member", "2.5.5.1", single: false, ("linkID", "2")),
            Attribute("canonicalName", "2.5.5.12", single: false, ("systemFlags", "134217748")),
            Attribute("nTSecurityDescriptor", "2.5.5.15", single: true),
        }.ToDictionary(attribute => attribute.Name, StringComparer.OrdinalIgnoreCase);

        var catalog = LiveCatalog.Of(AttributeCatalogs.ActiveDirectory, schema);

        Assert.Equal((64, true), (catalog["name"].MaximumLength, catalog["name"].IsWritable));
        Assert.Equal((2048, false), (catalog["description"].MaximumLength, catalog["description"].IsMultiValued));
        Assert.Equal((32, true, true), (catalog["mailNickname"].MaximumLength, catalog["mailNickname"].IsIndexed, catalog["mailNickname"].IsUnique));
        Assert.False(catalog["whenChanged"].IsWritable);
        Assert.Equal((AttributeSyntax.Number, "gidNumber"), (catalog["gidNumber"].Syntax, catalog["gidNumber"].Label));
        Assert.Equal(KeptBy.Portal, catalog[AttributeNames.SecurityType].KeptBy);
        Assert.True(catalog.TryGet("objectGUID", out _));
        Assert.All(["extensionAttribute1", "info", "member", "canonicalName", "nTSecurityDescriptor"], name => Assert.False(catalog.TryGet(name, out _), name));
    }

    [Theory]
    [InlineData("20261121213948.0Z", "2026-11-21T21:39:48Z")]
    [InlineData("20261121213948Z", "2026-11-21T21:39:48Z")]
    [InlineData("nonsense", "1970-01-01T00:00:00Z")]
    [InlineData(null, "1970-01-01T00:00:00Z")]
    public void Times_are_read(string? text, string expected) =>
        Assert.Equal(DateTimeOffset.Parse(expected, System.Globalization.CultureInfo.InvariantCulture), DirectoryTime.Of(text));

    [Theory]
    [InlineData(ObjectKind.User, "top", "person", "organizationalPerson", "user")]
    [InlineData(ObjectKind.Computer, "top", "person", "organizationalPerson", "user", "computer")]
    [InlineData(ObjectKind.Contact, "top", "person", "organizationalPerson", "contact")]
    [InlineData(ObjectKind.Group, "top", "group")]
    [InlineData(ObjectKind.OrganizationalUnit, "top", "organizationalUnit")]
    [InlineData(ObjectKind.ServicePrincipal, "top", "foreignSecurityPrincipal")]
    public void Classes_are_kinds(ObjectKind kind, params string[] classes) => Assert.Equal(kind, ObjectClasses.KindOf(classes));

    [Fact]
    public void An_entry_that_may_not_be_read_is_no_object()
    {
        Assert.Null(ObjectValues.Read(Entry()));
        var disabled = ObjectValues.Read(new LdapEntry(
            LdapName.FromEscaped("CN=Ana,DC=demo,DC=local"),
            [
                new LdapAttribute("objectGUID", [new ReadOnlyMemory<byte>(SomeId.ToByteArray())]), new LdapAttribute("objectClass", "top", "user"),
                new LdapAttribute("userAccountControl", "514"), new LdapAttribute("name", "Ana"),
            ]));
        Assert.Equal(new DirectoryObject(SomeId, ObjectKind.User, "Ana", "CN=Ana,DC=demo,DC=local") { Enabled = false }, disabled);
    }

    private static LdapEntry Entry(params (string Name, string[] Values)[] attributes) => new(
        LdapName.FromEscaped("CN=x,DC=demo,DC=local"), [.. attributes.Select(one => new LdapAttribute(one.Name, one.Values))]);

    private static SchemaAttribute Attribute(string name, string syntax, bool single, params (string Name, string Value)[] more) => SchemaAttribute.Of(Entry(
    [
        ("lDAPDisplayName", [name]), ("attributeSyntax", [syntax]), ("isSingleValued", [single ? "TRUE" : "FALSE"]),
        .. more.Select(one => (one.Name, (string[])[one.Value])),
    ]))!;
}
