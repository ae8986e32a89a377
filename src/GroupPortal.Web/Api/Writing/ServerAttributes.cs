using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Api.Writing;

/// <summary>The eight attributes that the vendor's server adds to the answer of an Entra create, letter for letter.</summary>
internal static class ServerAttributes
{
    public static IEnumerable<(string Name, string Value, int Action)> For(EntraGroupType type)
    {
        yield return ("XGroupExpirationPolicy", "0", 0);
        yield return ("XGroupExpirationDate", "9999 December 31 00:00:00", 0);
        yield return ("ismailbox", "False", 3);
        yield return ("ismailenabled", type == EntraGroupType.Security ? "False" : "True", 3);
        yield return ("IMGIsExpired", "false", 3);
        yield return ("IMGIsDeleted", "false", 3);
        yield return ("IMSGGroupIDVersion", "11.0", 3);
        yield return ("IMSGCreatedInVersion", "11.1.25059.04", 3);
    }
}
