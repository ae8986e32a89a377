using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;

namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>Finds out which language a criteria text is written in: the one in which it is valid.</summary>
public static class LanguageGuess
{
    private static readonly CriteriaLanguage[] Readable = [CriteriaLanguage.GroupId, CriteriaLanguage.Ldap, CriteriaLanguage.Entra];

    /// <summary>The first language in which the text is valid; else the one that it looks like, with its problems.</summary>
    public static (CriteriaLanguage Language, CriteriaReading Reading) Of(string text, CriteriaVocabulary vocabulary) => Of(text, named: null, string.Empty, vocabulary);

    /// <param name="named">What the file itself says: no other is tried.</param>
    /// <param name="field">The field's name, in capitals: an LDAPFILTER is tried as one first.</param>
    internal static (CriteriaLanguage Language, CriteriaReading Reading) Of(string text, CriteriaLanguage? named, string field, CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(vocabulary);
        var likely = named ?? Likely(text, field);
        var first = CriteriaText.Read(likely, text, vocabulary);
        if (first.IsValid || named is not null)
        {
            return (likely, first);
        }

        foreach (var language in Readable.Where(language => language != likely))
        {
            var reading = CriteriaText.Read(language, text, vocabulary);
            if (reading.IsValid)
            {
                return (language, reading);
            }
        }

        return (likely, first);
    }

    private static CriteriaLanguage Likely(string text, string field)
    {
        if (field.StartsWith("LDAP", StringComparison.Ordinal))
        {
            return CriteriaLanguage.Ldap;
        }

        if (field == "MEMBERSHIPRULE")
        {
            return CriteriaLanguage.Entra;
        }

        // A quoted value is GroupID's or Entra's; only the latter's operators begin with a hyphen.
        var bare = text.AsSpan().TrimStart("( \t\r\n");
        if (bare.StartsWith("user.", StringComparison.OrdinalIgnoreCase) || bare.StartsWith("device.", StringComparison.OrdinalIgnoreCase))
        {
            return CriteriaLanguage.Entra;
        }

        return bare.Length > 0 && (bare[0] is '&' or '|' or '!' || (text.Contains('=', StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal)))
            ? CriteriaLanguage.Ldap
            : CriteriaLanguage.GroupId;
    }
}
