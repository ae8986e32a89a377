using System.Text;
using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria;

/// <summary>
/// One text condition, ready to be asked of many values. Value and what is searched are folded alike, each part of a pattern by
/// itself, as Samba does: on Active Directory <c>Contains " sales"</c> is <c>Contains "sales"</c>, for blanks at the edges of a part
/// mean nothing there. A part of nothing, or of nothing but blanks where they fold away, is found nowhere.
/// </summary>
internal sealed class TextMatch
{
    private readonly Folding _folding;
    private readonly Regex? _regex;

    private TextMatch(Folding folding, bool isAnchoredAtStart, bool isAnchoredAtEnd, IReadOnlyList<string> parts, Regex? regex = null, bool isNever = false) =>
        (_folding, IsAnchoredAtStart, IsAnchoredAtEnd, Parts, _regex, IsNever) = (folding, isAnchoredAtStart, isAnchoredAtEnd, parts, regex, isNever);

    /// <summary>Folded; found one after the other without overlap. None: any value.</summary>
    public IReadOnlyList<string> Parts { get; }

    public bool IsAnchoredAtStart { get; }

    public bool IsAnchoredAtEnd { get; }

    public bool IsNever { get; }

    public bool IsRegex => _regex is not null;

    public static TextMatch Of(CompareOperator compare, string value, Folding folding)
    {
        var text = CriteriaValues.WellFormed(value);
        return compare switch
        {
            CompareOperator.Equals => new TextMatch(folding, isAnchoredAtStart: true, isAnchoredAtEnd: true, [folding.Fold(text)]),
            CompareOperator.Contains => OfParts(folding, isAnchoredAtStart: false, isAnchoredAtEnd: false, [text]),
            CompareOperator.StartsWith => OfParts(folding, isAnchoredAtStart: true, isAnchoredAtEnd: false, [text]),
            CompareOperator.EndsWith => OfParts(folding, isAnchoredAtStart: false, isAnchoredAtEnd: true, [text]),
            CompareOperator.Like => OfPattern(folding, text),
            CompareOperator.Matches => OfRegex(folding, text),
            _ => Never(folding), // ≥, ≤ and bits are not for text
        };
    }

    /// <summary>Asks of a value as the directory has it.</summary>
    public bool IsMatch(string value)
    {
        if (IsNever)
        {
            return false;
        }

        var text = CriteriaValues.WellFormed(value);
        return _regex is not null ? _regex.IsMatch(text) : IsMatchFolded(_folding.Fold(text));
    }

    /// <summary>Asks of a value that is folded already; not for a regular expression.</summary>
    public bool IsMatchFolded(ReadOnlySpan<char> value)
    {
        if (IsNever)
        {
            return false;
        }

        if (Parts.Count == 0)
        {
            return true;
        }

        var (first, last) = (0, Parts.Count - 1);
        if (IsAnchoredAtStart && IsAnchoredAtEnd && last == 0)
        {
            return value.SequenceEqual(Parts[0]);
        }

        if (IsAnchoredAtStart)
        {
            if (!value.StartsWith(Parts[0], StringComparison.Ordinal))
            {
                return false;
            }

            value = value[Parts[0].Length..];
            first = 1;
        }

        if (IsAnchoredAtEnd)
        {
            if (!value.EndsWith(Parts[last], StringComparison.Ordinal))
            {
                return false;
            }

            value = value[..^Parts[last].Length];
            last--;
        }

        for (var index = first; index <= last; index++)
        {
            var at = value.IndexOf(Parts[index], StringComparison.Ordinal);
            if (at < 0)
            {
                return false;
            }

            value = value[(at + Parts[index].Length)..];
        }

        return true;
    }

    private static TextMatch Never(Folding folding) => new(folding, isAnchoredAtStart: false, isAnchoredAtEnd: false, [], regex: null, isNever: true);

    private static TextMatch OfParts(Folding folding, bool isAnchoredAtStart, bool isAnchoredAtEnd, IReadOnlyList<string> parts)
    {
        string[] folded = [.. parts.Select(folding.Fold)];
        return folded.Contains(string.Empty) ? Never(folding) : new TextMatch(folding, isAnchoredAtStart, isAnchoredAtEnd, folded);
    }

    private static TextMatch OfPattern(Folding folding, string pattern)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var stars = 0;
        var endsWithStar = false;
        for (var index = 0; index < pattern.Length; index++)
        {
            var isEscape = pattern[index] == '\\' && index + 1 < pattern.Length && pattern[index + 1] is ('*' or '\\');
            endsWithStar = pattern[index] == '*';
            if (endsWithStar)
            {
                stars++;
                parts.Add(part.ToString());
                part.Clear();
                continue;
            }

            index += isEscape ? 1 : 0;
            part.Append(pattern[index]);
        }

        parts.Add(part.ToString());
        if (stars == 0)
        {
            return Of(CompareOperator.Equals, parts[0], folding);
        }

        var (atStart, atEnd) = (parts[0].Length > 0, !endsWithStar);
        return OfParts(folding, atStart, atEnd, [.. parts.Where(text => text.Length > 0)]);
    }

    private static TextMatch OfRegex(Folding folding, string pattern)
    {
        try
        {
            // Without backtracking, time is linear in the text: nobody's pattern can hold a core.
            var regex = new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, Regex.InfiniteMatchTimeout);
            return new TextMatch(folding, isAnchoredAtStart: false, isAnchoredAtEnd: false, [], regex);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return Never(folding);
        }
    }
}
