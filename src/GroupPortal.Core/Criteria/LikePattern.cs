using System.Text;

namespace GroupPortal.Core.Criteria;

/// <summary>The pattern of <see cref="CompareOperator.Like"/>: literal parts with any run of characters between them.</summary>
internal static class LikePattern
{
    /// <summary>
    /// The parts, unescaped; empty first and last where the pattern begins and ends with a star, one part where there is no
    /// star. Stars in a row are one.
    /// </summary>
    public static IReadOnlyList<string> Parts(string pattern)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        for (var index = 0; index < pattern.Length; index++)
        {
            if (pattern[index] == '*')
            {
                if (part.Length > 0 || parts.Count == 0)
                {
                    parts.Add(part.ToString());
                    part.Clear();
                }

                continue;
            }

            if (pattern[index] == '\\' && index + 1 < pattern.Length && pattern[index + 1] is '*' or '\\')
            {
                index++;
            }

            part.Append(pattern[index]);
        }

        parts.Add(part.ToString());
        return parts;
    }

    /// <summary>The pattern of these parts, escaped.</summary>
    public static string Of(IEnumerable<string> parts) => string.Join('*', parts.Select(Escaped));

    private static string Escaped(string part) =>
        part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);
}
