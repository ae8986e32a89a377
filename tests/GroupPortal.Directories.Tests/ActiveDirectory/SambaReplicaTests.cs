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
        await using var directory = OpenAsService(Clients.OptionsFor(_fixture.Controller), clock);
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
    public async Task A_load_that_takes_long_is_not_in_vain_and_the_next_one_is_due_the_later()
    {
        var clock = new FakeClock();
        await using var directory = OpenAsService(Clients.OptionsFor(_fixture.Controller), clock);
        var (page, minutes) = ((await directory.ReplicaAsync(null, 50, CancellationToken.None)).Value(), 0);
        for (; page.Cookie.StartsWith("load:", StringComparison.Ordinal); minutes += 10)
        {
            clock.Advance(TimeSpan.FromMinutes(10));
            page = (await directory.ReplicaAsync(page.Cookie, 50, CancellationToken.None)).Value();
        }

        Assert.True(minutes >= 20);
        clock.Advance(TimeSpan.FromMinutes((4 * minutes) - 1));
        page = (await directory.ReplicaAsync(page.Cookie, 1000, CancellationToken.None)).Value();
        clock.Advance(TimeSpan.FromMinutes(2));
        var later = await directory.ReplicaAsync(page.Cookie, 1000, CancellationToken.None);

        Assert.IsType<DirectoryError.Conflict>(Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(later).Error);
    }

    [SambaFact]
    public async Task Many_changes_are_read_a_page_at_a_time_and_each_of_them_once()
    {
        await using var proxy = FaultProxy.Start(_fixture.Controller.LdapsEndPoint);
        var options = Clients.OptionsFor(_fixture.Controller) with { Servers = [new LdapServer(proxy.EndPoint.Address.ToString(), proxy.EndPoint.Port, LdapSecurity.Ldaps)] };
        await using var directory = OpenAsService(options, TimeProvider.System);
        var cookie = (await FollowAsync(directory, null, 1000)).Cookie;
        await using (var client = new LdapClient(Clients.OptionsFor(_fixture.Controller), TimeProvider.System))
        {
            for (var number = 0; number < 80; number++)
            {
                var added = await client.SendAsync(
                    new LdapRequest.Add(LdapName.FromEscaped($"CN=Bulk {number},OU=Staff,{Base}"), [new("objectClass", "contact"), new("description", new string('x', 900))]),
                    CancellationToken.None);
                Assert.True(added is LdapAnswer.Answered { Result.IsSuccess: true }, $"{added}");
            }
        }

        var (whole, inOne) = await CostAsync(1000);
        var (some, inMany) = await CostAsync(5);

        Assert.Equal(80, whole.Sum(page => page.Objects.Count));
        Assert.Equal(80, some.Sum(page => page.Objects.Count));
        Assert.All(some, page => Assert.True(page.Objects.Count < 10));
        Assert.True(inMany < 3 * inOne, $"{inMany} octets in pages, {inOne} in one");

        async Task<(IReadOnlyList<ReplicaPage> Pages, long Octets)> CostAsync(int take)
        {
            var before = proxy.BytesFromServer;
            return ((await FollowAsync(directory, cookie, take)).Pages, proxy.BytesFromServer - before);
        }
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
        var cookie = new ReplicaCookie(Guid.NewGuid(), 4711, Blind: null);
        foreach (var one in new[]
        {
            cookie, cookie with { Blind = 12345 }, cookie with { Load = Guid.NewGuid(), Page = 7 }, cookie with { Sync = "AQID" },
            cookie with { Load = Guid.NewGuid(), Page = 7, Sync = "AQID" },
        })
        {
            Assert.Equal(one, ReplicaCookie.Read(one.ToString()));
        }

        Assert.Null(ReplicaCookie.Read("usn:1:2:3"));
        Assert.Null(ReplicaCookie.Read(cookie with { Sync = "?" } + ""));
    }

    /// <summary>An ordinary account: no deleted objects, no right to replicate.</summary>
    private static DomainDirectory OpenAsService(LdapOptions options, TimeProvider clock) => DomainDirectory.Open(
        SambaFixture.Store,
        options with { Credential = new LdapCredential(SambaDomainController.Service.BindName, SambaDomainController.Service.Password) },
        clock);

    private static async Task<(IReadOnlyList<ReplicaPage> Pages, string Cookie)> FollowAsync(DomainDirectory directory, string? cookie, int take)
    {
        var pages = new List<ReplicaPage>();
        do
        {
            pages.Add((await directory.ReplicaAsync(cookie, take, CancellationToken.None)).Value());
            cookie = pages[^1].Cookie;
        }
        while (pages[^1].HasMore);
        return (pages, cookie);
    }
}
