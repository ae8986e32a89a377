using GroupPortal.Core.Criteria.Languages.GroupId;

namespace GroupPortal.Core.Criteria.Languages;

/// <summary>
/// GroupID criteria text, <c>(department Contains "engineering")</c>, and our superset, in which every tree can be said. Lists
/// of one part are written as that part; otherwise reading what was written gives the same tree.
/// </summary>
internal static class GroupIdLanguage
{
    public static CriteriaReading Read(string text, CriteriaVocabulary vocabulary) => new GroupIdReader(text, vocabulary).Read();

    public static Translation Write(Criterion root, CriteriaVocabulary vocabulary) =>
        CriterionSize.Of(root).Problem is { } problem ? new Translation(null, root, [problem]) : new GroupIdWriter(vocabulary).Write(root);
}
