using System.Globalization;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>Active Directory's limits in front of Samba, seen with OpenLDAP's tools.</summary>
[Collection(DomainControllerCollection.Name)]
public sealed class StrictDomainTests(DomainControllerFixture fixture)
{
    private const string Staff = "OU=Staff,DC=demo,DC=local";
    private const string Groups = "OU=Groups,DC=demo,DC=local";
    private const string Everybody = "(&(objectCategory=person)(objectClass=user))";

    private SambaDomainController Controller => fixture.Controller;

    [SambaFact]
    public async Task What_is_within_the_limits_passes_unchanged()
    {
        await using var strict = StrictDomain.Start(Controller);
        var direct = await LdapTool.For(Controller, SambaDomainController.Administrator).SearchAsync(Staff, "(cn=Uma Devi)");

        var answer = await LdapTool.For(strict, SambaDomainController.Administrator).SearchAsync(Staff, "(cn=Uma Devi)");

        Assert.Equal(0, answer.Code);
        Assert.NotEmpty(answer.Lines);
        Assert.Equal(direct.Lines, answer.Lines);
        Assert.Empty(strict.Violations);
    }

    [SambaFact]
    public async Task A_wrong_password_is_refused_by_the_controller()
    {
        await using var strict = StrictDomain.Start(Controller);

        var lowly = SambaDomainController.Lowly;
        Assert.Equal(49, (await LdapBind.TryAsync(strict.EndPoint, Controller.CaFile, lowly.BindName, "wrong", CancellationToken.None)).Code);
        Assert.True((await LdapBind.TryAsync(strict.EndPoint, Controller.CaFile, lowly.BindName, lowly.Password, CancellationToken.None)).Succeeded);
    }

    [SambaTheory]
    [InlineData(1000, 0, 4, 1000)]
    [InlineData(100, 0, 4, 100)]
    [InlineData(100, 30, 4, 30)]
    [InlineData(100, 300, 4, 100)]
    [InlineData(5000, 0, 0, null)]
    public async Task A_search_without_pages_ends_at_the_limit(int maximum, int own, int code, int? entries)
    {
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxPageSize = maximum });

        var answer = await SearchAsync(strict, "DC=demo,DC=local", "(objectClass=*)", ["1.1"], own == 0 ? [] : ["-z", Text(own)]);

        Assert.Equal(code, answer.Code);
        Assert.Equal(code == 0 ? 0 : 1, strict.Counts.CutSearches);
        if (entries is { } expected)
        {
            Assert.Equal(expected, Entries(answer.Lines));
        }
        else
        {
            Assert.InRange(Entries(answer.Lines), 1001, 5000);
        }
    }

    [SambaFact]
    public async Task A_connection_goes_on_after_a_search_was_ended_or_abandoned()
    {
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxPageSize = 10 });
        await using var client = await RawLdap.ConnectAsync(strict.EndPoint, strict.CaFile);
        Assert.Equal(0, await client.BindAsync(SambaDomainController.Lowly));

        for (var round = 0; round < 3; round++)
        {
            var (code, entries) = await client.SearchAsync(Staff, scope: 2, "cn");
            Assert.Equal((4, 10), (code, entries.Count));
            await client.SearchAndAbandonAsync(Staff, scope: 2);
            (code, entries) = await client.SearchAsync(Staff, scope: 0, "cn");
            Assert.Equal((0, 1), (code, entries.Count));
        }

        Assert.Equal(3, strict.Counts.Received(LdapOperation.Abandon));
    }

    [SambaFact]
    public async Task Exactly_as_many_as_the_limit_are_a_whole_answer()
    {
        var all = Entries((await SearchAsync(LdapTool.For(Controller, SambaDomainController.Administrator), Staff, Everybody, ["1.1"])).Lines);
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxPageSize = all });

        var answer = await SearchAsync(strict, Staff, Everybody, ["1.1"]);

        Assert.Equal((0, all), (answer.Code, Entries(answer.Lines)));
    }

    [SambaFact]
    public async Task A_page_is_cut_and_the_rest_follows()
    {
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxPageSize = 100 });

        var answer = await SearchAsync(strict, Staff, Everybody, ["1.1"], "-E", "pr=400/noprompt");

        Assert.Equal(0, answer.Code);
        Assert.Equal(1000, Entries(answer.Lines));
        Assert.Equal(400, strict.Counts.LargestPage);
        Assert.InRange(strict.Counts.Passed(LdapOperation.Search), 10, 11);
        Assert.Equal(0, strict.Counts.CutSearches);
    }

    [SambaFact]
    public async Task What_has_pages_of_its_own_kind_is_not_cut()
    {
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxPageSize = 10 });

        var answer = await SearchAsync(strict, "DC=demo,DC=local", Everybody, ["sAMAccountName"], "-E", "!dirSync=0/1000000");

        Assert.Equal(0, answer.Code);
        Assert.InRange(Entries(answer.Lines), 1000, 2000);
    }

    [SambaTheory]
    [InlineData(12, "member", "member: 0, member;range=0-4: 5")]
    [InlineData(12, "MEMBER", "member: 0, member;range=0-4: 5")]
    [InlineData(12, "*", "member: 0, member;range=0-4: 5")]
    [InlineData(12, "member;range=0-*", "member;range=0-4: 5")]
    [InlineData(12, "member;range=5-*", "member;range=5-9: 5")]
    [InlineData(12, "member;range=10-*", "member;range=10-*: 2")]
    [InlineData(12, "member;range=7-*", "member;range=7-*: 5")]
    [InlineData(12, "member;range=11-*", "member;range=11-*: 1")]
    [InlineData(12, "member;range=12-*", "member;range=12-*: 0")]
    [InlineData(12, "member;range=99-*", "member;range=99-*: 0")]
    [InlineData(12, "member;range=1-2", "member;range=1-2: 2")]
    [InlineData(12, "member;range=1-100", "member;range=1-5: 5")]
    [InlineData(12, "member;range=9-100", "member;range=9-*: 3")]
    [InlineData(6, "member", "member: 0, member;range=0-4: 5")]
    [InlineData(5, "member", "member: 5")]
    [InlineData(5, "member;range=0-*", "member;range=0-*: 5")]
    [InlineData(5, "member;range=5-*", "member;range=5-*: 0")]
    [InlineData(0, "member;range=0-*", "")]
    public async Task An_attribute_is_given_in_ranges(int members, string asked, string expected)
    {
        await using var group = await MadeGroup.OfAsync(Controller, members);
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxValRange = 5 });
        await using var client = await RawLdap.ConnectAsync(strict.EndPoint, strict.CaFile);
        Assert.Equal(0, await client.BindAsync(SambaDomainController.Administrator));

        var (code, entries) = await client.SearchAsync(group.Dn, scope: 0, asked);

        Assert.Equal(0, code);
        var given = entries.Single().Where(attribute => attribute.Name.StartsWith("member", StringComparison.Ordinal));
        Assert.Equal(expected, string.Join(", ", given.Select(attribute => $"{attribute.Name}: {attribute.Values}")));
    }

    [SambaFact]
    public async Task The_tools_read_a_range_of_many_values()
    {
        await using var group = await MadeGroup.OfAsync(Controller, members: 12);
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxValRange = 5 });

        var answer = await SearchAsync(strict, group.Dn, "(objectClass=group)", ["member;range=5-*", "description"], "-s", "base");

        Assert.Equal(5, answer.Lines.Count(line => line.StartsWith("member;range=5-9: CN=", StringComparison.Ordinal)));
        Assert.Contains("description: made for a test", answer.Lines);
        Assert.Equal(1, strict.Counts.CutAttributes);
    }

    [SambaFact]
    public async Task A_malformed_range_is_left_to_the_controller_to_refuse()
    {
        await using var strict = StrictDomain.Start(Controller);

        Assert.Equal(53, (await SearchAsync(strict, Groups, "(objectClass=group)", ["member;range=abc"])).Code);
    }

    [SambaFact]
    public async Task A_search_that_takes_too_long_ends()
    {
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxQueryDuration = TimeSpan.FromTicks(1) });

        Assert.Equal(3, (await SearchAsync(strict, Staff, Everybody, ["*"])).Code);
        Assert.Equal(1, strict.Counts.CutSearches);
    }

    [SambaFact]
    public async Task A_search_that_is_not_answered_at_all_ends_too()
    {
        await using var network = FaultProxy.Start(Controller.LdapsEndPoint);
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxQueryDuration = TimeSpan.FromSeconds(1) }, network.EndPoint);
        await using var client = await RawLdap.ConnectAsync(strict.EndPoint, strict.CaFile);
        Assert.Equal(0, await client.BindAsync(SambaDomainController.Lowly));
        network.Mode = new FaultMode.BlackHole();

        Assert.Equal(3, (await client.SearchAsync(Staff, scope: 2, "1.1")).Code);
    }

    [SambaTheory]
    [InlineData(50, 1, true)]
    [InlineData(51, 1, false)]
    [InlineData(2, 500, true)]
    [InlineData(2, 501, false)]
    public async Task A_filter_beyond_all_measure_is_recorded(int depth, int terms, bool passes)
    {
        await using var strict = StrictDomain.Start(Controller);
        var filter = $"(|{string.Concat(Enumerable.Repeat("(cn=nobody)", terms))})";
        for (var level = 2; level < depth; level++)
        {
            filter = $"(!{filter})";
        }

        var answer = await SearchAsync(strict, Groups, filter, ["1.1"], "-s", "base");

        Assert.Equal(passes ? 0 : 11, answer.Code);
        Assert.Equal(passes ? 0 : 1, strict.Violations.Count);
        Assert.Equal((terms, depth), (strict.Counts.LargestFilterTerms, strict.Counts.LargestFilterDepth));
    }

    [SambaTheory]
    [InlineData(11, 11)]
    [InlineData(10, 0)]
    public async Task A_write_of_too_many_values_is_refused_whole(int values, int code)
    {
        await using var group = await MadeGroup.OfAsync(Controller, members: 0);
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxWrittenValues = 10 });
        var people = await MadeGroup.PeopleAsync(Controller, values);

        var answer = await LdapTool.For(strict, SambaDomainController.Administrator).ModifyAsync(
            $"dn: {group.Dn}\nchangetype: modify\nadd: member\n{string.Concat(people.Select(dn => $"member: {dn}\n"))}");

        Assert.Equal(code, answer);
        Assert.Equal(code == 0 ? values : 0, await group.CountMembersAsync());
        Assert.Equal(values, strict.Counts.LargestModify);
        Assert.Equal((1, code == 0 ? 1 : 0), (strict.Counts.Received(LdapOperation.Modify), strict.Counts.Passed(LdapOperation.Modify)));
    }

    [SambaFact]
    public async Task A_request_that_is_too_long_ends_the_connection()
    {
        await using var strict = StrictDomain.Start(Controller, new StrictDomainLimits { MaxReceiveBuffer = 2000 });

        var answer = await SearchAsync(strict, Groups, $"(cn={new string('x', 2000)})", ["1.1"]);

        // OpenLDAP's own: the server cannot be contacted any more.
        Assert.Equal(255, answer.Code);
        Assert.Equal(0, strict.Counts.Received(LdapOperation.Search));
    }

    [SambaFact]
    public async Task A_busy_domain_refuses_writes_and_takes_them_again()
    {
        await using var group = await MadeGroup.OfAsync(Controller, members: 0);
        await using var strict = StrictDomain.Start(Controller);
        var administrator = LdapTool.For(strict, SambaDomainController.Administrator);
        Task<int> WriteAsync() => administrator.ModifyAsync($"dn: {group.Dn}\nchangetype: modify\nreplace: info\ninfo: {Guid.NewGuid()}\n");
        strict.Busy(2);
        strict.Unavailable();

        Assert.Equal(0, (await SearchAsync(strict, Groups, "(objectClass=group)", ["1.1"])).Code);
        Assert.Equal(51, await WriteAsync());
        Assert.Equal(51, await WriteAsync());
        Assert.Equal(52, await WriteAsync());
        Assert.Equal(0, await WriteAsync());
        Assert.Equal((4, 1), (strict.Counts.Received(LdapOperation.Modify), strict.Counts.Passed(LdapOperation.Modify)));
    }

    [SambaFact]
    public async Task A_domain_can_be_busy_now_and_then_until_it_recovers()
    {
        await using var strict = StrictDomain.Start(Controller);
        strict.BusyEvery(3, RequestKinds.Searches);

        var codes = new List<int>();
        for (var number = 0; number < 6; number++)
        {
            codes.Add((await SearchAsync(strict, Groups, "(objectClass=organizationalUnit)", ["1.1"])).Code);
        }

        strict.Recover();
        Assert.Equal([0, 0, 51, 0, 0, 51], codes);
        Assert.Equal(0, (await SearchAsync(strict, Groups, "(objectClass=organizationalUnit)", ["1.1"])).Code);
    }

    [SambaFact]
    public async Task A_busy_domain_may_refuse_to_bind()
    {
        await using var strict = StrictDomain.Start(Controller);
        strict.Unavailable(kinds: RequestKinds.Any);

        Assert.Equal(52, (await SearchAsync(strict, Groups, "(objectClass=group)", ["1.1"])).Code);
        Assert.Equal(0, (await SearchAsync(strict, Groups, "(objectClass=group)", ["1.1"])).Code);
    }

    private static Task<(int Code, string[] Lines)> SearchAsync(StrictDomain strict, string baseDn, string filter, string[] attributes, params string[] more) =>
        SearchAsync(LdapTool.For(strict, SambaDomainController.Administrator), baseDn, filter, attributes, more);

    private static Task<(int Code, string[] Lines)> SearchAsync(LdapTool tool, string baseDn, string filter, string[] attributes, params string[] more) =>
        tool.SearchForAsync(baseDn, filter, attributes, more);

    private static int Entries(string[] lines) => lines.Count(line => line.StartsWith("dn:", StringComparison.Ordinal));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
