using GroupPortal.Core.Criteria;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>Which attributes the effect shows unless somebody chooses: those by which people are recognised.</summary>
internal static class EffectColumns
{
    private static readonly string[] Recognised = ["jobTitle", "department", "office"];
    private static readonly string[] Charted = ["department", "jobTitle", "office", "companyName", "city", "country"];

    public static EffectView Default(CriteriaVocabulary vocabulary)
    {
        var charted = Chart(vocabulary);
        return new EffectView { Columns = ByLabels(vocabulary, Recognised), ChartBy = charted.Count > 0 ? charted[0] : null };
    }

    /// <summary>What the small chart can count: attributes with few enough values.</summary>
    public static IReadOnlyList<string> Chart(CriteriaVocabulary vocabulary) => ByLabels(vocabulary, Charted);

    /// <summary>What a column can show: everything that the data holds.</summary>
    public static IReadOnlyList<CriteriaAttribute> Offered(CriteriaVocabulary vocabulary) =>
        [.. vocabulary.Attributes.Where(attribute => attribute.IsReplicated && attribute.Fields.Count == 0).OrderBy(CriteriaWords.LabelOf, StringComparer.CurrentCulture)];

    private static IReadOnlyList<string> ByLabels(CriteriaVocabulary vocabulary, IEnumerable<string> labels) =>
        [.. labels.Select(label => vocabulary.Attributes.FirstOrDefault(attribute => attribute.Label == label)?.Name).OfType<string>()];
}
