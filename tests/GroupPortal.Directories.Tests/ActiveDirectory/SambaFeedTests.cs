using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>What a reader of the feed has to hear of a real domain, whichever way the server tells it.</summary>
public abstract class SambaFeedTests(DirectoryFixture fixture) : DirectoryTests(fixture)
{
    private static readonly string Base = SambaDomainController.BaseDn;

    protected abstract SambaDomainController Controller { get; }

    /// <summary>What the cookies of this way begin with.</summary>
    protected abstract string Way { get; }

    [SambaFact]
    public async Task The_feed_goes_this_way()
    {
        var (_, cookie) = await FollowAsync(null);

        Assert.StartsWith(Way, cookie, StringComparison.Ordinal);
    }

    [SambaFact]
    public async Task While_nothing_changed_two_small_reads_are_all()
    {
        var (_, cookie) = await FollowAsync(null);
        using var searches = new SearchCounter();

        var (pages, same) = await FollowAsync(cookie);

        Assert.Equal(2, searches.Take());
        Assert.Empty(pages.SelectMany(page => page.Objects));
        Assert.Equal(cookie, same);
    }

    [SambaFact]
    public async Task A_new_account_is_in_its_primary_group_at_once_and_a_deleted_one_comes_as_deleted()
    {
        var (_, cookie) = await FollowAsync(null);
        var name = LdapName.FromEscaped($"CN=Newcomer,OU=Staff,{Base}");
        await SendAsync(new LdapRequest.Add(name, [new("objectClass", "user"), new("sAMAccountName", "newcomer"), new("department", "Logistics"), new("l", "Porto")]));

        var (pages, next) = await FollowAsync(cookie);
        var person = pages.SelectMany(page => page.Objects).Single(item => item.Kind == ObjectKind.User && Value(item, "sAMAccountName") == "newcomer");
        var primary = pages.SelectMany(page => page.Objects).Single(item => item.Kind == ObjectKind.Group && Value(item, "cn") == "Domain Users");

        Assert.Equal(("Logistics", "Porto", "513"), (Value(person, "department"), Value(person, "l"), Value(person, "primaryGroupID")));
        Assert.Null(Value(person, "accountExpires"));
        Assert.Contains(person.Id, primary.Members!);
        Assert.Equal((await Directory.MemberIdsAsync(primary.Id, CancellationToken.None)).Value().Order(), primary.Members!.Order());

        await SendAsync(new LdapRequest.Delete(name));
        Assert.Contains(person.Id, (await FollowAsync(next)).Pages.SelectMany(page => page.Deleted));
    }

    [SambaFact]
    public async Task People_come_whole_with_what_changed_of_them()
    {
        var person = People[3];
        var (all, cookie) = await FollowAsync(null);
        var before = all.SelectMany(page => page.Objects).Single(item => item.Id == person.Id);
        await SendAsync(new LdapRequest.Modify(LdapName.FromEscaped(person.Dn),
        [
            new(LdapChange.Replace, new LdapAttribute("employeeType", "Contractor")),
            new(LdapChange.Replace, new LdapAttribute("manager", People[4].Dn)),
            new(LdapChange.Replace, new LdapAttribute("accountExpires", "134000000000000000")),
        ]));

        var changed = (await FollowAsync(cookie)).Pages.SelectMany(page => page.Objects).Single(item => item.Id == person.Id);

        Assert.Equal("Contractor", Value(changed, "employeeType"));
        Assert.Equal(People[4].Id.ToString("D"), Value(changed, "manager"));
        Assert.Equal("2025-08-18T14:13:20Z", Value(changed, "accountExpires"));
        Assert.Equal(Value(before, "mail"), Value(changed, "mail"));
        Assert.Equal(Value(before, "whenCreated"), Value(changed, "whenCreated"));
    }

    [SambaFact]
    public async Task What_stands_in_a_container_that_is_renamed_comes_under_its_new_name()
    {
        await SendAsync(new LdapRequest.Add(LdapName.FromEscaped($"OU=Before,{Base}"), [new("objectClass", "organizationalUnit")]));
        await SendAsync(new LdapRequest.Add(LdapName.FromEscaped($"CN=Within,OU=Before,{Base}"), [new("objectClass", "contact")]));
        var (_, cookie) = await FollowAsync(null);

        await SendAsync(new LdapRequest.ModifyName(LdapName.FromEscaped($"OU=Before,{Base}"), LdapName.FromEscaped("OU=After"), null));
        var moved = (await FollowAsync(cookie)).Pages.SelectMany(page => page.Objects).Single(item => Value(item, "cn") == "Within");

        Assert.Equal(DistinguishedName.Parse($"CN=Within,OU=After,{Base}"), DistinguishedName.Parse(moved.Dn));
    }

    /// <summary>Else a policy that is linked to the domain's uppermost units would be everybody again.</summary>
    [SambaFact]
    public async Task What_stands_in_a_container_is_not_told_again_when_the_container_stays_where_it_is()
    {
        var unit = LdapName.FromEscaped($"OU=Staff,{Base}");
        var (_, cookie) = await FollowAsync(null);

        foreach (var text in new[] { "Once", "Twice" })
        {
            await SendAsync(new LdapRequest.Modify(unit, [new(LdapChange.Replace, new LdapAttribute("description", text))]));
            (var pages, cookie) = await FollowAsync(cookie);
            Assert.Empty(pages.SelectMany(page => page.Objects));
        }
    }

    [SambaFact]
    public async Task Each_change_of_a_person_is_told_once_and_nothing_else_is()
    {
        var name = LdapName.FromEscaped($"CN=Told,OU=Staff,{Base}");
        await SendAsync(new LdapRequest.Add(name, [new("objectClass", "user"), new("sAMAccountName", "told"), new("department", "Logistics")]));
        var (_, cookie) = await FollowAsync(null);

        async Task<ReplicaObject> NextAsync(LdapRequest request)
        {
            await SendAsync(request);
            (var pages, cookie) = await FollowAsync(cookie);
            Assert.Empty(pages.SelectMany(page => page.Deleted));
            return Assert.Single(pages.SelectMany(page => page.Objects));
        }

        LdapRequest Change(string attribute, params string[] values) => new LdapRequest.Modify(name, [new(LdapChange.Replace, new LdapAttribute(attribute, values))]);
        Assert.Equal("Sales", Value(await NextAsync(Change("department", "Sales")), "department"));
        Assert.Null(Value(await NextAsync(Change("department")), "department"));
        Assert.Equal(People[1].Id.ToString("D"), Value(await NextAsync(Change("manager", People[1].Dn)), "manager"));
        Assert.Null(Value(await NextAsync(Change("manager")), "manager"));
        Assert.Equal("544", Value(await NextAsync(Change("userAccountControl", "544")), "userAccountControl"));
        var renamed = await NextAsync(new LdapRequest.ModifyName(name, LdapName.FromEscaped("CN=Retold"), null));
        Assert.Equal("Retold", Value(renamed, "cn"));
        var moved = await NextAsync(new LdapRequest.ModifyName(LdapName.FromEscaped($"CN=Retold,OU=Staff,{Base}"), LdapName.FromEscaped("CN=Retold"), LdapName.FromEscaped($"OU=Groups,{Base}")));
        Assert.Equal((renamed.Id, DistinguishedName.Parse($"CN=Retold,OU=Groups,{Base}")), (moved.Id, DistinguishedName.Parse(moved.Dn)));
    }

    [SambaFact]
    public async Task Members_that_come_and_go_are_told_with_the_whole_group()
    {
        var group = await CreateAsync(members: [People[0], People[1]]);
        var (_, cookie) = await FollowAsync(null);

        async Task<IReadOnlyList<Guid>> NextAsync(LdapChange change, params DirectoryObject[] people)
        {
            await SendAsync(new LdapRequest.Modify(LdapName.FromGuid(group.Id), [new(change, new LdapAttribute("member", people.Select(person => person.Dn)))]));
            (var pages, cookie) = await FollowAsync(cookie);
            return [.. pages.SelectMany(page => page.Objects).Single(item => item.Id == group.Id).Members!.Order()];
        }

        Assert.Equal(Ids(0, 1, 2, 3), await NextAsync(LdapChange.Add, People[2], People[3]));
        Assert.Equal(Ids(1, 2, 3), await NextAsync(LdapChange.Delete, People[0]));
        Assert.Equal(Ids(4), await NextAsync(LdapChange.Replace, People[4]));
        Assert.Empty(await NextAsync(LdapChange.Delete, People[4]));

        IReadOnlyList<Guid> Ids(params int[] people) => [.. people.Select(index => People[index].Id).Order()];
    }

    [SambaFact]
    public async Task A_deleted_person_leaves_nothing_behind_in_groups_and_as_a_manager()
    {
        var name = LdapName.FromEscaped($"CN=Leaver,OU=Staff,{Base}");
        await SendAsync(new LdapRequest.Add(name, [new("objectClass", "user"), new("sAMAccountName", "leaver")]));
        var report = LdapName.FromEscaped($"CN=Report,OU=Staff,{Base}");
        await SendAsync(new LdapRequest.Add(report, [new("objectClass", "user"), new("sAMAccountName", "report"), new("manager", name.ToString())]));
        var group = await CreateAsync(members: [People[0]]);
        await SendAsync(new LdapRequest.Modify(LdapName.FromGuid(group.Id), [new(LdapChange.Add, new LdapAttribute("member", name.ToString()))]));
        var (all, cookie) = await FollowAsync(null);
        var objects = all.SelectMany(page => page.Objects).GroupBy(item => item.Id).ToDictionary(same => same.Key, same => same.Last());
        var leaver = objects.Values.Single(item => Value(item, "sAMAccountName") == "leaver");
        Assert.Contains(leaver.Id, objects[group.Id].Members!);

        await SendAsync(new LdapRequest.Delete(name));
        var (pages, next) = await FollowAsync(cookie);

        Assert.Contains(leaver.Id, pages.SelectMany(page => page.Deleted));
        Assert.DoesNotContain(leaver.Id, pages.SelectMany(page => page.Objects).Select(item => item.Id));
        Assert.All(pages.SelectMany(page => page.Objects), item => Assert.DoesNotContain(leaver.Id, item.Members ?? []));
        // Whoever reads anew finds no trace of him; whoever followed has taken him out himself.
        await SendAsync(new LdapRequest.Modify(LdapName.FromGuid(group.Id), [new(LdapChange.Replace, new LdapAttribute("displayName", "After"))]));
        await SendAsync(new LdapRequest.Modify(report, [new(LdapChange.Replace, new LdapAttribute("title", "Alone"))]));
        var after = (await FollowAsync(next)).Pages.SelectMany(page => page.Objects).ToList();
        Assert.Equal([People[0].Id], after.Single(item => item.Id == group.Id).Members!);
        Assert.Null(Value(after.Single(item => Value(item, "sAMAccountName") == "report"), "manager"));
    }

    [SambaFact]
    public async Task Another_server_and_one_that_was_put_back_to_an_earlier_day_are_read_from_the_beginning()
    {
        var (_, cookie) = await FollowAsync(null);
        var parts = cookie.Split(':');

        foreach (var other in new[] { string.Join(':', [parts[0], Guid.NewGuid().ToString("N"), .. parts[2..]]), string.Join(':', [parts[0], parts[1], "99999999", .. parts[3..]]) })
        {
            var answer = await Directory.ReplicaAsync(other, 1000, CancellationToken.None);
            Assert.IsType<DirectoryError.Conflict>(Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(answer).Error);
        }
    }

    protected static string? Value(ReplicaObject item, string attribute) => item.Values.FirstOrDefault(value => value.Key == attribute).Value is [var one, ..] ? one : null;

    protected async Task<(IReadOnlyList<ReplicaPage> Pages, string Cookie)> FollowAsync(string? cookie)
    {
        var pages = new List<ReplicaPage>();
        do
        {
            pages.Add((await Directory.ReplicaAsync(cookie, 1000, CancellationToken.None)).Value());
            cookie = pages[^1].Cookie;
        }
        while (pages[^1].HasMore);
        return (pages, cookie);
    }

    protected async Task SendAsync(LdapRequest request)
    {
        await using var client = new LdapClient(Clients.OptionsFor(Controller), TimeProvider.System);
        var answer = await client.SendAsync(request, CancellationToken.None);
        Assert.True(answer is LdapAnswer.Answered { Result.IsSuccess: true }, $"{answer}");
    }
}

public sealed class SambaSyncFeedTests(SambaFixture fixture) : SambaFeedTests(fixture), IClassFixture<SambaFixture>
{
    private readonly SambaFixture _fixture = fixture;

    protected override SambaDomainController Controller => _fixture.Controller;

    protected override string Way => "sync:";

    /// <summary>Active Directory tells such an account of deletions; Samba does not, and then it is not taken at its word.</summary>
    [SambaFact]
    public async Task The_right_to_replicate_is_not_enough_where_deletions_are_not_told()
    {
        var clock = new FakeClock();
        await GrantAsync();
        await using var directory = OpenAsService(clock);

        var cookie = await EndAsync(directory, null);
        clock.Advance(TimeSpan.FromMinutes(16));
        var later = await directory.ReplicaAsync(cookie, 1000, CancellationToken.None);

        Assert.StartsWith("usn:", cookie, StringComparison.Ordinal);
        Assert.IsType<DirectoryError.Conflict>(Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(later).Error);
    }

    [SambaFact]
    public async Task A_right_that_is_taken_away_and_a_cookie_that_is_none_begin_anew()
    {
        var (_, cookie) = await FollowAsync(null);
        await CreateAsync();
        await using var lowly = OpenAsService(TimeProvider.System, SambaDomainController.Lowly);

        foreach (var (directory, one) in new[] { ((IDirectory)lowly, cookie), (Directory, cookie[..(cookie.LastIndexOf(':') + 1)] + "AAAA") })
        {
            var answer = await directory.ReplicaAsync(one, 1000, CancellationToken.None);
            Assert.IsType<DirectoryError.Conflict>(Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(answer).Error);
        }
    }

    private DomainDirectory OpenAsService(TimeProvider clock, TestAccount? account = null)
    {
        account ??= SambaDomainController.Service;
        return DomainDirectory.Open(
            SambaFixture.Store, Clients.OptionsFor(Controller) with { Credential = new LdapCredential(account.BindName, account.Password) }, clock);
    }

    private static async Task<string> EndAsync(DomainDirectory directory, string? cookie)
    {
        ReplicaPage page;
        do
        {
            page = (await directory.ReplicaAsync(cookie, 100_000, CancellationToken.None)).Value();
            cookie = page.Cookie;
        }
        while (page.HasMore);
        return cookie;
    }

    /// <summary>Gives the service account "Replicating Directory Changes" on the domain: one more entry of its DACL.</summary>
    private async Task GrantAsync()
    {
        await using var client = new LdapClient(Clients.OptionsFor(Controller), TimeProvider.System);
        var domain = LdapName.FromEscaped(SambaDomainController.BaseDn);
        LdapControl dacl = LdapControls.SecurityDescriptorParts(4);
        var service = await client.SearchAsync(
            new LdapSearch(domain, LdapScope.Subtree, LdapFilter.Equal("sAMAccountName", "svc-groupportal"), ["objectSid"]), CancellationToken.None);
        var root = await client.SearchAsync(
            new LdapSearch(domain, LdapScope.Base, LdapFilter.Present("objectClass"), ["nTSecurityDescriptor"]) { Controls = [dacl] }, CancellationToken.None);
        var widened = SecurityDescriptors.WithRight(
            root.Entries[0].Octets("nTSecurityDescriptor")!.Value.ToArray(), new Guid("1131f6aa-9c07-11d1-f79f-00c04fc2dcd2"), service.Entries.Single().Octets("objectSid")!.Value.ToArray());
        var answer = await client.SendAsync(
            new LdapRequest.Modify(domain, [new(LdapChange.Replace, new LdapAttribute("nTSecurityDescriptor", [new ReadOnlyMemory<byte>(widened)]))]) { Controls = [dacl] },
            CancellationToken.None);
        Assert.True(answer is LdapAnswer.Answered { Result.IsSuccess: true }, $"{answer}");
    }
}

/// <summary>A domain that lets nobody replicate.</summary>
public sealed class NumbersSambaFixture : StrictSambaFixture
{
    protected override StrictDomainLimits Limits { get; } = new() { RefusesDirSync = true };
}

public sealed class SambaNumbersFeedTests(NumbersSambaFixture fixture) : SambaFeedTests(fixture), IClassFixture<NumbersSambaFixture>
{
    private readonly NumbersSambaFixture _fixture = fixture;

    protected override SambaDomainController Controller => _fixture.Controller;

    protected override string Way => "usn:";
}
