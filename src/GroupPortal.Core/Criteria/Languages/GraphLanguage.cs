using GroupPortal.Core.Criteria.Languages.Graph;

namespace GroupPortal.Core.Criteria.Languages;

/// <summary>Microsoft Graph's <c>$filter</c>, as an advanced query (ConsistencyLevel eventual and <c>$count=true</c>).</summary>
internal static class GraphLanguage
{
    public static Translation Write(Criterion root, CriteriaVocabulary vocabulary) => new GraphWriter(vocabulary).Write(root);
}
