namespace GroupPortal.Core.Criteria.Languages;

internal static class GraphLanguage
{
    public static Translation Write(Criterion root, CriteriaVocabulary vocabulary) => new(null, root, []);
}
