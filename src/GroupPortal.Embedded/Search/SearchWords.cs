using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Search;

/// <summary>
/// What search finds an object by: every word of its names (<see cref="NameWords"/>), and its account name, UPN, mail
/// address and nickname as wholes.
/// </summary>
internal static class SearchWords
{
    public static IReadOnlySet<string> Of(StoredObject item, Folding folding)
    {
        var words = new HashSet<string>(NameWords.Of(item.Name, folding), StringComparer.Ordinal);
        words.UnionWith(NameWords.Of(item.DisplayName ?? string.Empty, folding));
        foreach (var whole in (ReadOnlySpan<string?>)[item.AccountName, item.UserPrincipalName, item.Mail, item.MailNickname])
        {
            if (whole is not null)
            {
                words.Add(NameWords.Whole(whole, folding));
            }
        }

        words.Remove(string.Empty);
        return words;
    }

    public static IReadOnlyList<string> Typed(string text, Folding folding) => NameWords.Typed(text, folding);

    /// <summary>Every text that begins with the word is at least the word and less than this.</summary>
    public static string End(string word) => word + "\U0010FFFF";
}
