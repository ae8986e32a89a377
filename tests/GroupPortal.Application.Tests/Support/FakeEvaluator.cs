using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.Support;

/// <summary>Selects whom a test says, plus Include, minus Exclude; or answers what a test says.</summary>
internal sealed class FakeEvaluator : ISmartEvaluator
{
    public List<DirectoryObject> Matching { get; } = [];

    /// <summary>Whom it does not hold, although an Include may name them.</summary>
    public HashSet<Guid> Unseen { get; } = [];

    /// <summary>Those whom it can describe; the directory is asked about the others.</summary>
    public List<DirectoryObject> Known { get; } = [];

    /// <summary>Answered instead, while it is set.</summary>
    public SmartEvaluation? Instead { get; set; }

    public int Asked { get; private set; }

    /// <summary>Whatever stands in parentheses is a condition.</summary>
    public static CriteriaReading Parse(CriteriaLanguage language, string text, CriteriaVocabulary vocabulary) =>
        text.StartsWith('(') && text.EndsWith(')')
            ? new CriteriaReading(new Criterion.Compare("department", CompareOperator.Equals, text), [])
            : new CriteriaReading(null, [new CriteriaProblem("Unsupported", text.Length, 0)]);

    public Task<SmartEvaluation> EvaluateAsync(int storeId, Guid? groupId, SmartRule rule, CancellationToken cancellation)
    {
        Asked++;
        var included = rule.Include.Where(one => !Unseen.Contains(one.Id)).Select(one => new SelectedObject(one.Id, ObjectKind.User, one.Id.ToString(), string.Empty, IsExcepted: true));
        var excluded = rule.Exclude.Select(one => one.Id).ToHashSet();
        var selected = Matching.Select(one => new SelectedObject(one.Id, one.Kind, one.Label, one.Dn)).Concat(included)
            .DistinctBy(one => one.Id).Where(one => !excluded.Contains(one.Id) && one.Id != groupId).ToDictionary(one => one.Id);
        return Task.FromResult(Instead ?? new SmartEvaluation.Ok(selected, DateTimeOffset.UnixEpoch)
        {
            Unseen = rule.Include.Select(one => one.Id).Where(one => Unseen.Contains(one) && !excluded.Contains(one)).ToHashSet(),
        });
    }

    public IReadOnlyDictionary<Guid, StepTarget> Describe(int storeId, IReadOnlyCollection<Guid> ids) =>
        Known.Where(one => ids.Contains(one.Id)).ToDictionary(one => one.Id, one => new StepTarget(one.Id, one.Kind, one.Label, one.Dn));
}
