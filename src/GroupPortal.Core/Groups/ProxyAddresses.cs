namespace GroupPortal.Core.Groups;

/// <summary>
/// The addresses of proxyAddresses: a kind, a colon and the address; the kind in capitals is the main one of its kind. Active
/// Directory takes whatever it is given, twice the same address and two main ones included.
/// </summary>
public static class ProxyAddresses
{
    public const string Attribute = "proxyAddresses";

    /// <summary>A problem's code, or null.</summary>
    public static string? WhyNot(IReadOnlyList<string> values)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var main = new HashSet<string>(StringComparer.Ordinal);
        foreach (var value in values)
        {
            var colon = value.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || colon == value.Length - 1)
            {
                return "ProxyAddressShape";
            }

            var kind = value[..colon];
            if (string.Equals(kind, "smtp", StringComparison.OrdinalIgnoreCase) && NameChecks.WhyNotMail(value[(colon + 1)..]) is not null)
            {
                return "ProxyAddressShape";
            }

            if (!seen.Add(value))
            {
                return "ProxyAddressTwice";
            }

            if (kind.Any(char.IsAsciiLetterUpper) && !kind.Any(char.IsAsciiLetterLower) && !main.Add(kind))
            {
                return "ProxyAddressTwoMain";
            }
        }

        return null;
    }
}
