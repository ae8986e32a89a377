using System.Globalization;
using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria;

/// <summary>Checks what was typed as a value by the attribute's syntax, and gives it the form it has in the tree.</summary>
/// <param name="Text">As the tree has it; as typed where it is wrong.</param>
/// <param name="Problem">The code of what is wrong; null when nothing is.</param>
internal readonly record struct TypedValue(string Text, string? Problem)
{
    /// <summary>A longer regular expression is refused: building it costs more than its length.</summary>
    public const int PatternLength = 1024;

    public static TypedValue Of(CriteriaAttribute attribute, CompareOperator? compare, string typed, Folding folding) => attribute.Syntax switch
    {
        CriteriaSyntaxes.Number or CriteriaSyntaxes.Flags => Number(typed),
        CriteriaSyntaxes.Boolean => bool.TryParse(typed, out var value) ? Right(value ? "TRUE" : "FALSE") : new(typed, "ValueNotBoolean"),
        CriteriaSyntaxes.Time => CriteriaTime.Canonical(typed) is { } time ? Right(time) : new(typed, "ValueNotTime"),
        CriteriaSyntaxes.Reference => Reference(typed),
        _ when IsObjectId(attribute) && compare == CompareOperator.Equals => ObjectId(typed),
        _ when folding.Fold(typed).Length == 0 => new(typed, "ValueEmpty"),
        _ when compare == CompareOperator.Matches && !IsPattern(typed) => new(typed, "ValueNotPattern"),
        _ => Right(typed),
    };

    /// <summary>Kept as sixteen bytes by Active Directory, and said as a GUID in every tree.</summary>
    public static bool IsObjectId(CriteriaAttribute attribute) => string.Equals(attribute.Ldap, "objectGUID", StringComparison.Ordinal);

    private static TypedValue Right(string text) => new(text, Problem: null);

    private static TypedValue Number(string typed) =>
        long.TryParse(typed.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Right(number.ToString(CultureInfo.InvariantCulture))
            : new(typed, "ValueNotNumber");

    private static TypedValue ObjectId(string typed) =>
        Guid.TryParse(typed, out var id) ? Right(id.ToString()) : new(typed, "ValueNotReference");

    private static TypedValue Reference(string typed) =>
        Guid.TryParse(typed, out var id) ? Right(id.ToString())
        : DistinguishedName.TryParse(typed, out _) ? Right(typed.Trim())
        : new(typed, "ValueNotReference");

    private static bool IsPattern(string typed)
    {
        if (typed.Length > PatternLength)
        {
            return false;
        }

        try
        {
            _ = new Regex(typed, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
            return true;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
