using System.Text;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Api.Reading;

namespace GroupPortal.Web.Tests.Api;

/// <summary>What each <c>Action</c> and each field of the samples means.</summary>
public sealed class WireRequestsTests
{
    private static readonly IdentityStore Ad = new(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Embedded, "DC=demo,DC=local", "DC.demo.local");

    private static readonly DirectoryObject Owner = new(Guid.NewGuid(), ObjectKind.User, "Owner", "CN=Owner,DC=demo,DC=local");

    private static readonly GroupState State = new(Guid.NewGuid(), "CN=Old,OU=Groups,DC=demo,DC=local", new GroupVersion("1", 1))
    {
        Attributes = AttributeValues.None.With("name", "Old").With("groupType", "-2147483640"),
        Owners = [Owner],
        HasPrimaryOwner = true,
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void On_create_every_action_means_set(int action)
    {
        var request = Create($$"""{ "mail": [ { "Value": "a@b", "Action": {{action}} } ] }""");

        var change = Assert.Single(request.Attributes);
        Assert.Equal(("mail", ChangeMode.Set), (change.Name, change.Mode));
        Assert.Equal(["a@b"], change.Values);
    }

    [Theory]
    [InlineData("""[ { "Value": "a" } ]""", ChangeMode.Set)]
    [InlineData("""[ { "Value": "a", "Action": 0 } ]""", ChangeMode.Set)]
    [InlineData("""[ { "Value": "a", "Action": 1 } ]""", ChangeMode.Add)]
    [InlineData("""[ { "Value": "a", "Action": 2 } ]""", ChangeMode.Remove)]
    public void On_update_the_action_decides(string values, ChangeMode mode)
    {
        Assert.Equal(mode, Assert.Single(Update($$"""{ "proxyAddresses": {{values}} }""").Attributes).Mode);
        Assert.Equal(mode, Assert.Single(Update($$"""{ "Members": {{values}} }""").Members).Mode);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""[ { "Value": "" } ]""")]
    [InlineData("""[ { "Value": null, "Action": 0 } ]""")]
    public void On_update_an_empty_value_clears(string values)
    {
        Assert.Empty(Assert.Single(Update($$"""{ "description": {{values}} }""").Attributes).Values);
        Assert.Empty(Assert.Single(Update($$"""{ "members": {{values}} }""").Members).References);
    }

    [Fact]
    public void On_create_an_empty_reference_is_absent()
    {
        var request = Create("""{ "members": [ { "Value": "", "DN": "" } ], "managedBy": [], "owners": [ {} ] }""");

        Assert.Empty(request.Members);
        Assert.Empty(request.Owners);
    }

    [Fact]
    public void A_reference_is_its_DN_where_it_has_no_value() =>
        Assert.Equal(["CN=A,DC=demo,DC=local", "id"], Assert.Single(Create(
            """{ "members": [ { "Value": "", "DN": "CN=A,DC=demo,DC=local" }, { "Value": "id", "DN": "CN=B" } ] }""").Members).References);

    [Fact]
    public void ManagedBy_concerns_the_primary_owner_only()
    {
        var change = Assert.Single(Update("""{ "ManagedBy": [ { "Value": "uma", "Action": 1 } ] }""").Owners);

        Assert.True(change.PrimaryOnly);
        Assert.Equal(ChangeMode.Set, change.Mode);
    }

    [Fact]
    public void Exactly_these_additional_owners_leaves_the_primary_one() =>
        Assert.Equal([Owner.Id.ToString(), "uma"], Assert.Single(Update("""{ "XAdditionalOwner": [ { "Value": "uma" } ] }""").Owners).References);

    [Theory]
    [InlineData("""{ "name": [ { "Value": "New" } ], "CN": [ { "Value": "new" } ], "commonname": [ { "Value": "" } ], "objectClass": [ { "Value": "Group" } ] }""")]
    [InlineData("""{ "ContainerDistinguishedName": [ { "Value": "ou=groups, dc=demo, dc=local" } ], "objecttype": [ { "Value": "group" } ], "identityStoreId": [ { "Value": "2" } ] }""")]
    [InlineData("""{ "groupType": [ { "Value": "-2147483640" } ], "XGroupScope": [ { "Value": "Universal Group" } ], "UpdateOptions": [ { "Value": "false" } ] }""")]
    public void Fields_that_repeat_what_is_known_are_accepted(string attributes) => Assert.Empty(Create(attributes).ReadingProblems);

    [Theory]
    [InlineData("""{ "CN": [ { "Value": "Other" } ] }""", "CN")]
    [InlineData("""{ "ContainerDistinguishedName": [ { "Value": "OU=Elsewhere,DC=demo,DC=local" } ] }""", "ContainerDistinguishedName")]
    [InlineData("""{ "identityStoreId": [ { "Value": "3" } ] }""", "identityStoreId")]
    [InlineData("""{ "groupType": [ { "Value": "-2147483646" } ], "XGroupScope": [ { "Value": "Universal Group" } ] }""", "XGroupScope")]
    [InlineData("""{ "userprincipalname": [ { "Value": "a@b" } ] }""", "userprincipalname")]
    [InlineData("""{ "description": [ { "Value": "a", "IdentityStoreId": 7 } ] }""", "description")]
    [InlineData("""{ "description": [ { "Value": "a", "Action": 3 } ] }""", "description")]
    [InlineData("""{ "members": [ { "Value": "uma", "AttributeCollection": { "XMembershipType": "2" } } ] }""", "members")]
    public void Fields_that_contradict_are_problems_of_their_line(string attributes, string field)
    {
        var problem = Assert.Single(Create(attributes).ReadingProblems);

        Assert.Equal((field, ProblemScope.Line), (problem.Field, problem.Scope));
        Assert.DoesNotContain("{", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_temporary_member_in_a_list_that_replaces_the_members_stops_the_request()
    {
        var request = Update("""{ "members": [ { "Value": "uma" }, { "Value": "hal", "AttributeCollection": { "XMembershipType": "2" } } ] }""");

        Assert.Equal(ProblemScope.Request, Assert.Single(request.ReadingProblems).Scope);
    }

    [Fact]
    public void A_smart_group_is_not_made_at_the_address_of_static_ones() =>
        Assert.Equal(ProblemScope.Request, Assert.Single(Create("""{ "IMSGManagedGroupType": [ { "Value": "2" } ] }""").ReadingProblems).Scope);

    [Theory]
    [InlineData("""{ "objectClass": [ { "Value": "MailEnabledGroup" } ] }""", "New")]
    [InlineData("""{ "objectClass": [ { "Value": "MailEnabledGroup" } ], "mailNickname": [ { "Value": "given" } ] }""", "given")]
    [InlineData("""{ "objectClass": [ { "Value": "group" } ] }""", null)]
    public void A_mail_enabled_group_gets_the_nickname_that_follows_from_its_name(string attributes, string? nickname) =>
        Assert.Equal(nickname, Create(attributes).Attributes.SingleOrDefault(change => change.Name == "mailNickname")?.Values[0]);

    [Fact]
    public void On_update_fields_are_compared_with_the_group_as_it_stands()
    {
        Assert.Empty(Update("""{ "name": [ { "Value": "Old" } ] }""").ReadingProblems);
        Assert.Single(Update("""{ "name": [ { "Value": "New" } ] }""").ReadingProblems);
    }

    private static GroupRequest Create(string attributes) =>
        WireRequests.Create(Read($$"""{ "GroupName": "New", "AttributesCollection": { "AttributesCollection": {{attributes}} } }"""), Ad, "OU=Groups,DC=demo,DC=local", isStrict: false);

    private static GroupRequest Update(string attributes) =>
        WireRequests.Update(Read($$"""{ "AttributesCollection": { "AttributesCollection": {{attributes}} } }"""), State, Ad, isStrict: false, etag: null);

    private static WireGroup Read(string body)
    {
        var reader = new WireReader();
        var group = reader.Group(Encoding.UTF8.GetBytes(body));
        Assert.Empty(reader.Problems);
        return group;
    }
}
