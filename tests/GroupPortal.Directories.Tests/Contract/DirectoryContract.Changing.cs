using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Directories.Tests.Contract;

public abstract partial class DirectoryContract
{
    [Fact]
    public async Task Attributes_are_set_changed_and_cleared()
    {
        var group = await CreateAsync();

        group = await ChangeAsync(group, Plan.Set(group, AttributeNames.Description, "first"));
        Assert.Equal("first", group.Attributes.First(AttributeNames.Description));
        group = await ChangeAsync(group, Plan.Set(group, AttributeNames.Description, "second"));
        Assert.Equal("second", group.Attributes.First(AttributeNames.Description));
        group = await ChangeAsync(group, Plan.Set(group, AttributeNames.Description));
        Assert.Empty(group.Attributes[AttributeNames.Description]);
    }

    [Fact]
    public async Task All_attributes_of_an_update_go_in_one_write_and_are_applied_whole_or_not_at_all()
    {
        var group = await CreateAsync(attributes: [(AttributeNames.Description, "before")]);
        var tooLong = new string('x', 5000);
        var plan = Plan.Update(
            Directory.Store, group, Plan.Set(group, AttributeNames.Description, "after"), Plan.Set(group, AttributeNames.MailNickname, tooLong));

        var write = Assert.IsType<DirectoryWrite.ModifyGroup>(Assert.Single(Directory.Batch(plan)));
        var error = (await WriteAsync(write, group)).Refused<DirectoryError.InvalidValue>();

        Assert.Equal(AttributeNames.MailNickname, error.Attribute);
        Assert.Equal("before", (await GroupAsync(group.Id)).Attributes.First(AttributeNames.Description));
    }

    [Fact]
    public async Task A_value_that_somebody_else_changed_meanwhile_is_a_conflict_with_both_sides()
    {
        var seen = await CreateAsync(attributes: [(AttributeNames.Description, "seen")]);
        await ChangeAsync(seen, Plan.Set(seen, AttributeNames.Description, "theirs"));

        var write = Directory.Batch(Plan.Update(Directory.Store, seen, Plan.Set(seen, AttributeNames.Description, "mine")))[0];
        var error = (await WriteAsync(write, seen)).Refused<DirectoryError.Conflict>();

        Assert.Equal(["seen"], error.Expected);
        Assert.Equal(["theirs"], error.Found);
        Assert.Equal("theirs", (await GroupAsync(seen.Id)).Attributes.First(AttributeNames.Description));
    }

    [Fact]
    public async Task A_value_that_stands_already_is_no_change_and_no_new_version()
    {
        var seen = await CreateAsync();
        var now = await ChangeAsync(seen, Plan.Set(seen, AttributeNames.Description, "wished"));

        var write = Directory.Batch(Plan.Update(Directory.Store, seen, Plan.Set(seen, AttributeNames.Description, "wished")))[0];
        var answer = (await WriteAsync(write, seen)).Applied();

        Assert.Equal(StepStatus.NoChange, Assert.Single(answer.Outcomes).Status);
        Assert.Equal(now.Version, (await GroupAsync(seen.Id)).Version);
    }

    [Fact]
    public async Task A_write_against_another_version_is_refused_and_every_change_makes_a_new_one()
    {
        var seen = await CreateAsync();
        if (seen.Version.Directory.Length == 0)
        {
            return; // a directory without versions compares values only
        }

        var now = await ChangeAsync(seen, Plan.Set(seen, AttributeNames.Description, "newer"));
        Assert.NotEqual(seen.Version.Directory, now.Version.Directory);

        var write = Directory.Batch(Plan.Update(Directory.Store, now, Plan.Set(now, AttributeNames.Description, "newest")))[0];
        var error = (await Directory.WriteAsync(write, new WriteTarget(seen.Id, seen.Version.Directory), CancellationToken.None))
            .Refused<DirectoryError.Conflict>();
        Assert.Equal([now.Version.Directory], error.Found);
    }

    [Fact]
    public async Task Unknown_and_read_only_attributes_and_empty_values_are_refused_by_name()
    {
        var group = await CreateAsync();
        async Task<DirectoryWriteAnswer> Write(string attribute, params string[] values) =>
            await WriteAsync(new DirectoryWrite.ModifyGroup(0, [new AttributeWrite(0, attribute, values, null)]), group);

        Assert.Equal("noSuchThing", (await Write("noSuchThing", "x")).Refused<DirectoryError.UnknownAttribute>().Attribute);
        Assert.Equal("objectGUID", (await Write("objectGUID", "x")).Refused<DirectoryError.ReadOnlyAttribute>().Attribute);
        (await Write(AttributeNames.Description, string.Empty)).Refused<DirectoryError.InvalidValue>();
        (await Write(AttributeNames.Description, "one", "two")).Refused<DirectoryError.InvalidValue>();
        (await Write(AttributeNames.GroupType)).Refused<DirectoryError.InvalidValue>();
        (await Write(AttributeNames.GroupType, "12345")).Refused<DirectoryError.InvalidValue>();
        (await Write(AttributeNames.SecurityType, "Private")).Refused<DirectoryError.UnknownAttribute>();
    }

    [Fact]
    public async Task A_renamed_group_keeps_its_id_members_and_owners_and_is_found_by_its_new_name_only()
    {
        var group = await CreateAsync(owners: [People[0]], members: [People[1]]);
        var holder = await CreateAsync(members: [group.AsObject()]);
        var name = NewName("Renamed");

        var renamed = await ChangeAsync(group, new PlanStep(0, IsTree ? PlanAction.Rename : PlanAction.Set, NameAttribute, [group.Name], [name]));

        Assert.Equal(name, renamed.Name);
        Assert.Equal(1, renamed.MemberCount);
        Assert.Equal(People[0].Id, Assert.Single(renamed.Owners).Id);
        Assert.Equal(renamed.Id, Assert.Single((await Directory.FindAsync(new ObjectQuery(name, []), CancellationToken.None)).Value().Items).Id);
        Assert.IsType<ReferenceMatch.NotFound>((await Directory.ResolveAsync([group.Name], [], CancellationToken.None)).Value()[group.Name] switch
        {
            ReferenceMatch.Found { Object.AccountName: { } account } when account == group.Name => new ReferenceMatch.NotFound(),
            var other => other,
        });
        Assert.Equal([group.Id], (await Directory.MemberIdsAsync(holder.Id, CancellationToken.None)).Value());
        var inOrder = (await Directory.MembersAsync(new MemberQuery(holder.Id, "renamed"), CancellationToken.None)).Value();
        Assert.Equal(name, Assert.Single(inOrder.Items).Name);
    }

    [Fact]
    public async Task A_deleted_group_is_gone_from_every_list_and_group()
    {
        var group = await CreateAsync();
        var holder = await CreateAsync(members: [group.AsObject(), People[0]]);

        var answer = (await ApplyAsync(Plan.Delete(Directory.Store, group), group)).Applied();

        Assert.Equal(StepStatus.Done, Assert.Single(answer.Outcomes).Status);
        Assert.Null((await Directory.GetGroupAsync(group.Id, CancellationToken.None)).Value());
        Assert.Equal(1, (await GroupAsync(holder.Id)).MemberCount);
        Assert.Empty((await Directory.FindAsync(new ObjectQuery(group.Name, []), CancellationToken.None)).Value().Items);
        (await ApplyAsync(Plan.Delete(Directory.Store, group), group)).Refused<DirectoryError.NotFound>();
    }

    [Fact]
    public async Task The_change_feed_names_whatever_changed_and_tells_in_the_end_what_is_gone()
    {
        if (!NumbersChanges)
        {
            // It tells changes to a replica only, by tokens of its own; whoever asks for numbers is told so.
            Assert.IsType<DirectoryError.Unsupported>(
                Assert.IsType<DirectoryAnswer<IReadOnlyList<DirectoryChange>>.Failed>(await Directory.ChangesAsync(0, 1000, CancellationToken.None)).Error);
            return;
        }

        var start = await LastCookieAsync();
        var stays = await CreateAsync();
        var goes = await CreateAsync();
        goes = await ChangeAsync(goes, Plan.Set(goes, AttributeNames.Description, "x"));
        await ApplyAsync(Plan.Delete(Directory.Store, goes), goes);

        // A feed may tell each change or, as Active Directory's does, only the last one of each object.
        var changes = (await Directory.ChangesAsync(start, 1000, CancellationToken.None)).Value();
        Assert.All(changes.Where(change => change.ObjectId == stays.Id), change => Assert.False(change.Deleted));
        var ofTheDeleted = changes.Where(change => change.ObjectId == goes.Id).Select(change => change.Deleted).ToList();
        Assert.Equal([.. Enumerable.Repeat(false, ofTheDeleted.Count - 1), true], ofTheDeleted);
        Assert.Contains(changes, change => change.ObjectId == stays.Id);
        Assert.Equal(changes.Select(change => change.Cookie).Order(), changes.Select(change => change.Cookie));
        Assert.Equal(changes.Take(2), (await Directory.ChangesAsync(start, 2, CancellationToken.None)).Value());
    }

    private async Task<long> LastCookieAsync()
    {
        long cookie = 0;
        while ((await Directory.ChangesAsync(cookie, 1000, CancellationToken.None)).Value() is [.., var last])
        {
            cookie = last.Cookie;
        }

        return cookie;
    }
}
