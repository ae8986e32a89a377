using GroupPortal.Ldap;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.Ldap.Faults;

/// <summary>A call that a real domain controller can be asked, and what tells afterwards whether it was done.</summary>
/// <param name="PrepareAsync">Makes what it needs, by another client.</param>
/// <param name="WasDoneAsync">Whether the directory holds its effect; null for calls without one.</param>
internal sealed record DirectoryCall(
    string Name,
    Func<LdapClient, CancellationToken, Task<LdapAnswer>> RunAsync,
    Func<LdapClient, Task>? PrepareAsync = null,
    Func<LdapClient, Task<bool>>? WasDoneAsync = null)
{
    private static readonly string Groups = "OU=Groups," + SambaDomainController.BaseDn;

    public bool IsWrite => WasDoneAsync is not null;

    /// <summary>Whether it goes over the client's shared connections.</summary>
    public bool IsPooled => Name != "bind";

    /// <summary>All of them, each on objects of its own.</summary>
    public static IReadOnlyList<DirectoryCall> Make() =>
    [
        new("bind", (client, cancellation) => client.TryBindAsync(
            new LdapCredential(SambaDomainController.Administrator.BindName, SambaDomainController.Administrator.Password), cancellation)),
        new("search", async (client, cancellation) => (await client.SearchAsync(Find(Groups, LdapScope.OneLevel), cancellation)).Answer),
        new("paged search", async (client, cancellation) => (await client.SearchPagesAsync(Find(Groups, LdapScope.OneLevel), 50, cancellation)).Found.Answer),
        new("ranged read", async (client, cancellation) => (await client.ReadAllValuesAsync(
            LdapName.FromEscaped("CN=Domain Admins,CN=Users," + SambaDomainController.BaseDn), "member", ["cn"], cancellation)).Answer),
        new("extended", (client, cancellation) => client.SendAsync(new LdapRequest.Extended("1.3.6.1.4.1.4203.1.11.3"), cancellation)),
        Add(),
        Modify(),
        Rename(),
        Delete(),
    ];

    private static string NewName() => $"CN=fault-{Guid.NewGuid():N}";

    private static LdapSearch Find(string name, LdapScope scope) => new(LdapName.FromEscaped(name), scope, LdapFilter.Present("objectClass"), ["cn", "description"]);

    private static LdapRequest.Add NewGroup(string name) => new(LdapName.FromEscaped(name), [new("objectClass", "group"), new("sAMAccountName", $"f{Guid.NewGuid():N}")]);

    private static async Task MakeAsync(LdapClient client, string name) =>
        Assert.True(Assert.IsType<LdapAnswer.Answered>(await client.SendAsync(NewGroup(name), CancellationToken.None)).Result.IsSuccess);

    private static async Task<LdapEntry?> ReadAsync(LdapClient client, string name)
    {
        var answer = await client.SearchAsync(Find(name, LdapScope.Base), CancellationToken.None);
        Assert.True(answer.Answer is LdapAnswer.Answered { Result.Code: LdapResultCode.Success or LdapResultCode.NoSuchObject });
        return answer.Entries.SingleOrDefault();
    }

    private static DirectoryCall Add()
    {
        var name = $"{NewName()},{Groups}";
        return new("add", (client, cancellation) => client.SendAsync(NewGroup(name), cancellation), null, async client => await ReadAsync(client, name) is not null);
    }

    private static DirectoryCall Modify()
    {
        var name = $"{NewName()},{Groups}";
        var request = new LdapRequest.Modify(LdapName.FromEscaped(name), [new(LdapChange.Replace, new("description", "done"))]);
        return new("modify", (client, cancellation) => client.SendAsync(request, cancellation), client => MakeAsync(client, name), async client => (await ReadAsync(client, name))!.Text("description") == "done");
    }

    private static DirectoryCall Rename()
    {
        var (first, second) = (NewName(), NewName());
        var request = new LdapRequest.ModifyName(LdapName.FromEscaped($"{first},{Groups}"), LdapName.FromEscaped(second), null);
        return new(
            "rename", (client, cancellation) => client.SendAsync(request, cancellation), client => MakeAsync(client, $"{first},{Groups}"), async client => await ReadAsync(client, $"{second},{Groups}") is not null);
    }

    private static DirectoryCall Delete()
    {
        var name = $"{NewName()},{Groups}";
        return new(
            "delete", (client, cancellation) => client.SendAsync(new LdapRequest.Delete(LdapName.FromEscaped(name)), cancellation), client => MakeAsync(client, name), async client => await ReadAsync(client, name) is null);
    }
}
