namespace GroupPortal.Core.Criteria.Languages;

internal static class LdapLanguage
{
    public static CriteriaReading Read(string text, CriteriaVocabulary vocabulary) => new(null, [new CriteriaProblem("Unsupported", 0, text.Length)]);

    public static Translation Write(Criterion root, CriteriaVocabulary vocabulary) => new(null, root, []);
}
