using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Directories.Tests.Servers;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>What a filter says of itself (RFC 4515) means to OpenLDAP's parser what the filter means here.</summary>
public sealed class FilterTextTests
{
    private const int Cases = 60;

    [SlapdFact]
    public async Task A_filters_text_is_parsed_by_others_as_that_filter()
    {
        await using var server = RecordingServer.Start();
        var tool = new LdapTool(
            new Uri(string.Create(CultureInfo.InvariantCulture, $"ldaps://127.0.0.1:{server.Port}")), server.Certificate.AuthorityFile, new TestAccount("portal", "cn=portal", "secret"));

        // Linux takes at most 128 KB as one argument of a program.
        foreach (var filter in Messages.Filter.Sample(Cases, size: 40).Where(filter => filter.ToString().Length < 100_000))
        {
            var (code, _) = await tool.SearchAsync("dc=x", filter.ToString());

            Assert.True(code == 0, $"{code}: {filter}");
            Assert.Equal(Canonical.Text(filter), Canonical.Text(server.Operations.OfType<LdapSearch>().Last().Filter));
        }
    }

    [Theory]
    [InlineData("*", "(cn=\\2a)")]
    [InlineData("a)(b=c", "(cn=a\\29\\28b=c)")]
    [InlineData("\\", "(cn=\\5c)")]
    [InlineData("\0\n", "(cn=\\00\\0a)")]
    [InlineData("Grüße 🎈", "(cn=Grüße 🎈)")]
    public void A_value_is_escaped(string value, string expected) => Assert.Equal(expected, LdapFilter.Equal("cn", value).ToString());

    [Fact]
    public void A_guid_is_written_octet_by_octet() => Assert.Equal(
        "(objectGUID=\\33\\22\\11\\00\\55\\44\\77\\66\\88\\99\\aa\\bb\\cc\\dd\\ee\\ff)",
        LdapFilter.Equal("objectGUID", Guid.Parse("00112233-4455-6677-8899-aabbccddeeff")).ToString());

    [Fact]
    public void Filters_that_are_too_deep_too_wide_or_empty_cannot_be_made()
    {
        var leaf = LdapFilter.Present("cn");
        var deep = leaf;
        for (var depth = 1; depth < LdapFilter.MaximumDepth; depth++)
        {
            deep = LdapFilter.Not(deep);
        }

        Assert.Throws<ArgumentException>(() => LdapFilter.Not(deep));
        Assert.Throws<ArgumentException>(() => LdapFilter.Or([.. Enumerable.Repeat(leaf, LdapFilter.MaximumTerms + 1)]));
        Assert.Throws<ArgumentException>(() => LdapFilter.And());
        Assert.Throws<ArgumentException>(() => LdapFilter.Or());
        Assert.Throws<ArgumentException>(() => LdapFilter.Present("cn)(x"));
        Assert.Throws<ArgumentException>(() => LdapFilter.Matches("cn", "1.2:=x", "y"));
        Assert.ThrowsAny<ArgumentException>(() => LdapFilter.Equal("cn", "\ud83c"));
    }
}
