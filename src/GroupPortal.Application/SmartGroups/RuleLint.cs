using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Lint with what one replica knows of its people.</summary>
internal static class RuleLint
{
    public static IReadOnlyList<LintFinding> Of(
        ReplicaView view, Criterion criteria, IReadOnlyList<QueryObjectType> objectTypes, IReadOnlyList<StartPath> paths, DateTimeOffset now)
    {
        var scope = view.OfTypes(objectTypes).And(view.Below(paths));
        return CriteriaLint.Of(criteria, view.Vocabulary, new LintFacts(view.Vocabulary.Kind)
        {
            ObjectTypes = objectTypes,
            Count = criterion => view.Evaluate(criterion, now).CountWith(scope),
            Nearest = view.NearestValue,
        });
    }

    /// <summary>What the rule itself shows.</summary>
    public static IReadOnlyList<LintFinding> Without(Criterion criteria, CriteriaVocabulary vocabulary, IReadOnlyList<QueryObjectType> objectTypes) =>
        CriteriaLint.Of(criteria, vocabulary, new LintFacts(vocabulary.Kind) { ObjectTypes = objectTypes });
}
