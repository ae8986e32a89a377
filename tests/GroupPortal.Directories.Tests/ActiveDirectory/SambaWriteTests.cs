using System.Globalization;
using System.Net;
using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.TestDirectories.Processes;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>What only a real domain controller shows: numbers of requests, races, rights, and answers that never come.</summary>
public sealed class SambaWriteTests(SambaFixture fixture) : DirectoryTests(fixture), IClassFixture<SambaFixture>
{
    private readonly SambaFixture _fixture = fixture;

    [SambaFact]
    public async Task A_clean_update_is_one_modify_and_reads_only_what_the_server_would_not_compare()
    {
        var group = await CreateAsync(members: [People[0]]);
        var attributes = Directory.Batch(Plan.Update(
            Directory.Store, group, Plan.Set(group, AttributeNames.Description, "x"), Plan.Set(group, AttributeNames.DisplayName, "y"),
            Plan.Set(group, AttributeNames.Information, "z")))[0];
        var withType = Directory.Batch(Plan.Update(
            Directory.Store, group, Plan.Set(group, "wWWHomePage", "x"), Plan.Set(group, AttributeNames.GroupType, "8")))[0];
        var members = new DirectoryWrite.ChangeMembers(0, [.. People.Skip(1).Take(9).Select((person, step) => new ReferenceWrite(step, person.Id, true))]);

        var seen = await GroupAsync(group.Id);
        var ofAttributes = await RequestCount.OfAsync(() => Directory.WriteAsync(attributes, new WriteTarget(group.Id, seen.Version.Directory), CancellationToken.None));
        var ofType = await RequestCount.OfAsync(() => WriteAsync(withType, group));
        var ofMembers = await RequestCount.OfAsync(() => WriteAsync(members, group));
        var ofNothing = await RequestCount.OfAsync(() => WriteAsync(members, group));
        var ofCreate = await RequestCount.OfAsync(() => ApplyAsync(Plan.Create(Directory.Store, NewName(), [("description", "x")], [People[0]], [.. People.Take(10)]), null));

        Assert.Equal("Modify 1", Text(ofAttributes));
        Assert.Equal("Modify 1, Search 1", Text(ofType));
        Assert.Equal("Modify 1, Search 1", Text(ofMembers));
        // What the plan takes for granted costs one refusal where it does not hold.
        Assert.Equal("Modify 1, Search 3", Text(ofNothing));
        Assert.Equal("Add 1, Search 1", Text(ofCreate));
    }

    [SambaTheory]
    [InlineData("")]
    [InlineData("before")]
    public async Task A_write_right_after_its_read_still_finds_that_somebody_was_faster(string before)
    {
        await using var other = Open(SambaDomainController.Administrator);
        var group = await CreateAsync(attributes: before.Length == 0 ? [] : [(AttributeNames.Description, before)]);
        var seen = await GroupAsync(group.Id);
        var ours = Directory.Batch(Plan.Update(Directory.Store, seen, Plan.Set(seen, AttributeNames.Description, "ours")))[0];
        var theirs = Directory.Batch(Plan.Update(Directory.Store, seen, Plan.Set(seen, AttributeNames.Description, "theirs")))[0];

        (await other.WriteAsync(theirs, new WriteTarget(group.Id, null), CancellationToken.None)).Applied();
        (await Directory.WriteAsync(ours, new WriteTarget(group.Id, seen.Version.Directory), CancellationToken.None)).Refused<DirectoryError.Conflict>();

        Assert.Equal("theirs", (await GroupAsync(group.Id)).Attributes.First(AttributeNames.Description));
    }

    [SambaFact]
    public async Task Writers_that_count_together_lose_nothing()
    {
        const int Writers = 4;
        const int Each = 10;
        var group = await CreateAsync(attributes: [(AttributeNames.Description, "0")]);

        await Task.WhenAll(Enumerable.Range(0, Writers).Select(_ => Task.Run(async () =>
        {
            for (var done = 0; done < Each;)
            {
                var seen = await GroupAsync(group.Id);
                var next = (int.Parse(seen.Attributes.First(AttributeNames.Description)!, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);
                var write = Directory.Batch(Plan.Update(Directory.Store, seen, Plan.Set(seen, AttributeNames.Description, next)))[0];
                switch (await WriteAsync(write, group))
                {
                    case DirectoryWriteAnswer.Applied { Outcomes: [{ Status: StepStatus.Done }] }:
                        done++;
                        break;
                    case DirectoryWriteAnswer.Applied: // another had the same number first
                    case DirectoryWriteAnswer.Refused { Error: DirectoryError.Conflict { Found.Count: 1 } }:
                        break;
                    case var other:
                        throw new InvalidOperationException(other.ToString());
                }
            }
        })));

        Assert.Equal((Writers * Each).ToString(CultureInfo.InvariantCulture), (await GroupAsync(group.Id)).Attributes.First(AttributeNames.Description));
    }

    [SambaFact]
    public async Task Writers_that_bring_the_same_members_all_succeed_and_each_comes_once()
    {
        var group = await CreateAsync();
        DirectoryWrite Write(int skip) =>
            new DirectoryWrite.ChangeMembers(0, [.. People.Skip(skip).Take(20).Select((person, step) => new ReferenceWrite(step, person.Id, true))]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(() => WriteAsync(Write(writer * 5), group))));

        // Who loses twice in a row is told so, and sends the rest again.
        var conflicts = answers.Select((answer, writer) => (answer, writer)).Where(pair => pair.answer is not DirectoryWriteAnswer.Applied).ToList();
        foreach (var (answer, writer) in conflicts)
        {
            answer.Refused<DirectoryError.Conflict>();
            (await WriteAsync(Write(writer * 5), group)).Applied();
        }

        Assert.Equal(People.Take(35).Select(person => person.Id).Order(), (await Directory.MemberIdsAsync(group.Id, CancellationToken.None)).Value().Order());
    }

    [SambaFact]
    public async Task Whoever_is_overtaken_between_reading_and_writing_compares_again()
    {
        var group = await CreateAsync(owners: [People[0]]);
        DirectoryWrite Describe(string text) => new DirectoryWrite.ModifyGroup(0, [new AttributeWrite(0, AttributeNames.Description, [text], [])]);
        DirectoryWrite Own(DirectoryObject person) => new DirectoryWrite.ChangeOwners(0, [new ReferenceWrite(0, person.Id, true), new ReferenceWrite(0, People[0].Id, false)]);
        DirectoryWrite Bring(params int[] people) => new DirectoryWrite.ChangeMembers(0, [.. people.Select((person, step) => new ReferenceWrite(step, People[person].Id, true))]);
        DirectoryWrite Rename(string suffix) => new DirectoryWrite.MoveGroup(0, [0], DistinguishedName.Parse(group.Dn).Parent!.Child("CN", group.Name + suffix).ToString());

        var members = (await OvertakenAsync(group, Bring(1, 2), by: Bring(2, 3))).Applied();
        Assert.Equal([StepStatus.Done, StepStatus.NoChange], members.Outcomes.Select(outcome => outcome.Status));
        Assert.Equal(3, (await GroupAsync(group.Id)).MemberCount);

        (await OvertakenAsync(group, Rename(" mine"), by: Rename(" theirs"))).Applied();
        Assert.Equal(group.Name + " mine", (await GroupAsync(group.Id)).Name);

        var owners = (await OvertakenAsync(group, Own(People[4]), by: Own(People[5]))).Refused<DirectoryError.Conflict>();
        Assert.Equal([People[5].Name], owners.Found);

        var values = (await OvertakenAsync(group, Describe("mine"), by: Describe("theirs"))).Refused<DirectoryError.Conflict>();
        Assert.Equal(["theirs"], values.Found);
        var now = await GroupAsync(group.Id);
        await ChangeAsync(now, Plan.Set(now, AttributeNames.Description));
        Assert.Equal(StepStatus.NoChange, Assert.Single((await OvertakenAsync(group, Describe("same"), by: Describe("same"))).Applied().Outcomes).Status);
    }

    [SambaFact]
    public async Task A_thousand_members_are_one_write()
    {
        var ids = new List<Guid>();
        for (var letter = 'a'; letter <= 'z' && ids.Count < 900; letter++)
        {
            ids.AddRange((await Directory.FindAsync(new ObjectQuery(letter.ToString(), [ObjectKind.User], 200), CancellationToken.None)).Value().Items.Select(item => item.Id));
            ids = [.. ids.Distinct()];
        }

        var group = await CreateAsync();
        var write = new DirectoryWrite.ChangeMembers(0, [.. ids.Select((id, step) => new ReferenceWrite(step, id, true))]);

        var count = await RequestCount.OfAsync(async () => (await WriteAsync(write, group)).Applied());

        Assert.True(ids.Count > 500, ids.Count.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("Modify 1, Search 1", Text(count));
        Assert.Equal(ids.Count, (await GroupAsync(group.Id)).MemberCount);

        var removes = new DirectoryWrite.ChangeMembers(0, [.. ids.Skip(10).Select((id, step) => new ReferenceWrite(step, id, false))]);
        (await WriteAsync(removes, group)).Applied();
        Assert.All((await WriteAsync(removes, group)).Applied().Outcomes, outcome => Assert.Equal(StepStatus.NoChange, outcome.Status));
        Assert.Equal(10, (await GroupAsync(group.Id)).MemberCount);
    }

    [SambaFact]
    public async Task Of_many_at_once_those_by_the_primary_group_are_seen_too()
    {
        var found = (await Directory.ResolveAsync(["Domain Users"], [ObjectKind.Group], CancellationToken.None)).Value()["Domain Users"];
        var users = await GroupAsync(Assert.IsType<ReferenceMatch.Found>(found).Object.Id);
        var people = (await Directory.FindAsync(new ObjectQuery(string.Empty, [ObjectKind.User], 60), CancellationToken.None)).Value().Items;
        DirectoryWrite Write(bool add) => new DirectoryWrite.ChangeMembers(0, [.. people.Select((person, step) => new ReferenceWrite(step, person.Id, add))]);

        Assert.All((await WriteAsync(Write(add: true), users)).Applied().Outcomes, outcome => Assert.Equal(StepStatus.NoChange, outcome.Status));
        (await WriteAsync(Write(add: false), users)).Refused<DirectoryError.PolicyBlocked>();
    }

    [SambaFact]
    public async Task A_primary_group_has_its_members_already_and_cannot_lose_them()
    {
        var found = (await Directory.ResolveAsync(["Domain Users"], [ObjectKind.Group], CancellationToken.None)).Value()["Domain Users"];
        var users = await GroupAsync(Assert.IsType<ReferenceMatch.Found>(found).Object.Id);

        var add = (await WriteAsync(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, People[0].Id, true)]), users)).Applied();

        Assert.Equal(StepStatus.NoChange, Assert.Single(add.Outcomes).Status);
        (await WriteAsync(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, People[0].Id, false)]), users)).Refused<DirectoryError.PolicyBlocked>();
    }

    [SambaFact]
    public async Task What_the_account_may_not_write_is_named_all_at_once_and_set_apart()
    {
        var group = await CreateAsync();
        await GrantAsync(group, "bf967950-0de6-11d0-a285-00aa003049e2"); // description
        await using var lowly = Open(SambaDomainController.Lowly);
        var write = new DirectoryWrite.ModifyGroup(0,
        [
            new AttributeWrite(0, AttributeNames.Information, ["x"], []),
            new AttributeWrite(1, AttributeNames.Description, ["y"], []),
            new AttributeWrite(2, AttributeNames.DisplayName, ["z"], []),
        ]);
        var target = new WriteTarget(group.Id, null);

        var error = (await lowly.WriteAsync(write, target, CancellationToken.None)).Refused<DirectoryError.AccessDenied>();
        var parts = lowly.Split(write, error);

        Assert.Equal([AttributeNames.Information, AttributeNames.DisplayName], error.Attributes);
        Assert.Equal([[1], [0], [2]], parts.Select(part => part.Steps.ToArray()));
        (await lowly.WriteAsync(parts[0], target, CancellationToken.None)).Applied();
        Assert.Equal("displayName", (await lowly.WriteAsync(parts[2], target, CancellationToken.None)).Refused<DirectoryError.AccessDenied>().Attribute);
        Assert.Equal("y", (await GroupAsync(group.Id)).Attributes.First(AttributeNames.Description));
    }

    [SambaFact]
    public async Task Whoever_may_write_nothing_is_told_of_what()
    {
        var group = await CreateAsync(members: [People[0]]);
        await using var lowly = Open(SambaDomainController.Lowly);
        async Task<string?> Denied(DirectoryWrite write) =>
            (await lowly.WriteAsync(write, new WriteTarget(group.Id, null), CancellationToken.None)).Refused<DirectoryError.AccessDenied>().Attribute;

        Assert.Equal("members", await Denied(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, People[1].Id, true)])));
        Assert.Equal("managedBy", await Denied(new DirectoryWrite.ChangeOwners(0, [new ReferenceWrite(0, People[1].Id, true)])));
        Assert.Equal("name", await Denied(new DirectoryWrite.MoveGroup(0, [0], $"CN={NewName("Denied")},OU=Groups,{Directory.Store.BaseDn}")));
        Assert.Null(await Denied(new DirectoryWrite.DeleteGroup(0, 0)));
        Assert.Equal("container", await Denied(lowly.Batch(Plan.Create(Directory.Store, NewName()))[0]));
    }

    [SambaFact]
    public async Task The_portals_own_account_creates_changes_renames_and_deletes_groups()
    {
        await using var service = Open(SambaDomainController.Service);
        var name = NewName("Delegated");
        var created = (await service.WriteAsync(service.Batch(Plan.Create(Directory.Store, name, null, [People[0]], [People[1]]))[0], null, CancellationToken.None)).Applied();
        var group = await GroupAsync(created.GroupId);
        var plan = Plan.Update(
            Directory.Store,
            group,
            new PlanStep(0, PlanAction.Rename, AttributeNames.Name, [name], [name + " renamed"]),
            Plan.Set(group, AttributeNames.Description, "x"),
            Plan.Reference(PlanAction.Set, AttributeNames.ManagedBy, People[2], People[0]),
            Plan.Reference(PlanAction.Remove, AttributeNames.Members, People[1]));

        foreach (var write in (DirectoryWrite[])[.. service.Batch(plan), new DirectoryWrite.DeleteGroup(9, 9)])
        {
            (await service.WriteAsync(write, new WriteTarget(group.Id, null), CancellationToken.None)).Applied();
        }

        Assert.Null((await Directory.GetGroupAsync(group.Id, CancellationToken.None)).Value());
    }

    [SambaFact]
    public async Task Of_another_account_name_or_place_a_lost_create_is_somebody_elses()
    {
        var name = NewName("Taken");
        var theirs = Directory.Batch(Plan.Create(Directory.Store, name, [(AttributeNames.AccountName, NewName("theirs"))]))[0];
        var mine = Directory.Batch(Plan.Create(Directory.Store, name, [(AttributeNames.AccountName, NewName("mine"))]))[0];
        (await Directory.WriteAsync(theirs, null, CancellationToken.None)).Applied();

        (await Directory.SettleAsync(mine, null, CancellationToken.None)).Refused<DirectoryError.AlreadyExists>();
    }

    [SambaFact]
    public async Task A_group_that_is_older_than_the_plan_is_not_the_plans()
    {
        var plan = Plan.Create(Directory.Store, NewName("Older")) with { Id = Guid.CreateVersion7(TimeProvider.System.GetUtcNow().AddHours(1)) };
        var write = Directory.Batch(plan)[0];
        (await Directory.WriteAsync(write, null, CancellationToken.None)).Applied();

        (await Directory.SettleAsync(write, null, CancellationToken.None)).Refused<DirectoryError.AlreadyExists>();
    }

    [SambaFact]
    public async Task A_lost_create_that_looks_different_stays_unknown()
    {
        var write = Assert.IsType<DirectoryWrite.CreateGroup>(Directory.Batch(Plan.Create(Directory.Store, NewName("Differs"), [("description", "x")]))[0]);
        var created = (await Directory.WriteAsync(write, null, CancellationToken.None)).Applied();
        var group = await GroupAsync(created.GroupId);
        await ChangeAsync(group, Plan.Set(group, AttributeNames.Description, "theirs"));

        var unknown = Assert.IsType<DirectoryWriteAnswer.Unknown>(await Directory.SettleAsync(write, null, CancellationToken.None));
        Assert.Equal("description", unknown.Why.Attribute);
    }

    [SambaFact]
    public async Task An_answer_that_is_lost_is_unknown_and_reading_back_tells_what_was_done()
    {
        await using var proxy = FaultProxy.Start(new IPEndPoint(_fixture.Controller.Address, SambaDomainController.LdapsPort));
        await using var broken = Open(SambaDomainController.Administrator, proxy.EndPoint);
        var group = await CreateAsync(owners: [People[0]], members: [People[1]]);
        var target = new WriteTarget(group.Id, null);
        (DirectoryWrite Write, WriteTarget? Target)[] writes =
        [
            (Directory.Batch(Plan.Create(Directory.Store, NewName("Lost"), [("description", "x")], [People[0]], [People[1]]))[0], null),
            .. Directory.Batch(Plan.Update(
                Directory.Store,
                group,
                new PlanStep(0, PlanAction.Rename, AttributeNames.Name, [group.Name], [group.Name + " lost"]),
                Plan.Set(group, AttributeNames.Description, "x"),
                Plan.Reference(PlanAction.Set, AttributeNames.ManagedBy, People[3], People[0]),
                Plan.Reference(PlanAction.Add, AttributeNames.Members, People[2]),
                Plan.Reference(PlanAction.Remove, AttributeNames.Members, People[1]))).Select(write => (write, (WriteTarget?)target)),
            (new DirectoryWrite.DeleteGroup(9, 9), target),
        ];
        Assert.Null(await broken.CheckAsync(CancellationToken.None));
        Assert.Equal(6, writes.Length);

        foreach (var (write, to) in writes)
        {
            Assert.IsType<DirectoryWriteAnswer.Unknown>(await LoseAsync(broken, proxy, write, to));
            var settled = (await broken.SettleAsync(write, to, CancellationToken.None)).Applied();
            Assert.Equal(write.Steps.Order(), settled.Outcomes.Select(outcome => outcome.Ordinal).Order());

            // Sent once more all the same, it does no harm: what stands is its own work.
            var again = (await broken.WriteAsync(write, to, CancellationToken.None)).Applied();
            Assert.Equal(settled.GroupId, again.GroupId);
        }
    }

    [SambaFact]
    public async Task A_server_that_is_away_is_replaced_before_a_write_and_nothing_is_written_without_one()
    {
        await using var proxy = FaultProxy.Start(new IPEndPoint(_fixture.Controller.Address, SambaDomainController.LdapsPort));
        var options = Clients.OptionsFor(_fixture.Controller);
        await using var both = DomainDirectory.Open(
            SambaFixture.Store,
            options with { Servers = [new LdapServer(proxy.EndPoint.Address.ToString(), proxy.EndPoint.Port, LdapSecurity.Ldaps), options.Servers[0]] },
            TimeProvider.System);
        await using var one = Open(SambaDomainController.Administrator, proxy.EndPoint);
        var group = await CreateAsync();
        var target = new WriteTarget(group.Id, null);
        Assert.Null(await both.CheckAsync(CancellationToken.None));
        Assert.Null(await one.CheckAsync(CancellationToken.None));

        proxy.Mode = new FaultMode.Refuse();
        proxy.ResetConnections();
        var write = new DirectoryWrite.ModifyGroup(0, [new AttributeWrite(0, AttributeNames.Description, ["x"], [])]);

        (await one.WriteAsync(write, target, CancellationToken.None)).Refused<DirectoryError.Unavailable>();
        (await both.WriteAsync(write, target, CancellationToken.None)).Applied();
        (await both.WriteAsync(Directory.Batch(Plan.Create(Directory.Store, NewName("Elsewhere")))[0], null, CancellationToken.None)).Applied();
        Assert.IsType<DirectoryWriteAnswer.Unknown>(await one.SettleAsync(write, target, CancellationToken.None));
    }

    /// <summary>Another write is carried out after this one has read what stands, right before its request leaves.</summary>
    private async Task<DirectoryWriteAnswer> OvertakenAsync(GroupState group, DirectoryWrite write, DirectoryWrite by)
    {
        await using var other = Open(SambaDomainController.Administrator);
        var isOvertaken = false;
        using var _ = RequestCount.Watch(operation =>
        {
            if (!isOvertaken && (operation is "Modify" or "ModifyName"))
            {
                isOvertaken = true;
                using var flow = ExecutionContext.SuppressFlow();
                Task.Run(() => other.WriteAsync(by, new WriteTarget(group.Id, null), CancellationToken.None)).GetAwaiter().GetResult().Applied();
            }
        });
        var answer = await Directory.WriteAsync(write, new WriteTarget(group.Id, null), CancellationToken.None);
        Assert.True(isOvertaken);
        return answer;
    }

    /// <summary>The answer to the write itself is swallowed; those to the searches before it pass.</summary>
    private static async Task<DirectoryWriteAnswer> LoseAsync(DomainDirectory broken, FaultProxy proxy, DirectoryWrite write, WriteTarget? target)
    {
        using var _ = RequestCount.Watch(operation =>
        {
            if (operation is "Add" or "Modify" or "ModifyName" or "Delete")
            {
                proxy.Mode = new FaultMode.DropAnswerThenClose().Once();
            }
        });
        return await broken.WriteAsync(write, target, CancellationToken.None);
    }

    private static string Text(IReadOnlyDictionary<string, int> counts) =>
        string.Join(", ", counts.OrderBy(count => count.Key, StringComparer.Ordinal).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}")));

    private DomainDirectory Open(TestAccount account, IPEndPoint? through = null)
    {
        var options = Clients.OptionsFor(_fixture.Controller);
        return DomainDirectory.Open(
            SambaFixture.Store,
            options with
            {
                Credential = new LdapCredential(account.BindName, account.Password),
                Servers = through is null ? options.Servers : [new LdapServer(through.Address.ToString(), through.Port, LdapSecurity.Ldaps)],
                CallLimit = TimeSpan.FromSeconds(10),
            },
            TimeProvider.System);
    }

    /// <summary>Lets the lowly account write one property of one group.</summary>
    private async Task GrantAsync(GroupState group, string property)
    {
        var lowly = Assert.IsType<ReferenceMatch.Found>((await Directory.ResolveAsync(["lowly"], [ObjectKind.User], CancellationToken.None)).Value()["lowly"]);
        var sid = (await Tool.RunAsync(
            "samba-tool",
            ["user", "show", lowly.Object.AccountName!, "--attributes=objectSid", "-s", $"{_fixture.Controller.Folder}/smb.conf"],
            CancellationToken.None)).Split('\n').First(line => line.StartsWith("objectSid: ", StringComparison.Ordinal))[11..].Trim();
        await Tool.RunAsync(
            "samba-tool",
            ["dsacl", "set", $"--objectdn={group.Dn}", $"--sddl=(OA;;WP;{property};;{sid})", "-s", $"{_fixture.Controller.Folder}/smb.conf"],
            CancellationToken.None);
    }
}
