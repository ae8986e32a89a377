using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Schema;

/// <summary>A classSchema object: what it is made from, and what objects of it may hold.</summary>
internal sealed record SchemaClass(string Name, IReadOnlyList<string> Parts, IReadOnlyList<string> MayHold)
{
    public static readonly IReadOnlyList<string> Attributes =
    [
        "lDAPDisplayName", "subClassOf", "auxiliaryClass", "systemAuxiliaryClass", "mayContain", "systemMayContain", "mustContain", "systemMustContain",
    ];

    public static SchemaClass? Of(LdapEntry entry) => entry.Text("lDAPDisplayName") is { Length: > 0 } name
        ? new SchemaClass(
            name,
            [.. entry.Texts("subClassOf"), .. entry.Texts("auxiliaryClass"), .. entry.Texts("systemAuxiliaryClass")],
            [.. entry.Texts("mayContain"), .. entry.Texts("systemMayContain"), .. entry.Texts("mustContain"), .. entry.Texts("systemMustContain")])
        : null;
}
