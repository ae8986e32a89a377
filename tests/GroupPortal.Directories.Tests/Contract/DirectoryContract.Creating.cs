using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Directories.Tests.Contract;

public abstract partial class DirectoryContract
{
    public static TheoryData<string> HostileNames => new(
        "Stars * (and) brackets \\ backslash",
        "Smith, Ana + Söhne",
        "\"quoted\" <tagged>; semicolon",
        "# hash first",
        "equals = sign",
        "🦊 fox",
        "קבוצה עברית",
        "ＦＵＬＬ width",
        "%_ percent and underscore",
        "Robert'); DROP TABLE objects;--");

    [Fact]
    public async Task A_new_group_is_read_back_as_it_was_asked_for()
    {
        var name = NewName();
        var group = await CreateAsync(name, [(AttributeNames.Description, "What it is for")], [People[0]], [People[1], People[2]]);

        Assert.Equal(name, group.Name);
        Assert.Equal("What it is for", group.Attributes.First(AttributeNames.Description));
        Assert.Equal(People[0].Id, Assert.Single(group.Owners).Id);
        Assert.Equal(2, group.MemberCount);
        Assert.Equal([People[1].Id, People[2].Id], (await Directory.MemberIdsAsync(group.Id, CancellationToken.None)).Value());
        Assert.Equal(group.Id.ToString(), group.Attributes.First("objectGUID"));
        Assert.Equal(IsTree, group.HasPrimaryOwner);
        Assert.False(group.IsProtected);
    }

    [Fact]
    public async Task A_create_answers_for_every_one_of_its_steps()
    {
        var plan = Plan.Create(Directory.Store, NewName(), null, [People[0]], [People[1]]);
        var write = Assert.Single(Directory.Batch(plan));
        var answer = (await Directory.WriteAsync(write, null, CancellationToken.None)).Applied();

        Assert.Equal(plan.Steps.Select(step => step.Ordinal), answer.Outcomes.Select(outcome => outcome.Ordinal).Order());
        Assert.All(answer.Outcomes, outcome => Assert.Equal(StepStatus.Done, outcome.Status));
    }

    [Theory]
    [MemberData(nameof(HostileNames))]
    public async Task A_hostile_name_is_kept_letter_by_letter_and_found_again(string name)
    {
        var group = await CreateAsync(name);

        Assert.Equal(name, group.Name);
        var resolved = (await Directory.ResolveAsync([group.Dn, name], [ObjectKind.Group], CancellationToken.None)).Value();
        Assert.Equal(group.Id, Assert.IsType<ReferenceMatch.Found>(resolved[name]).Object.Id);
        Assert.Equal(group.Id, Assert.IsType<ReferenceMatch.Found>(resolved[group.Dn]).Object.Id);
        var found = (await Directory.FindAsync(new ObjectQuery(name, [ObjectKind.Group]), CancellationToken.None)).Value();
        Assert.Equal(group.Id, Assert.Single(found.Items).Id);
    }

    [Fact]
    public async Task A_name_with_control_characters_or_half_a_character_is_refused()
    {
        foreach (var name in (string[])["bell\u0007", "line\nbreak", "null\0byte", "half \ud83e"])
        {
            (await ApplyAsync(Plan.Create(Directory.Store, name), null)).Refused<DirectoryError.InvalidValue>();
        }
    }

    [Fact]
    public async Task A_value_of_a_unique_attribute_is_given_once()
    {
        var attribute = IsTree ? AttributeNames.AccountName : AttributeNames.MailNickname;
        var first = await CreateAsync(attributes: WithUniqueNames);
        var taken = first.Attributes.First(attribute)!;

        var error = (await ApplyAsync(Plan.Create(Directory.Store, NewName(), [.. WithUniqueNames, (attribute, taken.ToUpperInvariant())]), null))
            .Refused<DirectoryError.AlreadyExists>();
        Assert.Equal(attribute, error.Attribute);
    }

    [Fact]
    public async Task Of_two_creates_at_once_exactly_one_succeeds()
    {
        var name = NewName();
        var writes = Enumerable.Range(0, 4).Select(_ => Directory.Batch(Plan.Create(Directory.Store, name, WithUniqueNames))[0]).ToList();

        var answers = await Task.WhenAll(writes.Select(write => Task.Run(() => Directory.WriteAsync(write, null, CancellationToken.None))));

        Assert.Single(answers.OfType<DirectoryWriteAnswer.Applied>());
        Assert.All(
            answers.OfType<DirectoryWriteAnswer.Refused>(),
            refused => Assert.IsType<DirectoryError.AlreadyExists>(refused.Error));
    }

    [Fact]
    public async Task A_refused_create_leaves_nothing_behind()
    {
        var name = NewName();
        var plan = Plan.Create(Directory.Store, name, null, null, [People[0], People[1] with { Id = Guid.NewGuid() }]);

        var error = (await ApplyAsync(plan, null)).Refused<DirectoryError.NotFound>();

        Assert.Equal(AttributeNames.Members, error.Attribute);
        Assert.IsType<ReferenceMatch.NotFound>((await Directory.ResolveAsync([name], [], CancellationToken.None)).Value()[name]);
    }

    [Fact]
    public async Task More_members_than_one_write_takes_follow_in_further_writes()
    {
        var most = Directory.Capabilities.MembersPerWrite;
        var many = Enumerable.Range(0, (2 * most) + 1).Select(_ => People[0] with { Id = Guid.NewGuid() }).ToList();

        var writes = Directory.Batch(Plan.Create(Directory.Store, NewName(), null, null, many));

        Assert.Equal(Enumerable.Range(0, writes.Count), writes.Select(write => write.Ordinal));
        Assert.Equal(many.Count, writes.Sum(write => write switch
        {
            DirectoryWrite.CreateGroup create => create.Members.Count,
            DirectoryWrite.ChangeMembers members => members.Members.Count,
            _ => 0,
        }));
        await Task.CompletedTask;
    }

    [Fact]
    public void What_the_portal_keeps_and_what_is_not_written_stands_in_no_write()
    {
        var plan = Plan.Create(Directory.Store, NewName());
        plan = plan with
        {
            Steps =
            [
                .. plan.Steps,
                new PlanStep(50, PlanAction.Set, AttributeNames.SecurityType, [], ["Private"]) { KeptBy = KeptBy.Portal },
                new PlanStep(51, PlanAction.NoChange, AttributeNames.Description, [], []),
                new PlanStep(52, PlanAction.Set, "nonsense", [], ["x"]) { Problem = new Problem("nonsense", "Unknown", ProblemScope.Line) },
            ],
        };

        Assert.DoesNotContain(Directory.Batch(plan).SelectMany(write => write.Steps), step => step >= 50);
    }
}
