using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap.Support;

/// <summary>Every way to ask a server something, for tests that hold for all of them.</summary>
/// <param name="Run">Asks for something that a <see cref="RecordingServer"/> can be asked.</param>
/// <param name="IsRequest">Whether a server received its request.</param>
internal sealed record Operation(string Name, bool IsWrite, Func<LdapClient, CancellationToken, Task<LdapAnswer>> Run, Func<object, bool> IsRequest)
{
    private static readonly LdapName Target = LdapName.FromEscaped("cn=target,dc=demo,dc=local");

    public static LdapSearch AnySearch { get; } = new(Target, LdapScope.Base, LdapFilter.Present("objectClass"), ["cn"]);

    public static IReadOnlyList<Operation> All { get; } =
    [
        new("search", false, async (client, cancellation) => (await client.SearchAsync(AnySearch, cancellation)).Answer, IsSearch),
        new("paged search", false, async (client, cancellation) => (await client.SearchPagesAsync(AnySearch, 100, cancellation)).Found.Answer, IsSearch),
        new("ranged read", false, async (client, cancellation) => (await client.ReadAllValuesAsync(Target, "member", [], cancellation)).Answer, IsSearch),
        Write("add", new LdapRequest.Add(Target, [new("objectClass", "group")])),
        Write("modify", new LdapRequest.Modify(Target, [new(LdapChange.Replace, new("description", "x"))])),
        Write("rename", new LdapRequest.ModifyName(Target, LdapName.FromEscaped("cn=other"), null)),
        Write("delete", new LdapRequest.Delete(Target)),
        Write("extended", new LdapRequest.Extended("1.3.6.1.4.1.4203.1.11.3")),
    ];

    public static TheoryData<string> Names { get; } = [.. All.Select(operation => operation.Name)];

    public static TheoryData<string> Writes { get; } = [.. All.Where(operation => operation.IsWrite).Select(operation => operation.Name)];

    public static Operation Named(string name) => All.Single(operation => operation.Name == name);

    private static bool IsSearch(object sent) => sent is LdapSearch { Base: var name } && name == Target;

    private static Operation Write(string name, LdapRequest request) =>
        new(name, true, (client, cancellation) => client.SendAsync(request, cancellation), sent => sent.GetType() == request.GetType());
}
