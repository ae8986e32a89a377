using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Directories.Tests.Contract;

public abstract partial class DirectoryContract
{
    [Fact]
    public async Task A_create_whose_answer_was_lost_is_recognised_by_its_marker()
    {
        var write = Directory.Batch(Plan.Create(Directory.Store, NewName()))[0];

        Assert.IsType<DirectoryWriteAnswer.Refused>(await Directory.SettleAsync(write, null, CancellationToken.None));
        var applied = (await Directory.WriteAsync(write, null, CancellationToken.None)).Applied();
        Assert.Equal(applied.GroupId, (await Directory.SettleAsync(write, null, CancellationToken.None)).Applied().GroupId);
    }

    [Fact]
    public async Task Every_lost_write_is_settled_as_not_carried_out_before_and_as_carried_out_after()
    {
        var group = await CreateAsync(owners: [People[0]], members: [People[1]]);
        DirectoryWrite[] writes =
        [
            .. Directory.Batch(Plan.Update(
                Directory.Store,
                group,
                Plan.Set(group, AttributeNames.Description, "settled"),
                Plan.Reference(PlanAction.Add, AttributeNames.Members, People[2]),
                Plan.Reference(PlanAction.Remove, AttributeNames.Members, People[1]),
                Plan.Reference(IsTree ? PlanAction.Set : PlanAction.Add, OwnerPath, People[3], IsTree ? People[0] : null))),
            .. Directory.Batch(Plan.Delete(Directory.Store, group)),
        ];
        var target = new WriteTarget(group.Id, null);

        foreach (var write in writes)
        {
            Assert.IsType<DirectoryWriteAnswer.Refused>(await Directory.SettleAsync(write, target, CancellationToken.None));
            (await Directory.WriteAsync(write, target, CancellationToken.None)).Applied();
            var settled = (await Directory.SettleAsync(write, target, CancellationToken.None)).Applied();
            Assert.Equal(write.Steps.Order(), settled.Outcomes.Select(outcome => outcome.Ordinal).Order());
        }
    }

    [Fact]
    public async Task A_lost_modify_that_somebody_wrote_over_stays_unknown()
    {
        var seen = await CreateAsync(attributes: [(AttributeNames.Description, "before")]);
        var write = Directory.Batch(Plan.Update(Directory.Store, seen, Plan.Set(seen, AttributeNames.Description, "mine")))[0];
        await ChangeAsync(seen, Plan.Set(seen, AttributeNames.Description, "theirs"));

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await Directory.SettleAsync(write, new WriteTarget(seen.Id, null), CancellationToken.None));
    }

    [Fact]
    public async Task A_refused_modify_is_split_into_the_rest_and_the_culprit()
    {
        var group = await CreateAsync();
        var write = new DirectoryWrite.ModifyGroup(3,
        [
            new AttributeWrite(0, AttributeNames.Description, ["good"], null),
            new AttributeWrite(1, AttributeNames.MailNickname, [new string('x', 900)], null),
        ]);
        var error = Assert.IsType<DirectoryWriteAnswer.Refused>(await WriteAsync(write, group)).Error;

        var parts = Directory.Split(write, error);

        Assert.Equal([[0], [1]], parts.Select(part => part.Steps.ToArray()));
        Assert.Equal([3, 3], parts.Select(part => part.Ordinal));
        (await WriteAsync(parts[0], group)).Applied();
        Assert.Empty(Directory.Split(parts[1], error));
    }

    [Fact]
    public async Task A_refused_create_is_split_so_that_the_group_itself_comes_into_being()
    {
        var ghost = People[2] with { Id = Guid.NewGuid() };
        var plan = Plan.Create(Directory.Store, NewName(), [(AttributeNames.Description, "kept")], [People[0]], [People[1], ghost]);
        var write = Directory.Batch(plan)[0];
        var error = Assert.IsType<DirectoryWriteAnswer.Refused>(await Directory.WriteAsync(write, null, CancellationToken.None)).Error;

        var parts = Directory.Split(write, error);

        Assert.Equal(write.Steps.Order(), parts.SelectMany(part => part.Steps).Order());
        var created = (await Directory.WriteAsync(parts[0], null, CancellationToken.None)).Applied();
        Assert.Equal("kept", (await GroupAsync(created.GroupId)).Attributes.First(AttributeNames.Description));
    }

    [Fact]
    public async Task A_create_refused_for_what_it_cannot_be_without_is_not_split()
    {
        var write = Directory.Batch(Plan.Create(Directory.Store, NewName(), [(AttributeNames.GroupType, "99")]))[0];
        var error = Assert.IsType<DirectoryWriteAnswer.Refused>(await Directory.WriteAsync(write, null, CancellationToken.None)).Error;

        Assert.Empty(Directory.Split(write, error));
    }

    [Fact]
    public async Task The_same_plan_makes_the_same_writes()
    {
        var plan = Plan.Create(Directory.Store, NewName(), [(AttributeNames.Description, "x")], [People[0]], [People[1]]);

        Assert.Equal(
            Directory.Batch(plan).Select(write => System.Text.Json.JsonSerializer.Serialize<object>(write)),
            Directory.Batch(plan).Select(write => System.Text.Json.JsonSerializer.Serialize<object>(write)));
        await Task.CompletedTask;
    }
}
