using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using GroupPortal.Directories.Tests.Contract;

namespace GroupPortal.Directories.Tests.Embedded;

/// <summary>What the embedded store has from Entra ID: its flatness, its types and Graph's words.</summary>
public sealed class EmbeddedEntraTests(EmbeddedEntraFixture fixture) : DirectoryTests(fixture), IClassFixture<EmbeddedEntraFixture>
{
    [Fact]
    public async Task A_nickname_in_use_is_refused_in_graphs_words()
    {
        var error = (await ApplyAsync(Plan.Create(Directory.Store, NewName(), [(AttributeNames.MailNickname, "UMA")]), null))
            .Refused<DirectoryError.AlreadyExists>();
        Assert.Equal("Another object with the same value for property mailNickname already exists.", error.ServerText);
    }

    [Fact]
    public async Task Names_repeat_and_the_dn_is_made_of_the_id()
    {
        var name = NewName();
        var one = await CreateAsync(name);
        var two = await CreateAsync(name, [(AttributeNames.MailNickname, "another-nickname")]);

        Assert.Equal(name, two.Name);
        Assert.NotEqual(one.Dn, two.Dn);
        Assert.Equal($"CN={two.Id},DC=5cjshm,DC=onmicrosoft,DC=com", two.Dn);
    }

    [Fact]
    public async Task A_list_tells_which_groups_entra_fills_itself()
    {
        var (plain, dynamic) = (NewName(), NewName());
        await CreateAsync(plain);
        await CreateAsync(dynamic, [(AttributeNames.MembershipRule, "user.department -eq \"Sales\"")]);

        Assert.False(Assert.Single((await Directory.FindGroupsAsync(new GroupQuery(plain), CancellationToken.None)).Value().Items).IsDynamic);
        Assert.True(Assert.Single((await Directory.FindGroupsAsync(new GroupQuery(dynamic), CancellationToken.None)).Value().Items).IsDynamic);
    }

    [Fact]
    public async Task A_distribution_group_is_refused_with_what_graph_says_and_why()
    {
        var error = (await ApplyAsync(Plan.Create(Directory.Store, NewName(), [(AttributeNames.GroupType, "8")]), null)).Refused<DirectoryError.Unsupported>();
        Assert.Contains("cannot be created through Graph", error.ServerText, StringComparison.Ordinal);
        Assert.Contains("Exchange Online", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_exchange_a_distribution_group_is_made_and_has_an_address()
    {
        using var folder = new TemporaryFolder();
        using var directory = await EmbeddedStores.OpenAsync(StoreKind.EntraId, folder.Path, people: 10, exchange: true);
        var write = directory.Batch(Plan.Create(directory.Store, "A list", [(AttributeNames.GroupType, "8"), (AttributeNames.MailNickname, "a-list")]))[0];
        var applied = (await directory.WriteAsync(write, null, CancellationToken.None)).Applied();

        Assert.Equal("a-list@5cjshm.onmicrosoft.com", (await directory.GetGroupAsync(applied.GroupId, CancellationToken.None)).Value()!.Attributes.First("mail"));
    }

    [Theory]
    [InlineData("16", ObjectKind.User, true)]
    [InlineData("16", ObjectKind.Group, false)]
    [InlineData("16", ObjectKind.Device, false)]
    [InlineData("32", ObjectKind.Contact, false)]
    [InlineData("4", ObjectKind.Device, true)]
    [InlineData("4", ObjectKind.ServicePrincipal, true)]
    [InlineData("4", ObjectKind.Contact, false)]
    public async Task Members_are_of_the_kinds_that_the_type_takes(string type, ObjectKind kind, bool allowed)
    {
        var candidate = (await Directory.FindAsync(new ObjectQuery(string.Empty, [kind], 1), CancellationToken.None)).Value().Items[0];
        var group = await CreateAsync(attributes: [(AttributeNames.GroupType, type)]);
        var answer = await WriteAsync(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, candidate.Id, true)]), group);
        Assert.Equal(allowed, answer is DirectoryWriteAnswer.Applied);
    }

    [Theory]
    [InlineData("4", "16", false)]
    [InlineData("16", "4", false)]
    [InlineData("16", "32", true)]
    public async Task Only_a_microsoft_365_group_changes_its_type(string from, string to, bool allowed)
    {
        var group = await CreateAsync(attributes: [(AttributeNames.GroupType, from)]);
        var answer = await ApplyAsync(Plan.Update(Directory.Store, group, Plan.Set(group, AttributeNames.GroupType, to)), group);
        Assert.Equal(allowed, answer is DirectoryWriteAnswer.Applied);
    }

    [Fact]
    public async Task A_microsoft_365_group_becomes_a_team_once()
    {
        var group = await CreateAsync(attributes: [(AttributeNames.GroupType, "16")]);
        var write = new DirectoryWrite.MakeTeam(0, 7);
        var target = new WriteTarget(group.Id, null);
        Assert.IsType<DirectoryWriteAnswer.Refused>(await Directory.SettleAsync(write, target, CancellationToken.None));

        var made = (await WriteAsync(write, group)).Applied();
        var again = (await Directory.WriteAsync(write, target, CancellationToken.None)).Applied();

        Assert.Equal([StepOutcome.Done(7)], made.Outcomes);
        Assert.Equal((made.Version, 32), (again.Version, (await Directory.GetGroupAsync(group.Id, CancellationToken.None)).Value()!.GroupType));
        Assert.IsType<DirectoryWriteAnswer.Applied>(await Directory.SettleAsync(write, target, CancellationToken.None));
    }

    [Fact]
    public async Task A_security_group_becomes_none() =>
        (await WriteAsync(new DirectoryWrite.MakeTeam(0, 0), await CreateAsync())).Refused<DirectoryError.Unsupported>();

    [Fact]
    public async Task What_exchange_keeps_is_written_by_a_request_of_its_own()
    {
        var group = await CreateAsync(attributes: [(AttributeNames.GroupType, "16")]);
        var plan = Plan.Update(
            Directory.Store, group, Plan.Set(group, "hideFromAddressLists", "true") with { KeptBy = KeptBy.Exchange }, Plan.Set(group, AttributeNames.Description, "Described"));

        var writes = Directory.Batch(plan);
        Assert.Equal(["1", "0"], writes.Select(write => string.Join(' ', write.Steps)));
        foreach (var write in writes)
        {
            (await Directory.WriteAsync(write, new WriteTarget(group.Id, null), CancellationToken.None)).Applied();
        }

        var after = (await Directory.GetGroupAsync(group.Id, CancellationToken.None)).Value()!.Attributes;
        Assert.Equal(("true", "Described"), (after.First("hideFromAddressLists"), after.First(AttributeNames.Description)));
    }

    [Fact]
    public async Task A_nickname_is_needed_and_takes_no_blanks()
    {
        (await ApplyAsync(Plan.Create(Directory.Store, NewName(), [(AttributeNames.MailNickname, "with blank")]), null)).Refused<DirectoryError.InvalidValue>();
        var plan = Plan.Create(Directory.Store, NewName());
        plan = plan with { Steps = [.. plan.Steps.Where(step => step.Path != AttributeNames.MailNickname)] };
        Assert.Equal(AttributeNames.MailNickname, (await ApplyAsync(plan, null)).Refused<DirectoryError.InvalidValue>().Attribute);
    }

    [Fact]
    public async Task The_last_owner_stays()
    {
        var group = await CreateAsync(owners: [People[0]]);
        var answer = await ApplyAsync(Plan.Update(Directory.Store, group, Plan.Reference(PlanAction.Remove, OwnerPath, People[0])), group);
        answer.Refused<DirectoryError.PolicyBlocked>();
    }

    [Fact]
    public async Task Owners_are_a_list()
    {
        var group = await CreateAsync(owners: [People[0], People[1]]);
        Assert.Equal([People[0].Id, People[1].Id], group.Owners.Select(owner => owner.Id));
        Assert.False(group.HasPrimaryOwner);
    }
}
