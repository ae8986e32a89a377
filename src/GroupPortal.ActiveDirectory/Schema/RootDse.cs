using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Schema;

/// <summary>What a server says of itself (RFC 4512 5.1, [MS-ADTS] 3.1.1.3.2).</summary>
internal sealed record RootDse(DistinguishedName DefaultNamingContext, LdapName Schema, LdapName? NtdsSettings)
{
    public static readonly IReadOnlyList<string> Attributes =
        ["defaultNamingContext", "schemaNamingContext", "dsServiceName", "dnsHostName", "supportedControl", "domainControllerFunctionality"];

    public string HostName { get; init; } = string.Empty;

    /// <summary>2 is Windows 2003, 4 is 2008 R2, 7 is 2016.</summary>
    public int FunctionalLevel { get; init; }

    public IReadOnlySet<string> Controls { get; init; } = new HashSet<string>();

    /// <summary>Null for a server that has no domain.</summary>
    public static RootDse? Of(LdapEntry entry) =>
        DistinguishedName.TryParse(entry.Text("defaultNamingContext"), out var context)
        && LdapName.TryFromEscaped(entry.Text("schemaNamingContext"), out var schema)
            ? new RootDse(context, schema, LdapName.TryFromEscaped(entry.Text("dsServiceName"), out var settings) ? settings : null)
            {
                HostName = entry.Text("dnsHostName") ?? string.Empty,
                FunctionalLevel = (int)(entry.Number("domainControllerFunctionality") ?? 0),
                Controls = entry.Texts("supportedControl").ToHashSet(StringComparer.Ordinal),
            }
            : null;
}
