using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>A group of a test's own on a shared controller, made and deleted without the client that is under test.</summary>
internal sealed class MadeGroup : IAsyncDisposable
{
    private const string Staff = "OU=Staff,DC=demo,DC=local";

    private readonly LdapTool _administrator;

    private MadeGroup(SambaDomainController controller, string name)
    {
        _administrator = LdapTool.For(controller, SambaDomainController.Administrator);
        Dn = $"CN={name},OU=Groups,DC=demo,DC=local";
    }

    public string Dn { get; }

    public static async Task<MadeGroup> OfAsync(SambaDomainController controller, int members)
    {
        var name = $"made-{Guid.NewGuid():N}";
        var group = new MadeGroup(controller, name);
        var people = await PeopleAsync(controller, members);
        var code = await group._administrator.ModifyAsync(
            $"dn: {group.Dn}\nchangetype: add\nobjectClass: group\nsAMAccountName: {name[..20]}\ndescription: made for a test\n"
            + string.Concat(people.Select(dn => $"member: {dn}\n")));
        return code == 0 ? group : throw new InvalidOperationException($"The group was refused with {code}.");
    }

    /// <summary>The names of so many of the staff.</summary>
    public static async Task<string[]> PeopleAsync(SambaDomainController controller, int count)
    {
        var (_, lines) = await LdapTool.For(controller, SambaDomainController.Administrator).SearchForAsync(Staff, "(objectClass=user)", ["1.1"]);
        var people = lines.Where(line => line.StartsWith("dn: ", StringComparison.Ordinal)).Select(line => line[4..]).Take(count).ToArray();
        return people.Length == count ? people : throw new InvalidOperationException($"There are only {people.Length} people.");
    }

    public async Task<int> CountMembersAsync()
    {
        var (_, lines) = await _administrator.SearchForAsync(Dn, "(objectClass=group)", ["member"], "-s", "base");
        return lines.Count(line => line.StartsWith("member:", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync() => await _administrator.ModifyAsync($"dn: {Dn}\nchangetype: delete\n");
}
