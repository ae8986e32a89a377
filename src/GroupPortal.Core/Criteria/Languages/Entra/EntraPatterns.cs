using System.Text.RegularExpressions;

namespace GroupPortal.Core.Criteria.Languages.Entra;

/// <summary>Whether a regular expression can be evaluated: always in a time that grows with the text alone.</summary>
internal static class EntraPatterns
{
    /// <summary>The code of what is wrong with it; null when nothing is.</summary>
    public static string? WhyNot(string pattern)
    {
        if (pattern.Length > CriteriaLimits.EntraRuleLength)
        {
            return "EntraPatternTooLarge";
        }

        try
        {
            _ = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return null;
        }
        catch (NotSupportedException)
        {
            // Look-around, backreferences and atomic groups, or counts that make the machine too large.
            return "EntraPatternTooRich";
        }
        catch (ArgumentException)
        {
            return "ValueNotPattern";
        }
    }
}
