using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.ActiveDirectory.Writing;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>From a write and what stands to the one request, as text; no server.</summary>
public sealed class WriteRequestsTests
{
    private const string Dn = @"CN=Smith\, Ana,OU=Groups,DC=demo,DC=local";

    private static readonly Guid GroupId = Guid.Parse("11111111-1111-1111-1111-111111111111");
    private static readonly Guid Ana = Guid.Parse("aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa");
    private static readonly Guid Ben = Guid.Parse("bbbbbbbb-bbbb-bbbb-bbbb-bbbbbbbbbbbb");
    private static readonly Guid Cem = Guid.Parse("cccccccc-cccc-cccc-cccc-cccccccccccc");

    private static readonly AttributeCatalog Catalog = AttributeCatalogs.ActiveDirectory.With(
        [new AttributeDefinition("hideFromLists", "x", AttributeSyntax.Boolean)]);

    [Fact]
    public void A_create_is_one_add_with_everything_once()
    {
        var write = new DirectoryWrite.CreateGroup(
            0, Guid.NewGuid(), Dn,
            [
                new AttributeWrite(1, "name", ["Smith, Ana"], null),
                new AttributeWrite(2, "groupType", ["2147483656"], null),
                new AttributeWrite(3, "sAMAccountName", ["smith"], null),
                new AttributeWrite(4, "description", [], null),
                new AttributeWrite(5, "hideFromLists", ["true"], null),
            ],
            [new ReferenceWrite(6, Ana, true)],
            [new ReferenceWrite(7, Ben, true), new ReferenceWrite(8, Ben, true), new ReferenceWrite(9, Cem, true)],
            [0]);

        Assert.Equal(
            $"""
            add {Dn}
            objectClass: group
            groupType: -2147483640
            sAMAccountName: smith
            hideFromLists: TRUE
            managedBy: <GUID={Ana}>
            member: <GUID={Ben}>, <GUID={Cem}>
            """,
            Text(CreateRequest.Of(write, Catalog)));
    }

    [Theory]
    [InlineData("description", "old", "old", "new", "delete description: old; add description: new")]
    [InlineData("description", "", "", "new", "add description: new")]
    [InlineData("description", "old", "old", "", "delete description: old")]
    [InlineData("description", "old", null, "new", "delete description: old; add description: new")]
    [InlineData("description", "new", "old", "new", "")]
    [InlineData("proxyAddresses", "a|b", "b|a", "b|c", "delete proxyAddresses: a; add proxyAddresses: c")]
    [InlineData("proxyAddresses", "a|b", "a|b", "b|a", "")]
    [InlineData("groupType", "-2147483640", "-2147483640", "2147483650", "replace groupType: -2147483646")]
    [InlineData("groupType", "-2147483640", "-2147483640", "2147483656", "")]
    [InlineData("sAMAccountName", "old", "old", "new", "replace sAMAccountName: new")]
    public void A_value_is_compared_and_exchanged(string attribute, string present, string? expected, string wished, string changes)
    {
        var prepared = Modify(attribute, present, expected, wished);

        Assert.Null(prepared.Error);
        Assert.Equal(changes.Length == 0 ? null : $"modify <GUID={GroupId}>; {changes}", prepared.Request is { } request ? Text(request, "; ") : null);
        Assert.Equal(changes.Length == 0 ? StepStatus.NoChange : StepStatus.Done, Assert.Single(prepared.Outcomes).Status);
    }

    [Fact]
    public void What_stands_instead_of_what_was_expected_is_a_conflict_and_nothing_is_sent()
    {
        var prepared = Modify("description", "theirs", "seen", "mine");

        Assert.Null(prepared.Request);
        var conflict = Assert.IsType<DirectoryError.Conflict>(prepared.Error);
        Assert.Equal(["seen"], conflict.Expected);
        Assert.Equal(["theirs"], conflict.Found);
        Assert.Equal("description", conflict.Attribute);
    }

    [Fact]
    public void Members_are_sent_as_what_is_missing_and_what_is_too_much()
    {
        var write = new DirectoryWrite.ChangeMembers(0,
        [
            new ReferenceWrite(0, Ana, true), new ReferenceWrite(1, Ben, true), new ReferenceWrite(2, Ben, true), new ReferenceWrite(3, Cem, false),
            new ReferenceWrite(4, GroupId, false),
        ]);

        var prepared = MemberRequest.Of(write, Group(), Present([Ana, Cem], []));

        Assert.Equal($"modify <GUID={GroupId}>; add member: <GUID={Ben}>; delete member: <GUID={Cem}>", Text(prepared.Request!, "; "));
        Assert.Equal(
            [StepStatus.NoChange, StepStatus.Done, StepStatus.NoChange, StepStatus.Done, StepStatus.NoChange],
            prepared.Outcomes.Select(outcome => outcome.Status));
    }

    [Fact]
    public void Who_comes_and_goes_in_one_write_is_not_sent()
    {
        var write = new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, Ana, true), new ReferenceWrite(1, Ana, false)]);

        Assert.Null(MemberRequest.Of(write, Group(), Present([], [])).Request);
    }

    [Fact]
    public void A_member_by_the_primary_group_stands_already_and_cannot_be_taken_away()
    {
        var present = Present([Ana], [Ana]);

        Assert.Null(MemberRequest.Of(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, Ana, true)]), Group(), present).Request);
        Assert.IsType<DirectoryError.PolicyBlocked>(
            MemberRequest.Of(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, Ana, false)]), Group(), present).Error);
    }

    [Fact]
    public void An_owner_is_compared_and_exchanged()
    {
        var group = Group(("managedBy", $"<GUID={Ana}>;<SID=S-1-5-21-1>;CN=Ana,DC=demo,DC=local"));
        var exchange = new DirectoryWrite.ChangeOwners(0, [new ReferenceWrite(0, Ben, true), new ReferenceWrite(0, Ana, false)]);
        var clear = new DirectoryWrite.ChangeOwners(0, [new ReferenceWrite(0, Ana, false)]);
        var set = new DirectoryWrite.ChangeOwners(0, [new ReferenceWrite(0, Ben, true)]);

        Assert.Equal($"modify <GUID={GroupId}>; delete managedBy: <GUID={Ana}>; add managedBy: <GUID={Ben}>", Text(OwnerRequest.Of(exchange, group).Request!, "; "));
        Assert.Equal($"modify <GUID={GroupId}>; delete managedBy: <GUID={Ana}>", Text(OwnerRequest.Of(clear, group).Request!, "; "));
        Assert.Equal($"modify <GUID={GroupId}>; add managedBy: <GUID={Ben}>", Text(OwnerRequest.Of(set, Group()).Request!, "; "));
        Assert.Null(OwnerRequest.Of(clear, Group()).Request);
        Assert.Equal(["Ana"], Assert.IsType<DirectoryError.Conflict>(OwnerRequest.Of(set, group).Error).Found);
    }

    [Theory]
    [InlineData(@"CN=New \+ name,OU=Groups,DC=demo,DC=local", @"rename CN=Smith\, Ana,OU=Groups,DC=demo,DC=local; CN=New \+ name")]
    [InlineData(@"CN=Smith\, Ana,OU=Other,DC=demo,DC=local", @"rename CN=Smith\, Ana,OU=Groups,DC=demo,DC=local; CN=Smith\, Ana; OU=Other,DC=demo,DC=local")]
    [InlineData(@"CN=smith\, Ana,OU=Groups,DC=demo,DC=local", @"rename CN=Smith\, Ana,OU=Groups,DC=demo,DC=local; CN=smith\, Ana")]
    [InlineData(@"CN=Smith\2C Ana,OU=Groups,DC=demo,DC=local", null)]
    public void A_move_names_what_changes(string newDn, string? expected) =>
        Assert.Equal(expected, MoveRequest.Of(new DirectoryWrite.MoveGroup(0, [0], newDn), Group()).Request is { } request ? Text(request, "; ") : null);

    [Theory]
    [InlineData("line\nbreak")]
    [InlineData("nul\0")]
    [InlineData("65 characters, which a rename would not refuse: xxxxxxxxxxxxxxxxxxx")]
    public void A_name_that_the_server_would_take_is_refused_before(string name)
    {
        var context = DistinguishedName.Parse("DC=demo,DC=local");
        var write = new DirectoryWrite.MoveGroup(0, [0], DistinguishedName.Parse("OU=Groups,DC=demo,DC=local").Child("CN", name).ToString());

        Assert.Equal("name", Assert.IsType<DirectoryError.InvalidValue>(WriteChecks.WhyNot(write, new WriteTarget(GroupId, null), context, Catalog)).Attribute);
    }

    [Fact]
    public void A_group_in_itself_and_an_account_name_like_a_computers_are_refused_before()
    {
        var context = DistinguishedName.Parse("DC=demo,DC=local");
        var target = new WriteTarget(GroupId, null);

        Assert.Equal("members", WriteChecks.WhyNot(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, GroupId, true)]), target, context, Catalog)?.Attribute);
        Assert.Null(WriteChecks.WhyNot(new DirectoryWrite.ChangeMembers(0, [new ReferenceWrite(0, GroupId, false)]), target, context, Catalog));
        Assert.Equal("sAMAccountName", WriteChecks.WhyNot(
            new DirectoryWrite.ModifyGroup(0, [new AttributeWrite(0, "sAMAccountName", ["dc$"], null)]), target, context, Catalog)?.Attribute);
        Assert.Equal("container", WriteChecks.WhyNot(new DirectoryWrite.MoveGroup(0, [0], "CN=a,DC=other"), target, context, Catalog)?.Attribute);
    }

    private static PreparedWrite Modify(string attribute, string present, string? expected, string wished) => ModifyRequest.Of(
        new DirectoryWrite.ModifyGroup(0, [new AttributeWrite(0, attribute, Values(wished), expected is null ? null : Values(expected))]),
        Group([.. Values(present).Select(value => (attribute, value))]),
        Catalog);

    private static string[] Values(string text) => text.Length == 0 ? [] : text.Split('|');

    private static MembersAmong Present(Guid[] all, Guid[] primary) => new(all.ToHashSet(), primary.ToHashSet());

    private static PresentGroup Group(params (string Name, string Value)[] attributes) => PresentGroup.Of(
        new LdapEntry(
            LdapName.FromEscaped($"<GUID={GroupId}>;{Dn}"),
            [
                new LdapAttribute("objectGUID", [GroupId.ToByteArray()]),
                new LdapAttribute("objectClass", "top", "group"),
                .. attributes.GroupBy(attribute => attribute.Name).Select(group => new LdapAttribute(group.Key, group.Select(item => item.Value))),
            ]),
        version: null)!;

    private static string Text(LdapRequest request, string separator = "\n")
    {
        string Values(LdapAttribute attribute) => $"{attribute.Name}: {string.Join(", ", attribute.Texts)}";
        var lines = request switch
        {
            LdapRequest.Add add => [$"add {add.Name}", .. add.Attributes.Select(Values)],
            LdapRequest.Modify modify =>
                [$"modify {modify.Name}", .. modify.Modifications.Select(one => $"{one.Change.ToString().ToLowerInvariant()} {Values(one.Attribute)}")],
            LdapRequest.ModifyName move => (string?[])[$"rename {move.Name}", move.NewFirstLevel.ToString(), move.NewSuperior?.ToString()],
            _ => [request.ToString()],
        };
        return string.Join(separator, lines.Where(line => line is not null));
    }
}
