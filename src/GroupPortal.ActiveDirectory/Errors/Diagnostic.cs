using System.Globalization;
using System.Text.RegularExpressions;
using GroupPortal.Core.Groups;

namespace GroupPortal.ActiveDirectory.Errors;

/// <summary>
/// What a server's diagnostic text says beyond its result code: the Win32 code in front, in hexadecimal ([MS-ADTS] 3.1.1.3.1.9), and
/// the attribute at fault. Active Directory writes <c>Att 20004 (member)</c>, Samba a different sentence per check.
/// </summary>
internal sealed record Diagnostic(string Text, uint? Win32, string? Attribute)
{
    private const string Name = "(?<name>[A-Za-z][A-Za-z0-9-]*)";

    // Linear in the text's length, whatever a server sends.
    private static readonly Regex NamedAttribute = new(
        $@"\bAtt [0-9A-Fa-f]+ \({Name}\)"
        + $@"|\battribute '{Name}'"
        + $@"|'{Name}' attribute\b"
        + $@"|\battribute {Name} (?:already|doesn't|is single|has multiple|on )"
        + $@"|\bElement {Name} has empty"
        + @"|\bsamldb: '?(?<name>sAMAccountName)\b"
        + $@"|\bModify of (?:RDN )?'{Name}'"
        + @"|\bhas no wp on (?<name>name)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    public static Diagnostic Of(string text)
    {
        var attribute = NamedAttribute.Match(text);
        var code = text.Length > 8 && text[8] == ':'
            && uint.TryParse(text.AsSpan(0, 8), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number)
                ? number
                : (uint?)null;
        return new Diagnostic(text.TrimEnd('\0', '\n', ' '), code, attribute.Success ? PathOf(attribute.Groups["name"].Value) : null);
    }

    public bool Says(string words) => Text.Contains(words, StringComparison.OrdinalIgnoreCase);

    /// <summary>The name under which plans know an attribute.</summary>
    private static string PathOf(string attribute) => attribute.ToUpperInvariant() switch
    {
        "MEMBER" => AttributeNames.Members,
        "CN" or "NAME" => AttributeNames.Name,
        "SAMACCOUNTNAME" => AttributeNames.AccountName,
        _ => attribute,
    };
}
