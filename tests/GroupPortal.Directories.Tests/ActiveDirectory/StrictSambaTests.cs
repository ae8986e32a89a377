using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>What the adapter does at Active Directory's limits, and with a domain that has no time for it.</summary>
public sealed class StrictSambaTests(StrictSambaFixture fixture) : DirectoryTests(fixture), IClassFixture<StrictSambaFixture>
{
    private readonly StrictSambaFixture _fixture = fixture;

    private StrictDomain Domain => _fixture.Domain;

    [SambaFact]
    public async Task A_group_of_more_members_than_one_answer_holds_is_read_whole()
    {
        var objects = await _fixture.ObjectsAsync(1600);
        var group = await _fixture.MakeGroupAsync("many-1600", objects);

        await AssertReadWholeAsync(Domain, Directory, group, 1600);
    }

    /// <summary>As with a group of 3,001 and ranges of 1,500.</summary>
    [SambaTheory]
    [InlineData(149, 0)]
    [InlineData(150, 0)]
    [InlineData(151, 1)]
    [InlineData(300, 1)]
    [InlineData(301, 2)]
    public async Task Members_are_read_over_every_edge_of_a_range(int count, int cuts)
    {
        var group = await _fixture.MakeGroupAsync($"many-{count}", await _fixture.ObjectsAsync(count));
        await using var small = StrictDomain.Start(_fixture.Controller, new StrictDomainLimits { MaxValRange = 150 });
        await using var directory = DomainDirectory.Open(SambaFixture.Store, Clients.OptionsFor(small), TimeProvider.System);
        await directory.CheckAsync(CancellationToken.None);
        var before = small.Counts.CutAttributes;

        Assert.Equal(count, (await directory.MemberIdsAsync(group, CancellationToken.None)).Value().Count);
        Assert.Equal(cuts, small.Counts.CutAttributes - before);
        await AssertReadWholeAsync(small, directory, group, count);
    }

    [SambaFact]
    public async Task More_people_than_one_page_holds_are_all_found()
    {
        var everything = new HashSet<Guid>();
        long cookie = 0;
        while ((await Directory.ChangesAsync(cookie, 10_000, CancellationToken.None)).Value() is [.., var last] changes)
        {
            everything.UnionWith(changes.Where(change => !change.Deleted).Select(change => change.ObjectId));
            cookie = last.Cookie;
        }

        var objects = (await Directory.GetObjectsAsync(everything, CancellationToken.None)).Value();

        var people = objects.Values.Count(item => item.Kind == ObjectKind.User);
        Assert.True(people > 1000, $"{people} people of {everything.Count} objects");
        Assert.Equal(everything.Count, objects.Count);
        Assert.InRange(Domain.Counts.LargestPage, 1, 1000);
        Assert.Equal(0, Domain.Counts.CutSearches);
    }

    [SambaFact]
    public async Task A_busy_domain_is_told_and_the_write_happens_once_when_it_is_sent_again()
    {
        var group = await CreateAsync(members: [People[0]]);
        var write = new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, People[1].Id, true)]);
        var passed = Domain.Counts.Passed(LdapOperation.Modify);
        Domain.Busy(2);

        var first = await WriteAsync(write, group);
        var second = await WriteAsync(write, group);
        Assert.Equal(1, (await GroupAsync(group.Id)).MemberCount);
        var third = await WriteAsync(write, group);

        Assert.NotNull(first.Refused<DirectoryError.Throttled>());
        Assert.NotNull(second.Refused<DirectoryError.Throttled>());
        third.Applied();
        Assert.Equal(passed + 1, Domain.Counts.Passed(LdapOperation.Modify));
        Assert.Equal(2, (await GroupAsync(group.Id)).MemberCount);
    }

    [SambaFact]
    public async Task A_busy_domain_makes_no_group_and_then_makes_it_once()
    {
        var plan = Plan.Create(Directory.Store, NewName("Busy"));
        var passed = Domain.Counts.Passed(LdapOperation.Add);
        Domain.Busy();

        (await ApplyAsync(plan, null)).Refused<DirectoryError.Throttled>();
        (await ApplyAsync(plan, null)).Applied();

        Assert.Equal(passed + 1, Domain.Counts.Passed(LdapOperation.Add));
    }

    [SambaFact]
    public async Task An_unavailable_domain_is_an_honest_failure()
    {
        var group = await CreateAsync();
        var write = Directory.Batch(Plan.Update(Directory.Store, group, Plan.Set(group, AttributeNames.Description, "new")))[0];
        var passed = Domain.Counts.Passed(LdapOperation.Modify);
        Domain.Unavailable(100);
        try
        {
            (await WriteAsync(write, group)).Refused<DirectoryError.Unavailable>();
            (await ApplyAsync(Plan.Delete(Directory.Store, group), group)).Refused<DirectoryError.Unavailable>();
        }
        finally
        {
            Domain.Recover();
        }

        Assert.Equal(passed, Domain.Counts.Passed(LdapOperation.Modify));
        Assert.Equal(group.Version, (await GroupAsync(group.Id)).Version);
        (await WriteAsync(write, group)).Applied();
        Assert.Equal(passed + 1, Domain.Counts.Passed(LdapOperation.Modify));
    }

    [SambaFact]
    public async Task What_cannot_be_read_now_is_never_told_as_less_than_there_is()
    {
        var group = await CreateAsync(owners: [People[0]], members: [.. People.Take(10)]);
        var inner = await CreateAsync(members: [People[3]]);
        await ChangeAsync(group, Plan.Reference(PlanAction.Add, AttributeNames.Members, inner.AsObject()));
        var name = group.Name;
        var reads = new Dictionary<string, Func<Task<string>>>
        {
            ["group"] = () => TextAsync(Directory.GetGroupAsync(group.Id, CancellationToken.None), state => $"{state?.MemberCount} {state?.Owners.Count} {state?.IsProtected}"),
            ["groups"] = () => TextAsync(Directory.GetGroupsAsync([group.Id, inner.Id], CancellationToken.None), states => string.Join(' ', states.OrderBy(state => state.Key).Select(state => state.Value.MemberCount))),
            ["ids"] = () => TextAsync(Directory.MemberIdsAsync(group.Id, CancellationToken.None), ids => $"{ids.Count}"),
            ["members"] = () => TextAsync(Directory.MembersAsync(new MemberQuery(group.Id), CancellationToken.None), page => $"{page.Items.Count} {page.Total}"),
            ["which"] = () => TextAsync(Directory.WhichAreMembersAsync(group.Id, [.. People.Select(person => person.Id)], CancellationToken.None), ids => $"{ids.Count}"),
            ["ancestors"] = () => TextAsync(Directory.AncestorsAsync(inner.Id, CancellationToken.None), ids => $"{ids.Count}"),
            ["member of"] = () => TextAsync(Directory.MemberOfAsync(inner.Id, 0, 10, CancellationToken.None), page => $"{page.Items.Count}"),
            ["objects"] = () => TextAsync(Directory.GetObjectsAsync([.. People.Select(person => person.Id)], CancellationToken.None), found => $"{found.Count}"),
            ["find"] = () => TextAsync(Directory.FindAsync(new ObjectQuery(name, [], 10), CancellationToken.None), page => $"{page.Items.Count}"),
            ["find groups"] = () => TextAsync(Directory.FindGroupsAsync(new GroupQuery(name), CancellationToken.None), page => $"{page.Items.Count} {page.Total}"),
            ["resolve"] = () => TextAsync(Directory.ResolveAsync([name, People[0].Name], [], CancellationToken.None), found => string.Join(' ', found.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value.ToString()))),
            ["containers"] = () => TextAsync(Directory.ContainersAsync(Directory.Store.BaseDn, CancellationToken.None), nodes => string.Join(' ', nodes.Select(node => $"{node.Dn}{node.HasChildren}"))),
            ["container"] = () => TextAsync(Directory.ContainerExistsAsync($"OU=Groups,{Directory.Store.BaseDn}", CancellationToken.None), exists => $"{exists}"),
            ["names"] = () => TextAsync(Directory.NamesInUseAsync(new NameQuery(null, group.Attributes.First(AttributeNames.AccountName), null, null), CancellationToken.None), names => $"{names.Count}"),
            ["changes"] = () => TextAsync(Directory.ChangesAsync(0, 10_000, CancellationToken.None), changes => $"{changes.Count}"),
        };
        var truth = new Dictionary<string, string>();
        foreach (var (what, read) in reads)
        {
            truth[what] = await read();
        }

        Assert.DoesNotContain(truth.Values, text => text.StartsWith("no answer", StringComparison.Ordinal));
        foreach (var every in new[] { 1, 2, 3, 4 })
        {
            foreach (var (what, read) in reads)
            {
                // Otherwise lists of a moment ago would answer; a write forgets them.
                (await WriteAsync(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, People[0].Id, true)]), group)).Applied();
                Domain.BusyEvery(every, RequestKinds.Searches);
                string answer;
                try
                {
                    answer = await read();
                }
                finally
                {
                    Domain.Recover();
                }

                Assert.True(
                    answer == truth[what] || answer.StartsWith("no answer", StringComparison.Ordinal),
                    $"{what}, one in {every} busy: {answer} instead of {truth[what]}");
            }
        }
    }

    [SambaFact]
    public async Task A_domain_that_is_too_busy_to_sign_in_is_asked_again_soon()
    {
        await using var busy = StrictDomain.Start(_fixture.Controller);
        await using var directory = DomainDirectory.Open(SambaFixture.Store, Clients.OptionsFor(busy), TimeProvider.System);
        busy.Busy(1, RequestKinds.Binds);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));

        Assert.NotNull(await directory.CheckAsync(limit.Token));
        while (await directory.CheckAsync(limit.Token) is not null)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), limit.Token);
        }

        Assert.Equal(2, busy.Counts.Received(LdapOperation.Bind));
    }

    [SambaFact]
    public async Task Searches_that_take_too_long_are_failures_and_not_empty()
    {
        var group = await CreateAsync(members: [People[0]]);
        await using var slow = StrictDomain.Start(_fixture.Controller, new StrictDomainLimits { MaxQueryDuration = TimeSpan.FromTicks(1) });
        await using var directory = DomainDirectory.Open(SambaFixture.Store, Clients.OptionsFor(slow), TimeProvider.System);

        Assert.IsType<DirectoryAnswer<GroupState?>.Failed>(await directory.GetGroupAsync(group.Id, CancellationToken.None));
        Assert.IsType<DirectoryAnswer<IReadOnlySet<Guid>>.Failed>(await directory.MemberIdsAsync(group.Id, CancellationToken.None));
        Assert.IsType<DirectoryAnswer<Page<DirectoryObject>>.Failed>(await directory.FindAsync(new ObjectQuery("a", []), CancellationToken.None));
        Assert.IsType<DirectoryWriteAnswer.Refused>(await directory.WriteAsync(
            new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, People[0].Id, false)]), new WriteTarget(group.Id, null), CancellationToken.None));
    }

    [SambaFact]
    public async Task Writes_of_too_many_values_are_refused_whole_and_go_through_in_halves()
    {
        var group = await CreateAsync();
        await using var small = StrictDomain.Start(_fixture.Controller, new StrictDomainLimits { MaxWrittenValues = 10 });
        await using var directory = DomainDirectory.Open(SambaFixture.Store, Clients.OptionsFor(small), TimeProvider.System);
        var pending = new Stack<DirectoryWrite>(
            [new DirectoryWrite.ChangeMembers(0, [.. People.Take(30).Select((person, step) => new ReferenceWrite(step, person.Id, true))])]);

        var refused = 0;
        while (pending.TryPop(out var next))
        {
            if (await directory.WriteAsync(next, new WriteTarget(group.Id, null), CancellationToken.None) is DirectoryWriteAnswer.Refused answer)
            {
                refused++;
                foreach (var part in directory.Split(next, answer.Error))
                {
                    pending.Push(part);
                }
            }
        }

        Assert.Equal(30, (await GroupAsync(group.Id)).MemberCount);
        Assert.Equal(3, refused);
        Assert.Equal(30, small.Counts.LargestModify);
    }

    private static async Task AssertReadWholeAsync(StrictDomain domain, IDirectory directory, Guid group, int count)
    {
        var ids = (await directory.MemberIdsAsync(group, CancellationToken.None)).Value();
        Assert.Equal(count, ids.Count);
        Assert.Equal(count, (await directory.GetGroupAsync(group, CancellationToken.None)).Value()!.MemberCount);
        Assert.Equal(count, (await directory.GetGroupsAsync([group], CancellationToken.None)).Value()[group].MemberCount);
        var last = (await directory.MembersAsync(new MemberQuery(group, Skip: count - 1, Take: 10), CancellationToken.None)).Value();
        Assert.Equal((1, count), (last.Items.Count, last.Total));
        Assert.Equal(ids.TakeLast(3).Order(), (await directory.WhichAreMembersAsync(group, [.. ids.TakeLast(3), Guid.NewGuid()], CancellationToken.None)).Value().Order());
        Assert.True(count <= domain.Limits.MaxValRange || domain.Counts.CutAttributes > 0);
        Assert.Empty(domain.Violations);
    }

    private static async Task<string> TextAsync<T>(Task<DirectoryAnswer<T>> asked, Func<T, string> text) => await asked switch
    {
        DirectoryAnswer<T>.Ok ok => text(ok.Value),
        var other => $"no answer: {other.GetType().Name}",
    };
}
