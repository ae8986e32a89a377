using System.Globalization;
using System.Text;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Reading;

/// <summary>
/// What was typed, as a $search. Graph finds display names by the beginnings of their words, wherever it thinks one begins
/// (at a blank, a mark, a capital), and other texts by their own beginning. It may find more than was asked for, never less.
/// </summary>
internal static class NameSearch
{
    /// <param name="wholes">Texts that are found by their own beginning: mail, userPrincipalName.</param>
    /// <returns>Null when nothing was typed that can be searched for.</returns>
    public static string? Of(string text, IEnumerable<string> wholes)
    {
        var words = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .OrderByDescending(word => word.Length)
            .Take(NameWords.MaximumWords)
            .Select(word => word.Length > NameWords.MaximumLength ? word[..NameWords.MaximumLength] : word)
            .ToList();
        var parts = words.SelectMany(Parts).Distinct(StringComparer.OrdinalIgnoreCase).Select(part => Clause("displayName", part)).ToList();
        if (parts.Count == 0)
        {
            return null;
        }

        var byName = string.Join(" AND ", parts);
        // Neither an address nor a principal name has a blank.
        return words is [var word]
            ? string.Join(" OR ", [byName, .. wholes.Select(whole => Clause(whole, word))])
            : byName;
    }

    /// <summary>
    /// Whether something was typed that <see cref="Of"/> had to leave out (marks, symbols), so that what is found is to be looked through.
    /// </summary>
    public static bool LeavesOut(string text) =>
        text.EnumerateRunes().Any(rune => !Rune.IsWhiteSpace(rune) && !IsOfWord(rune));

    /// <summary>
    /// Whether an object is one that was asked for, by the rules that all stores share (<see cref="NameWords"/>); for lists that
    /// Graph does not search.
    /// </summary>
    public static bool Matches(string text, string? name, params ReadOnlySpan<string?> wholes)
    {
        var typed = NameWords.Typed(text, Folding.EntraId);
        if (typed.Count == 0)
        {
            return true;
        }

        var words = NameWords.Of(name ?? string.Empty, Folding.EntraId).ToList();
        foreach (var whole in wholes)
        {
            if (whole is not null)
            {
                words.Add(NameWords.Whole(whole, Folding.EntraId));
            }
        }

        return typed.All(one => words.Exists(word => word.StartsWith(one, StringComparison.Ordinal)));
    }

    /// <summary>Runs of letters and digits: what stands between them is no part of Graph's words.</summary>
    private static IEnumerable<string> Parts(string word)
    {
        var part = new StringBuilder();
        foreach (var rune in word.EnumerateRunes())
        {
            if (IsOfWord(rune))
            {
                part.Append(rune);
            }
            else if (part.Length > 0)
            {
                yield return part.ToString();
                part.Clear();
            }
        }

        if (part.Length > 0)
        {
            yield return part.ToString();
        }
    }

    private static bool IsOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;

    private static string Clause(string property, string value) =>
        $"\"{property}:{value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
