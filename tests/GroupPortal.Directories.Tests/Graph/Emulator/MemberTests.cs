using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

public sealed class MemberTests(EmulatorFixture fixture) : IClassFixture<EmulatorFixture>, IDisposable
{
    private readonly GraphEmulator _emulator = fixture.Emulator;
    private readonly RawClient _client = new(fixture.Emulator);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_member_URL_without_ref_deletes_the_person()
    {
        var person = _emulator.Directory.AddUser("Doomed Soul");
        var group = await _client.CreateGroupAsync("Danger");
        await _client.PostAsync($"/groups/{group}/members/$ref", RawClient.Reference(person));

        var answer = await _client.DeleteAsync($"/groups/{group}/members/{person}");

        Assert.Equal(204, answer.Status);
        Assert.False(_emulator.Directory.Exists(person));
        Assert.True(_emulator.Directory.IsInTheBin(person));
    }

    [Fact]
    public async Task A_member_URL_with_ref_removes_the_membership_alone()
    {
        var person = _emulator.Directory.AddUser("Safe Soul");
        var group = await _client.CreateGroupAsync("No danger");
        await _client.PostAsync($"/groups/{group}/members/$ref", RawClient.Reference(person));

        Assert.Equal(204, (await _client.DeleteAsync($"/groups/{group}/members/{person}/$ref")).Status);
        Assert.Empty(_emulator.Directory.Members(group));
        Assert.True(_emulator.Directory.Exists(person));
    }

    [Fact]
    public async Task A_security_group_holds_everything_but_Microsoft_365_groups_and_those_hold_people_only()
    {
        var security = await _client.CreateGroupAsync("Holds much");
        var unified = await _client.CreateGroupAsync("Holds people", isUnified: true);
        var nested = await _client.CreateGroupAsync("Inside");
        var kinds = new[]
        {
            (_emulator.Directory.All(ObjectKind.User)[0], true), (_emulator.Directory.All(ObjectKind.Device)[0], false), (_emulator.Directory.All(ObjectKind.Contact)[0], false),
            (_emulator.Directory.All(ObjectKind.ServicePrincipal)[0], false), (nested, false),
        };
        foreach (var (id, isPerson) in kinds)
        {
            Assert.Equal(204, (await _client.PostAsync($"/groups/{security}/members/$ref", RawClient.Reference(id))).Status);
            Assert.Equal(isPerson ? 204 : 400, (await _client.PostAsync($"/groups/{unified}/members/$ref", RawClient.Reference(id))).Status);
        }

        Assert.Equal(400, (await _client.PostAsync($"/groups/{security}/members/$ref", RawClient.Reference(unified))).Status);
        Assert.Equal(400, (await _client.PostAsync($"/groups/{security}/owners/$ref", RawClient.Reference(nested))).Status);
        // v1.0 leaves service principals out; beta does not.
        Assert.Equal(4, (await _client.GetAsync($"/groups/{security}/members")).Values.Count);
        Assert.Equal(5, (await _client.GetAsync($"/beta/groups/{security}/members")).Values.Count);
    }

    [Fact]
    public async Task Pages_keep_their_place_while_members_come_and_go()
    {
        var people = _emulator.Directory.All(ObjectKind.User);
        var group = _emulator.Directory.AddGroup("Paged");
        foreach (var person in people.Take(30))
        {
            _emulator.Directory.AddMember(group, person);
        }

        var first = await _client.GetAsync($"/groups/{group}/members?$top=10&$select=id");
        _emulator.Directory.RemoveMember(group, people[2]);
        _emulator.Directory.RemoveMember(group, people[15]);
        _emulator.Directory.AddMember(group, people[40]);
        var rest = await _client.AllAsync(first.NextLink!);

        Assert.Equal(people.Take(10).Select(id => id.ToString()), first.All("id"));
        Assert.Equal(people.Skip(10).Take(20).Except([people[15]]).Append(people[40]).Select(id => id.ToString()), rest.Select(one => (string)one["id"]!));
    }

    [Fact]
    public async Task Hidden_members_are_for_those_who_may()
    {
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 40 });
        var path = $"/groups/{emulator.Directory.Group("Works Council")}/members";
        using var app = new RawClient(emulator);
        emulator.Directory.AddUser("Outsider", ("userPrincipalName", "outsider@" + emulator.Domain));
        using var outsider = new RawClient(emulator, "outsider");
        using var ada = new RawClient(emulator, "ada");

        Assert.Equal((200, 403, 200), ((await app.GetAsync(path)).Status, (await outsider.GetAsync(path)).Status, (await ada.GetAsync(path)).Status));
        emulator.Directory.SetHiddenMembersReadable(false);
        Assert.Equal(403, (await app.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Of_kinds_that_an_application_may_not_read_it_sees_type_and_id()
    {
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 10 });
        using var app = new RawClient(emulator);
        var group = emulator.Directory.AddGroup("Limited");
        emulator.Directory.AddMember(group, emulator.Directory.All(ObjectKind.Device)[0]);
        emulator.Directory.SetUnreadable(ObjectKind.Device);

        var member = Assert.Single((await app.GetAsync($"/groups/{group}/members?$select=id,displayName")).Values)!;

        Assert.Equal(("#microsoft.graph.device", emulator.Directory.All(ObjectKind.Device)[0].ToString(), null), ((string?)member["@odata.type"], (string?)member["id"], (string?)member["displayName"]));
        Assert.Equal(403, (await app.GetAsync("/devices")).Status);
    }

    [Fact]
    public async Task Members_through_others_are_found_and_counted()
    {
        var (outer, inner) = (await _client.CreateGroupAsync("Outer"), await _client.CreateGroupAsync("Inner"));
        var person = _emulator.Directory.Person("uma");
        await _client.PostAsync($"/groups/{outer}/members/$ref", RawClient.Reference(inner));
        await _client.PostAsync($"/groups/{inner}/members/$ref", RawClient.Reference(person));
        // A circle ends.
        await _client.PostAsync($"/groups/{inner}/members/$ref", RawClient.Reference(outer));

        Assert.Contains(person.ToString(), (await _client.GetAsync($"/groups/{outer}/transitiveMembers")).All("id"));
        Assert.Equal("1", (await _client.GetAsync($"/groups/{outer}/transitiveMembers/microsoft.graph.user/$count", RawClient.Eventual)).Text);
        Assert.Equal("1", (await _client.GetAsync($"/groups/{outer}/transitiveMembers/graph.user/%24count", RawClient.Eventual)).Text);
        Assert.Contains(outer.ToString(), (await _client.GetAsync($"/users/{person}/transitiveMemberOf?$top=999&$select=id")).All("id"));
        Assert.DoesNotContain(outer.ToString(), (await _client.GetAsync($"/users/{person}/memberOf?$top=999&$select=id")).All("id"));
        var check = await _client.PostAsync($"/users/{person}/checkMemberGroups", new { groupIds = new[] { outer, Guid.NewGuid() } });
        Assert.Equal([outer.ToString()], check.Values.Select(id => (string?)id));
        Assert.Equal(400, (await _client.PostAsync($"/users/{person}/checkMemberGroups", new { groupIds = Enumerable.Range(0, 21).Select(_ => Guid.NewGuid()) })).Status);
    }
}
