using System.Text.RegularExpressions;
using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Dynamic;

/// <summary>What Graph refuses when a rule is saved; what it only finds later ends in the status Failed.</summary>
internal static partial class RuleCheck
{
    public static void Check(string rule, bool isUnified)
    {
        if (!AreBalanced(rule) || LacksOperand().IsMatch(Strings().Replace(rule, "\"\"")))
        {
            throw Wrong("Invalid operands found for operator.");
        }

        var plain = Strings().Replace(rule, "\"\"");
        var hasUser = plain.Contains("user.", StringComparison.OrdinalIgnoreCase);
        var hasDevice = plain.Contains("device.", StringComparison.OrdinalIgnoreCase);
        var isReports = plain.TrimStart().StartsWith("Direct Reports", StringComparison.OrdinalIgnoreCase);
        if ((hasUser && hasDevice) || (!hasUser && !hasDevice && !isReports) || (hasDevice && isUnified))
        {
            throw Wrong("Invalid object type.");
        }

        foreach (Match match in UserProperties().Matches(plain))
        {
            if (!RuleProperties.IsKnown(match.Groups[1].Value))
            {
                throw Wrong($"Wrong property applied. Property '{match.Groups[1].Value}' cannot be applied to object 'User'");
            }
        }
    }

    private static GraphError Wrong(string text) => Errors.BadRequest("Dynamic membership rule validation error: " + text);

    private static bool AreBalanced(string rule)
    {
        var plain = Strings().Replace(rule, "");
        return !plain.Contains('"', StringComparison.Ordinal) && plain.Count(one => one == '(') == plain.Count(one => one == ')');
    }

    [GeneratedRegex("\"(?:[`\\\\].|[^\"`\\\\])*\"|'(?:''|[^'])*'")]
    private static partial Regex Strings();

    /// <summary>An operator at the end of the rule or of its brackets.</summary>
    [GeneratedRegex(@"-(?:eq|ne|in|notIn|and|or|not|any|all|match|notMatch|contains|notContains|startsWith|notStartsWith|endsWith|notEndsWith|le|ge)\s*(?:\)|$)", RegexOptions.IgnoreCase)]
    private static partial Regex LacksOperand();

    [GeneratedRegex(@"\buser\.(\w+)", RegexOptions.IgnoreCase)]
    private static partial Regex UserProperties();
}
