using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Directories.Tests.Contract;

namespace GroupPortal.Directories.Tests.Embedded;

/// <summary>What the embedded store has from Active Directory: its tree, its rules and its words.</summary>
public sealed class EmbeddedActiveDirectoryTests(EmbeddedActiveDirectoryFixture fixture)
    : DirectoryTests(fixture), IClassFixture<EmbeddedActiveDirectoryFixture>
{
    [Fact]
    public async Task An_account_name_in_use_is_refused_in_the_servers_words()
    {
        var error = (await ApplyAsync(Plan.Create(Directory.Store, NewName(), [(AttributeNames.AccountName, "ADA")]), null))
            .Refused<DirectoryError.AlreadyExists>();
        Assert.Equal("00002071: samldb: samAccountName 'ADA' already in use!", error.ServerText);
    }

    [Fact]
    public async Task A_dn_in_use_is_refused_however_it_is_spelled()
    {
        var group = await CreateAsync();

        (await ApplyAsync(Plan.Create(Directory.Store, $"  {group.Name.ToUpperInvariant().Replace(" ", "  ", StringComparison.Ordinal)} ", [(AttributeNames.AccountName, NewName("x"))]), null))
            .Refused<DirectoryError.AlreadyExists>();
    }

    [Theory]
    [InlineData("with/slash", "0000202F: samldb: sAMAccountName contains invalid '/' character\n")]
    [InlineData("dot.", "0000202F: samldb: sAMAccountName ends with '.'")]
    public async Task An_account_name_that_cannot_be_is_refused(string name, string text)
    {
        var error = (await ApplyAsync(Plan.Create(Directory.Store, NewName(), [(AttributeNames.AccountName, name)]), null)).Refused<DirectoryError.InvalidValue>();
        Assert.Equal(text, error.ServerText);
    }

    [Theory]
    [InlineData("2147483650", "-2147483646")]
    [InlineData("-2147483644", "-2147483644")]
    [InlineData("8", "8")]
    public async Task A_group_type_is_kept_signed(string given, string kept) =>
        Assert.Equal(kept, (await CreateAsync(attributes: [(AttributeNames.GroupType, given)])).Attributes.First(AttributeNames.GroupType));

    [Theory]
    [InlineData("0")]
    [InlineData("16")]
    [InlineData("-2147483643")]
    [InlineData("99999999999")]
    public async Task A_group_type_that_no_server_knows_is_refused(string type) =>
        (await ApplyAsync(Plan.Create(Directory.Store, NewName(), [(AttributeNames.GroupType, type)]), null)).Refused<DirectoryError.InvalidValue>();

    [Theory]
    [InlineData("-2147483644", "-2147483646", false)]
    [InlineData("-2147483646", "-2147483644", false)]
    [InlineData("-2147483646", "-2147483640", true)]
    [InlineData("-2147483640", "-2147483644", true)]
    [InlineData("-2147483644", "8", true)]
    public async Task Scopes_change_only_where_the_server_lets_them(string from, string to, bool allowed)
    {
        var group = await CreateAsync(attributes: [(AttributeNames.GroupType, from)]);
        var answer = await ApplyAsync(Plan.Update(Directory.Store, group, Plan.Set(group, AttributeNames.GroupType, to)), group);
        Assert.Equal(allowed, answer is DirectoryWriteAnswer.Applied);
    }

    [Fact]
    public async Task A_group_moves_to_another_container_and_is_renamed_in_the_same_write()
    {
        var group = await CreateAsync();
        var name = NewName("Moved, and renamed");
        var plan = Plan.Update(
            Directory.Store,
            group,
            new PlanStep(0, PlanAction.Rename, AttributeNames.Name, [group.Name], [name]),
            new PlanStep(0, PlanAction.Move, AttributeNames.Container, ["OU=Groups,DC=demo,DC=local"], ["OU=Contacts,DC=demo,DC=local"]));

        Assert.IsType<DirectoryWrite.MoveGroup>(Assert.Single(Directory.Batch(plan)));
        (await ApplyAsync(plan, group)).Applied();

        Assert.Equal(DistinguishedName.Parse("OU=Contacts,DC=demo,DC=local").Child("CN", name), DistinguishedName.Parse((await GroupAsync(group.Id)).Dn));
    }

    [Fact]
    public async Task A_missing_container_and_a_renaming_modify_are_refused()
    {
        var group = await CreateAsync();

        (await WriteAsync(new DirectoryWrite.MoveGroup(0, [0], $"CN={group.Name},OU=Nowhere,DC=demo,DC=local"), group)).Refused<DirectoryError.NotFound>();
        (await ApplyAsync(Plan.Create(Directory.Store, NewName(), container: "OU=Nowhere,DC=demo,DC=local"), null)).Refused<DirectoryError.NotFound>();
        (await WriteAsync(new DirectoryWrite.ModifyGroup(0, [new AttributeWrite(0, AttributeNames.Name, ["x"], null)]), group)).Refused<DirectoryError.ReadOnlyAttribute>();
    }

    [Fact]
    public async Task The_domains_own_groups_cannot_be_deleted()
    {
        foreach (var name in (string[])["Domain Admins", "Domain Users", "Administrators"])
        {
            var found = (await Directory.ResolveAsync([name], [ObjectKind.Group], CancellationToken.None)).Value()[name];
            var group = await GroupAsync(Assert.IsType<ReferenceMatch.Found>(found).Object.Id);
            var error = (await ApplyAsync(Plan.Delete(Directory.Store, group), group)).Refused<DirectoryError.PolicyBlocked>();
            Assert.Equal($"00002035: objectclass: Cannot delete {group.Dn}, it isn't permitted!", error.ServerText);
        }
    }

    [Fact]
    public async Task Loops_and_self_membership_are_let_in_as_the_server_does()
    {
        var group = await CreateAsync();
        (await WriteAsync(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, group.Id, true)]), group)).Applied();
        Assert.Equal(1, (await GroupAsync(group.Id)).MemberCount);
    }

    [Fact]
    public async Task A_manager_that_somebody_else_exchanged_is_a_conflict()
    {
        var group = await CreateAsync(owners: [People[0]]);
        var write = Directory.Batch(Plan.Update(Directory.Store, group, Plan.Reference(PlanAction.Set, OwnerPath, People[1], previous: People[0])))[0];
        await ChangeAsync(group, Plan.Reference(PlanAction.Set, OwnerPath, People[2], previous: People[0]));

        Assert.Equal([People[2].Label], (await WriteAsync(write, group)).Refused<DirectoryError.Conflict>().Found);
    }

    [Fact]
    public async Task A_manager_is_cleared()
    {
        var group = await CreateAsync(owners: [People[0]]);
        var target = new StepTarget(People[0].Id, ObjectKind.User, People[0].Label, People[0].Dn);
        group = await ChangeAsync(group, new PlanStep(0, PlanAction.Clear, AttributeNames.ManagedBy, [target.Label], []) { Previous = target });
        Assert.Empty(group.Owners);
        Assert.False(group.HasPrimaryOwner);
    }

    [Fact]
    public async Task A_new_group_has_a_sid_of_its_own_and_the_schemas_extension()
    {
        var one = await CreateAsync(attributes: [("company", "Halden")]);
        var two = await CreateAsync();

        Assert.Equal("Halden", one.Attributes.First("COMPANY"));
        Assert.StartsWith("S-1-5-21-", one.Attributes.First("objectSid"), StringComparison.Ordinal);
        Assert.NotEqual(one.Attributes.First("objectSid"), two.Attributes.First("objectSid"));
        Assert.Equal(["group"], one.Attributes["objectClass"]);
        Assert.Empty(one.Attributes["objectCategory"]);
    }
}
