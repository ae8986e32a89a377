using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Directories.Tests.Contract;

public abstract partial class DirectoryContract
{
    [Fact]
    public async Task Members_come_and_go_with_adds_before_removes()
    {
        var group = await CreateAsync(members: [People[0], People[1]]);
        var plan = Plan.Update(
            Directory.Store,
            group,
            Plan.Reference(PlanAction.Remove, AttributeNames.Members, People[0]),
            Plan.Reference(PlanAction.Add, AttributeNames.Members, People[2]));

        var members = Directory.Batch(plan).OfType<DirectoryWrite.ChangeMembers>().SelectMany(write => write.Members).ToList();
        Assert.Equal([true, false], members.Select(member => member.Add));
        (await ApplyAsync(plan, group)).Applied();

        Assert.Equal(
            new[] { People[1].Id, People[2].Id }.Order(),
            (await Directory.MemberIdsAsync(group.Id, CancellationToken.None)).Value().Order());
        Assert.Equal(2, (await GroupAsync(group.Id)).MemberCount);
    }

    [Fact]
    public async Task A_member_that_is_there_already_or_gone_already_is_no_change()
    {
        var group = await CreateAsync(members: [People[0]]);
        var write = new DirectoryWrite.ChangeMembers(
            0, [new ReferenceWrite(0, People[0].Id, true), new ReferenceWrite(1, People[1].Id, false), new ReferenceWrite(2, People[2].Id, true)]);

        var answer = (await WriteAsync(write, group)).Applied();

        Assert.Equal([StepStatus.NoChange, StepStatus.NoChange, StepStatus.Done], answer.Outcomes.OrderBy(outcome => outcome.Ordinal).Select(outcome => outcome.Status));
        Assert.Equal(2, (await GroupAsync(group.Id)).MemberCount);
    }

    [Fact]
    public async Task One_missing_member_refuses_the_whole_write_and_halving_finds_it()
    {
        var group = await CreateAsync();
        var ghost = Guid.NewGuid();
        DirectoryWrite write = new DirectoryWrite.ChangeMembers(
            7, [.. People.Take(9).Select((person, step) => new ReferenceWrite(step, step == 5 ? ghost : person.Id, true))]);

        var pending = new Stack<DirectoryWrite>([write]);
        var failed = new List<int>();
        while (pending.TryPop(out var next))
        {
            if (await WriteAsync(next, group) is DirectoryWriteAnswer.Refused refused)
            {
                var parts = Directory.Split(next, refused.Error);
                Assert.All(parts, part => Assert.Equal(7, part.Ordinal));
                failed.AddRange(parts.Count == 0 ? next.Steps : []);
                foreach (var part in parts)
                {
                    pending.Push(part);
                }
            }
        }

        Assert.Equal([5], failed);
        Assert.Equal(8, (await GroupAsync(group.Id)).MemberCount);
    }

    [Fact]
    public async Task Members_are_paged_in_the_order_of_their_names_and_found_by_words()
    {
        var group = await CreateAsync(members: [.. People.Take(10)]);

        var first = (await Directory.MembersAsync(new MemberQuery(group.Id, Take: 4), CancellationToken.None)).Value();
        var second = (await Directory.MembersAsync(new MemberQuery(group.Id, Skip: 4, Take: 100), CancellationToken.None)).Value();
        Assert.Equal(10, first.Total);
        Assert.Equal(4, first.Items.Count);
        Assert.Equal(People.Take(10).Select(person => person.Id).Order(), first.Items.Concat(second.Items).Select(person => person.Id).Order());

        var word = People[3].Name.Split(' ')[^1];
        var found = (await Directory.MembersAsync(new MemberQuery(group.Id, word), CancellationToken.None)).Value();
        Assert.Contains(found.Items, person => person.Id == People[3].Id);
        Assert.Equal(found.Items.Count, found.Total);
    }

    [Fact]
    public async Task A_group_that_does_not_exist_is_not_an_empty_group()
    {
        var nobody = Guid.NewGuid();

        Assert.IsType<DirectoryError.NotFound>(Assert.IsType<DirectoryAnswer<IReadOnlySet<Guid>>.Failed>(await Directory.MemberIdsAsync(nobody, CancellationToken.None)).Error);
        Assert.IsType<DirectoryAnswer<Page<DirectoryObject>>.Failed>(await Directory.MembersAsync(new MemberQuery(nobody), CancellationToken.None));
        Assert.IsType<DirectoryAnswer<IReadOnlySet<Guid>>.Failed>(await Directory.WhichAreMembersAsync(nobody, [People[0].Id], CancellationToken.None));
        Assert.Null((await Directory.GetGroupAsync(nobody, CancellationToken.None)).Value());
    }

    [Fact]
    public async Task Candidates_are_told_apart_and_memberships_are_listed()
    {
        var group = await CreateAsync(members: [People[0], People[1]]);

        var which = (await Directory.WhichAreMembersAsync(group.Id, [People[1].Id, People[2].Id, Guid.NewGuid()], CancellationToken.None)).Value();
        Assert.Equal([People[1].Id], which);
        var memberOf = (await Directory.MemberOfAsync(People[0].Id, 0, 1000, CancellationToken.None)).Value();
        Assert.Contains(memberOf.Items, item => item.Id == group.Id);
        Assert.Equal(memberOf.Items.Count, memberOf.Total);
    }

    [Fact]
    public async Task Ancestors_are_found_through_several_levels_and_a_loop_ends()
    {
        var inner = await CreateAsync();
        var middle = await CreateAsync(members: [inner.AsObject()]);
        var outer = await CreateAsync(members: [middle.AsObject()]);
        await WriteAsync(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, outer.Id, true)]), inner);

        var above = (await Directory.AncestorsAsync(inner.Id, CancellationToken.None)).Value();
        Assert.Equal(new[] { inner.Id, middle.Id, outer.Id }.Order(), above.Order());
    }

    [Fact]
    public async Task Owners_are_exchanged_in_one_plan()
    {
        var group = await CreateAsync(owners: [People[0]]);
        var steps = IsTree
            ? new[] { Plan.Reference(PlanAction.Set, OwnerPath, People[1], previous: People[0]) }
            : [Plan.Reference(PlanAction.Add, OwnerPath, People[1]), Plan.Reference(PlanAction.Remove, OwnerPath, People[0])];
        var plan = Plan.Update(Directory.Store, group, steps);

        var answer = (await ApplyAsync(plan, group)).Applied();

        Assert.All(answer.Outcomes, outcome => Assert.Equal(StepStatus.Done, outcome.Status));
        Assert.Equal(plan.Steps.Count, answer.Outcomes.Count);
        Assert.Equal(People[1].Id, Assert.Single((await GroupAsync(group.Id)).Owners).Id);
        var owned = (await Directory.FindGroupsAsync(new GroupQuery(Owner: People[1].Id, Take: 200), CancellationToken.None)).Value();
        Assert.Contains(owned.Items, item => item.Id == group.Id);
    }

    [Fact]
    public async Task An_organizational_unit_or_a_missing_object_is_no_owner()
    {
        var group = await CreateAsync();
        var write = new DirectoryWrite.ChangeOwners(0, [new ReferenceWrite(0, Guid.NewGuid(), true)]);

        Assert.Equal(OwnerPath, (await WriteAsync(write, group)).Refused<DirectoryError.NotFound>().Attribute);
    }
}
