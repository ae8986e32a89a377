using GroupPortal.ActiveDirectory;
using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>What a replica of a real domain has to know beyond the contract: what changes without a change number, and what nobody sees.</summary>
public sealed class SambaReplicaTests(SambaFixture fixture) : DirectoryTests(fixture), IClassFixture<SambaFixture>
{
    private static readonly string Base = SambaDomainController.BaseDn;

    private readonly SambaFixture _fixture = fixture;

    [SambaFact]
    public async Task An_account_that_cannot_see_what_was_deleted_reads_everything_again_after_a_while()
    {
        var clock = new FakeClock();
        var service = SambaDomainController.Service;
        await using var directory = DomainDirectory.Open(
            SambaFixture.Store, Clients.OptionsFor(_fixture.Controller) with { Credential = new LdapCredential(service.BindName, service.Password) }, clock);
        var page = (await directory.ReplicaAsync(null, 100_000, CancellationToken.None)).Value();
        Assert.True(page.Objects.Count > 100);
        page = (await directory.ReplicaAsync(page.Cookie, 1000, CancellationToken.None)).Value();

        clock.Advance(TimeSpan.FromMinutes(14));
        page = (await directory.ReplicaAsync(page.Cookie, 1000, CancellationToken.None)).Value();
        clock.Advance(TimeSpan.FromMinutes(2));
        var later = await directory.ReplicaAsync(page.Cookie, 1000, CancellationToken.None);

        Assert.IsType<DirectoryError.Conflict>(Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(later).Error);
    }

    [SambaFact]
    public async Task A_page_of_a_load_cannot_be_read_twice_and_a_new_load_ends_the_one_before()
    {
        var first = (await Directory.ReplicaAsync(null, 5, CancellationToken.None)).Value();
        await Directory.ReplicaAsync(first.Cookie, 5, CancellationToken.None);
        Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(await Directory.ReplicaAsync(first.Cookie, 5, CancellationToken.None));

        var one = (await Directory.ReplicaAsync(null, 5, CancellationToken.None)).Value();
        var two = (await Directory.ReplicaAsync(null, 5, CancellationToken.None)).Value();
        Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(await Directory.ReplicaAsync(one.Cookie, 5, CancellationToken.None));
        Assert.NotEqual(one.Cookie, two.Cookie);
    }

    [SambaFact]
    public async Task A_domain_that_is_not_there_is_an_error_and_no_empty_page()
    {
        await using var directory = DomainDirectory.Open(
            SambaFixture.Store,
            Clients.OptionsFor(_fixture.Controller) with { Servers = [new LdapServer("127.0.0.1", 9, LdapSecurity.Ldaps)] },
            TimeProvider.System);

        Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(await directory.ReplicaAsync(null, 10, CancellationToken.None));
        Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(
            await directory.ReplicaAsync("usn:00000000000000000000000000000001:5:all", 10, CancellationToken.None));
    }

    [Theory]
    [InlineData("accountExpires", "0", null)]
    [InlineData("accountExpires", "9223372036854775807", null)]
    [InlineData("accountExpires", "133444736000000000", "2023-11-14T22:13:20Z")]
    [InlineData("whenCreated", "20260301123456.0Z", "2026-03-01T12:34:56Z")]
    [InlineData("whenCreated", "yesterday", null)]
    [InlineData("userAccountControl", "0512", "512")]
    [InlineData("groupType", "-2147483646", "-2147483646")]
    [InlineData("manager", "<GUID=6b7e8a3c-3f0e-4c55-9d6a-2f60a3d6e001>;<SID=S-1-5-21-1-2-3-500>;CN=A,DC=x", "6b7e8a3c-3f0e-4c55-9d6a-2f60a3d6e001")]
    [InlineData("manager", "CN=A,DC=x", "CN=A,DC=x")]
    [InlineData("homeMDB", "<GUID=6b7e8a3c-3f0e-4c55-9d6a-2f60a3d6e001>;CN=Store,DC=x", "CN=Store,DC=x")]
    [InlineData("description", "<GUID=of nothing>", "<GUID=of nothing>")]
    public void Every_value_has_one_form(string attribute, string text, string? expected)
    {
        Assert.True(CriteriaVocabulary.For(StoreKind.ActiveDirectory).TryGet(attribute, out var known));

        Assert.Equal(expected, ReplicaValues.Canonical(known!, text));
    }

    [Fact]
    public void A_cookie_reads_as_it_was_written()
    {
        var cookie = new ReplicaCookie(Guid.NewGuid(), 4711, BlindSince: null);
        foreach (var one in new[]
        {
            cookie, cookie with { BlindSince = 12345 }, cookie with { Load = Guid.NewGuid(), Page = 7 }, cookie with { Sync = "AQID" },
            cookie with { Load = Guid.NewGuid(), Page = 7, Sync = "AQID" },
        })
        {
            Assert.Equal(one, ReplicaCookie.Read(one.ToString()));
        }

        Assert.Null(ReplicaCookie.Read("usn:1:2:3"));
        Assert.Null(ReplicaCookie.Read(cookie with { Sync = "?" } + ""));
    }
}
