using System.Diagnostics.CodeAnalysis;
using GroupPortal.Ldap.Wire;

namespace GroupPortal.Ldap;

/// <summary>The server's half of <see cref="LdapControls.DirSync"/> ([MS-ADTS] 3.1.1.3.4.1.3).</summary>
/// <param name="HasMore">More changes wait: ask again at once with the cookie.</param>
/// <param name="Cookie">Where the next question begins; good for the same server's domain only.</param>
public sealed record DirSyncPage(bool HasMore, ReadOnlyMemory<byte> Cookie)
{
    /// <summary>False when the answer has none that can be read: then nobody knows where it ended.</summary>
    public static bool TryRead(LdapResult result, [NotNullWhen(true)] out DirSyncPage? page)
    {
        ArgumentNullException.ThrowIfNull(result);
        page = null;
        if (result.Controls.FirstOrDefault(control => control.Oid == LdapControls.DirSyncOid)?.Value is not { } value)
        {
            return false;
        }

        try
        {
            var reader = new BerReader(value).Enter(BerReader.Sequence);
            var more = reader.ReadInteger();
            reader.ReadInteger();
            page = new DirSyncPage(more != 0, reader.Read(BerReader.OctetString));
            return true;
        }
        catch (MalformedMessageException)
        {
            return false;
        }
    }
}
