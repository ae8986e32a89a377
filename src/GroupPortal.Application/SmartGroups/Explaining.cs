using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Why somebody is in or out, clause by clause.</summary>
internal static class Explaining
{
    /// <param name="group">The group of the rule, which is never its own member; null for one that does not exist yet.</param>
    public static Explanation? Of(
        ReplicaView view, SmartRule rule, Guid? group, Guid id, IReadOnlyDictionary<string, IReadOnlyList<string>> changed, DateTimeOffset now)
    {
        if (view.RowOf(id) is not (var row and >= 0))
        {
            return null;
        }

        var subject = Changed(view.ObjectAt(row), changed, view.Vocabulary);
        var context = view.ContextAt(now);
        if (changed.Count > 0)
        {
            context = context with { References = new ChangedReferences(view, subject, [.. Names(changed, view.Vocabulary)]) };
        }

        var verdict = CriteriaPredicate.Explain(rule.Criteria, subject, view.Vocabulary, context);
        var isInScope = rule.ObjectTypes.Any(type => view.IsOfType(subject, type)) && view.Below(rule.StartPaths)[row];
        var include = rule.Include.FirstOrDefault(one => one.Id == id && one.HoldsAt(now));
        var exclude = rule.Exclude.FirstOrDefault(one => one.Id == id && one.HoldsAt(now));
        var isMember = id != group && exclude is null && (include is not null || (isInScope && verdict.Holds));
        return new Explanation(id, view.LabelOf(row), isMember, isInScope, include?.Reason, exclude?.Reason, Clause(verdict, view.Vocabulary));
    }

    private static ClauseVerdict Clause(CriterionVerdict verdict, CriteriaVocabulary vocabulary) => new(
        verdict.Path,
        ClauseTexts.Of(verdict.Criterion, vocabulary),
        verdict.Holds,
        verdict.Values,
        [.. verdict.Parts.Select(part => Clause(part, vocabulary))]);

    /// <summary>A name of any language is the vocabulary's own.</summary>
    private static IEnumerable<string> Names(IReadOnlyDictionary<string, IReadOnlyList<string>> changed, CriteriaVocabulary vocabulary) =>
        changed.Keys.Select(name => vocabulary.TryGet(name, out var attribute) ? attribute.Name : name);

    private static ReplicaObject Changed(ReplicaObject subject, IReadOnlyDictionary<string, IReadOnlyList<string>> changed, CriteriaVocabulary vocabulary)
    {
        if (changed.Count == 0)
        {
            return subject;
        }

        var values = Names(changed, vocabulary).Zip(changed.Values).ToList();
        return subject with
        {
            Values =
            [
                .. subject.Values.Where(pair => !values.Exists(one => string.Equals(one.First, pair.Key, StringComparison.OrdinalIgnoreCase))),
                .. values.Where(one => one.Second.Count > 0).Select(one => KeyValuePair.Create(one.First, one.Second)),
            ],
        };
    }
}

/// <summary>A clause as people read it beside its number.</summary>
internal static class ClauseTexts
{
    public static string Of(Criterion criterion, CriteriaVocabulary vocabulary) =>
        CriteriaText.Write(CriteriaLanguage.GroupId, criterion, vocabulary).Text ?? string.Empty;
}
