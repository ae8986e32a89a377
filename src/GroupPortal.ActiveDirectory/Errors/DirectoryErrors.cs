using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Errors;

/// <summary>What the server and the way to it say, in the port's words.</summary>
internal static class DirectoryErrors
{
    public static DirectoryError Of(LdapResult result) => result.Code switch
    {
        LdapResultCode.NoSuchObject => new DirectoryError.NotFound { ServerText = result.Message },
        LdapResultCode.InsufficientAccessRights => new DirectoryError.AccessDenied { ServerText = result.Message },
        LdapResultCode.Busy or LdapResultCode.Unavailable => new DirectoryError.Unavailable { ServerText = result.Message },
        _ => new DirectoryError.Other(((int)result.Code).ToString(System.Globalization.CultureInfo.InvariantCulture)) { ServerText = result.Message },
    };

    public static DirectoryError Of(LdapFault fault) => new DirectoryError.Unavailable { ServerText = $"{fault.Server}: {fault.Message}" };
}
