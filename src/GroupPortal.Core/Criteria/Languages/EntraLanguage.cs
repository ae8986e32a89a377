using GroupPortal.Core.Criteria.Languages.Entra;

namespace GroupPortal.Core.Criteria.Languages;

/// <summary>Entra ID's membershipRule (reference entra.md 1).</summary>
internal static class EntraLanguage
{
    public static CriteriaReading Read(string text, CriteriaVocabulary vocabulary) => EntraParser.Read(text, vocabulary);

    public static Translation Write(Criterion root, CriteriaVocabulary vocabulary) => new EntraWriter(vocabulary).Write(root);
}
