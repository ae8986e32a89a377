using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Why somebody is in or out, clause by clause.</summary>
internal static class Explaining
{
    public static Explanation? Of(
        ReplicaView view, SmartRule rule, Guid id, IReadOnlyDictionary<string, IReadOnlyList<string>> changed, DateTimeOffset now)
    {
        if (view.RowOf(id) is not (var row and >= 0))
        {
            return null;
        }

        var subject = Changed(view.ObjectAt(row), changed);
        var verdict = CriteriaPredicate.Explain(rule.Criteria, subject, view.Vocabulary, view.ContextAt(now));
        var isInScope = view.OfTypes(rule.ObjectTypes)[row] && view.Below(rule.StartPaths)[row];
        var include = rule.Include.FirstOrDefault(one => one.Id == id && one.HoldsAt(now));
        var exclude = rule.Exclude.FirstOrDefault(one => one.Id == id && one.HoldsAt(now));
        var isMember = exclude is null && (include is not null || (isInScope && verdict.Holds));
        return new Explanation(id, view.LabelOf(row), isMember, isInScope, include?.Reason, exclude?.Reason, Clause(verdict, view.Vocabulary));
    }

    private static ClauseVerdict Clause(CriterionVerdict verdict, CriteriaVocabulary vocabulary) => new(
        verdict.Path,
        ClauseTexts.Of(verdict.Criterion, vocabulary),
        verdict.Holds,
        verdict.Values,
        [.. verdict.Parts.Select(part => Clause(part, vocabulary))]);

    private static ReplicaObject Changed(ReplicaObject subject, IReadOnlyDictionary<string, IReadOnlyList<string>> changed) =>
        changed.Count == 0
            ? subject
            : subject with
            {
                Values =
                [
                    .. subject.Values.Where(pair => !changed.Keys.Contains(pair.Key, StringComparer.OrdinalIgnoreCase)),
                    .. changed.Where(pair => pair.Value.Count > 0),
                ],
            };
}

/// <summary>A clause as people read it beside its number.</summary>
internal static class ClauseTexts
{
    public static string Of(Criterion criterion, CriteriaVocabulary vocabulary) =>
        CriteriaText.Write(CriteriaLanguage.GroupId, criterion, vocabulary).Text ?? string.Empty;
}
