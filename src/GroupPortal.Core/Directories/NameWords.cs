using System.Globalization;
using System.Text;

namespace GroupPortal.Core.Directories;

/// <summary>
/// What "by the beginning of a word" means, for every adapter alike: a name is found by each of its words from each of the
/// word's beginnings ("Müller-Schmidt" by either half), in any order.
/// </summary>
public static class NameWords
{
    /// <summary>Longer words are cut, typed ones too.</summary>
    public const int MaximumLength = 64;

    /// <summary>A search of more words than that is narrowed enough.</summary>
    public const int MaximumWords = 8;

    /// <summary>The typed words, folded, the longest first: it narrows most.</summary>
    public static IReadOnlyList<string> Typed(string text, Folding folding)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(folding);
        return
        [
            .. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => Whole(word, folding))
                .Distinct(StringComparer.Ordinal)
                .OrderByDescending(word => word.Length)
                .Take(MaximumWords),
        ];
    }

    /// <summary>A value that is found by its own beginning only: an account name, a mail address.</summary>
    public static string Whole(string value, Folding folding)
    {
        ArgumentNullException.ThrowIfNull(folding);
        return Cut(folding.Fold(value));
    }

    /// <summary>Everything that a name is found by.</summary>
    public static IEnumerable<string> Of(string name, Folding folding)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(folding);
        foreach (var part in name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var folded = folding.Fold(part);
            yield return Cut(folded);
            var afterWord = true;
            for (var index = 0; index < folded.Length;)
            {
                Rune.DecodeFromUtf16(folded.AsSpan(index), out var rune, out var length);
                var inWord = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark;
                if (inWord && !afterWord)
                {
                    yield return Cut(folded[index..]);
                }

                afterWord = inWord;
                index += length;
            }
        }
    }

    private static string Cut(string word)
    {
        if (word.Length <= MaximumLength)
        {
            return word;
        }

        return char.IsHighSurrogate(word[MaximumLength - 1]) ? word[..(MaximumLength - 1)] : word[..MaximumLength];
    }
}
