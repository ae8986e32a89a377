using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>Why the service account got no answer about an account. Whatever it is, nobody signs in by it.</summary>
internal static class SignInFaults
{
    public static DirectoryError Decode(LdapAnswer answer) => answer switch
    {
        LdapAnswer.Answered({ Code: LdapResultCode.InsufficientAccessRights } result) => new DirectoryError.AccessDenied { ServerText = result.Message },
        LdapAnswer.Answered(var result) => new DirectoryError.Other(result.Code.ToString()) { ServerText = result.Message },
        LdapAnswer.NotSent(var fault) => new DirectoryError.Unavailable { ServerText = TextOf(fault) },
        LdapAnswer.Unknown(var fault) => new DirectoryError.Unavailable { ServerText = TextOf(fault) },
        _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
    };

    private static string TextOf(LdapFault fault) => $"{fault.Server}: {fault.Message}";
}
