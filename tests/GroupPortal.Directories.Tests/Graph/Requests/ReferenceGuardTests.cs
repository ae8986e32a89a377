using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using GroupPortal.EntraId.Requests;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Graph.Requests;

/// <summary>A member's address without <c>/$ref</c> is the person, and deleting it deletes the person.</summary>
public sealed class ReferenceGuardTests
{
    private const string Group = "aaaaaaaa-0000-0000-0000-000000000001";
    private const string Person = "bbbbbbbb-0000-0000-0000-000000000002";

    [Theory]
    [InlineData($"/v1.0/groups/{Group}/members/{Person}")]
    [InlineData($"/v1.0/groups/{Group}/owners/{Person}")]
    [InlineData($"/beta/groups/{Group}/members/{Person}/")]
    [InlineData($"/v1.0/groups/{Group}/members/{Person}?$ref")]
    [InlineData($"/v1.0/groups/{Group}/members/{Person}#/$ref")]
    [InlineData($"/v1.0/groups/{Group}/members/{Person}/microsoft.graph.user")]
    [InlineData($"/v1.0/groups/{Group}/members/$ref")]
    [InlineData($"/v1.0/groups/{Group}/transitiveMembers/{Person}/$ref")]
    [InlineData($"/v1.0/users/{Person}")]
    [InlineData($"/v1.0/directoryObjects/{Person}")]
    [InlineData($"/v1.0/devices/{Person}")]
    [InlineData($"/v1.0/directory/deletedItems/{Person}")]
    [InlineData($"/v1.0/groupLifecyclePolicies/{Person}")]
    [InlineData($"/v1.0/groups/{Group}/settings/{Person}")]
    [InlineData("/v1.0/groups")]
    [InlineData("/v1.0")]
    public async Task What_would_delete_anything_but_a_group_or_a_reference_does_not_leave(string address)
    {
        using var stub = new GraphStub(_ => GraphStub.Empty());
        using var client = new HttpClient(new ReferenceGuard(stub));

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.DeleteAsync(new Uri("https://graph.microsoft.com" + address)));

        var inner = address[5..];
        using var batch = new StringContent($$"""{"requests":[{"id":"0","method":"GET","url":"/users"},{"id":"1","method":"delete","url":"{{inner}}"}]}""", Encoding.UTF8, "application/json");
        await Assert.ThrowsAsync<InvalidOperationException>(() => client.PostAsync(new Uri("https://graph.microsoft.com/v1.0/$batch"), batch));
        Assert.Empty(stub.Requests);
    }

    [Theory]
    [InlineData($"/v1.0/groups/{Group}")]
    [InlineData($"/v1.0/groups/{Group}/members/{Person}/$ref")]
    [InlineData($"/v1.0/groups/{Group}/owners/{Person}/$ref")]
    [InlineData($"/v1.0/groups/{Group}/owners/{Person}/%24ref")]
    public async Task A_group_and_a_reference_can_be_deleted(string address)
    {
        using var stub = new GraphStub(_ => GraphStub.Empty());
        using var client = new HttpClient(new ReferenceGuard(stub));

        await client.DeleteAsync(new Uri("https://graph.microsoft.com" + address));

        Assert.Single(stub.Requests);
    }

    [Fact]
    public void Every_address_of_a_reference_ends_in_ref() => Prop.ForAll<Guid, Guid, bool>((group, member, owners) =>
    {
        var links = owners ? Links.Owners : Links.Members;
        var one = GraphUrls.Reference(links, group, member);
        return one == $"/groups/{group:D}/{links.Name}/{member:D}/$ref"
            && ReferenceGuard.MayDelete(one)
            && !ReferenceGuard.MayDelete(one[..^"/$ref".Length])
            && GraphUrls.References(links, group).EndsWith("/$ref", StringComparison.Ordinal);
    }).QuickCheckThrowOnFailure();

    /// <summary>The SDK builds such addresses too: <c>Groups[…].Members[…]</c> with <c>Ref</c> behind it, or without.</summary>
    [Fact]
    public void No_other_source_builds_an_address_of_a_member()
    {
        var sources = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", "GroupPortal.EntraId"), "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is not "GraphUrls.cs" and not "ReferenceGuard.cs" && !file.Contains("/obj/", StringComparison.Ordinal));

        Assert.All(sources, file => Assert.DoesNotMatch(
            new Regex(@"/(members|owners)/\{|\.(Members|Owners)\[[^\]]+\]", RegexOptions.None, TimeSpan.FromSeconds(5)), File.ReadAllText(file)));
    }
}
