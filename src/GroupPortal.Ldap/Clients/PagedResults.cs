using GroupPortal.Ldap.Wire;

namespace GroupPortal.Ldap.Clients;

/// <summary>The server's half of a paged search (RFC 2696 section 3).</summary>
internal static class PagedResults
{
    /// <summary>The cookie for the next page; empty at the end, or when the server did not page. False when it cannot be read.</summary>
    public static bool TryReadCookie(LdapResult result, out ReadOnlyMemory<byte> cookie)
    {
        cookie = default;
        var control = result.Controls.FirstOrDefault(control => control.Oid == LdapControls.PagedResultsOid);
        if (control is null)
        {
            return true;
        }

        try
        {
            var reader = new BerReader(control.Value ?? default).Enter(BerReader.Sequence);
            reader.ReadInteger();
            cookie = reader.Read(BerReader.OctetString);
            return true;
        }
        catch (MalformedMessageException)
        {
            return false;
        }
    }
}
