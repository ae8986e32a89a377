using System.Text;
using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Search;

/// <summary>
/// What search finds an object by: every word of its names from each of its beginnings ("Müller-Schmidt" by either half),
/// and its account name, UPN, mail address and nickname as wholes.
/// </summary>
internal static class SearchWords
{
    /// <summary>Longer words are cut, typed ones too, so that the index stays small.</summary>
    private const int MaximumLength = 64;

    /// <summary>A search of more words than that is narrowed enough.</summary>
    private const int MaximumWords = 8;

    public static IReadOnlySet<string> Of(StoredObject item, Folding folding)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        AddWords(item.Name, folding, words);
        if (item.DisplayName is not null)
        {
            AddWords(item.DisplayName, folding, words);
        }

        foreach (var whole in (ReadOnlySpan<string?>)[item.AccountName, item.UserPrincipalName, item.Mail, item.MailNickname])
        {
            if (whole is not null)
            {
                words.Add(Cut(folding.Fold(whole)));
            }
        }

        words.Remove(string.Empty);
        return words;
    }

    /// <summary>The typed words, the longest first: it narrows most.</summary>
    public static IReadOnlyList<string> Typed(string text, Folding folding) =>
        [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(word => Cut(folding.Fold(word)))
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(word => word.Length)
            .Take(MaximumWords)];

    /// <summary>Every text that begins with the word is at least the word and less than this.</summary>
    public static string End(string word) => word + "\U0010FFFF";

    private static void AddWords(string name, Folding folding, HashSet<string> words)
    {
        foreach (var part in name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var folded = folding.Fold(part);
            words.Add(Cut(folded));
            var afterWord = true;
            for (var index = 0; index < folded.Length;)
            {
                Rune.DecodeFromUtf16(folded.AsSpan(index), out var rune, out var length);
                var inWord = Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.NonSpacingMark;
                if (inWord && !afterWord)
                {
                    words.Add(Cut(folded[index..]));
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
