using System.Diagnostics.CodeAnalysis;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>A server as administrators write it. Both ways have TLS: <c>ldap</c> begins with StartTLS and never goes on without.</summary>
internal static class ServerAddress
{
    private const int LdapsPort = 636;
    private const int StartTlsPort = 389;
    private static readonly int[] GlobalCatalogPorts = [3268, 3269];

    public static bool TryParse(string text, [NotNullWhen(true)] out LdapServer? server, [NotNullWhen(false)] out string? problem)
    {
        (server, problem) = (null, "is no server. It looks like ldaps://dc1.example.com:636, or ldap://dc1.example.com:389 for StartTLS.");
        if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
            || address.Scheme is not ("ldap" or "ldaps")
            || address.Host.Length == 0
            || address.UserInfo.Length > 0
            || address.PathAndQuery.Trim('/').Length > 0
            || address.Fragment.Length > 0)
        {
            return false;
        }

        var security = address.Scheme == "ldaps" ? LdapSecurity.Ldaps : LdapSecurity.StartTls;
        var port = address.Port > 0 ? address.Port : security == LdapSecurity.Ldaps ? LdapsPort : StartTlsPort;
        if (GlobalCatalogPorts.Contains(port))
        {
            problem = "is the port of the global catalogue, which cannot be written to. Use 636, or 389 for StartTLS.";
            return false;
        }

        server = new LdapServer(address.IdnHost, port, security);
        problem = null;
        return true;
    }
}
