namespace GroupPortal.Core.Criteria;

/// <summary>
/// The one operator table: it drives the parsers, the printers, the builder's lists and the documentation. The first
/// seventeen are GroupID's (reference groupid.md (c), 11.1); the rest is ours, for what LDAP and Entra can say besides.
/// </summary>
public static class CriteriaOperators
{
    private const CriteriaSyntaxes Any = CriteriaSyntaxes.All;
    private const CriteriaSyntaxes Ordered = CriteriaSyntaxes.Number | CriteriaSyntaxes.Time;

    public static IReadOnlyList<CriteriaCondition> All { get; } =
    [
        new("Contains", "Contains", ConditionKind.Compare, CompareOperator.Contains, IsNegative: false, CriteriaSyntaxes.Text, "-contains", IsCostly: true),
        new("NotContains", "Not Contain", ConditionKind.Compare, CompareOperator.Contains, IsNegative: true, CriteriaSyntaxes.Text, "-notContains", IsCostly: true),
        new("StartsWith", "Starts With", ConditionKind.Compare, CompareOperator.StartsWith, IsNegative: false, CriteriaSyntaxes.Text, "-startsWith"),
        new("NotStartsWith", "Doesn't Start With", ConditionKind.Compare, CompareOperator.StartsWith, IsNegative: true, CriteriaSyntaxes.Text, "-notStartsWith"),
        new("EndsWith", "Ends With", ConditionKind.Compare, CompareOperator.EndsWith, IsNegative: false, CriteriaSyntaxes.Text, "-endsWith", IsCostly: true),
        new("NotEndsWith", "Doesn't End With", ConditionKind.Compare, CompareOperator.EndsWith, IsNegative: true, CriteriaSyntaxes.Text, "-notEndsWith", IsCostly: true),
        new("Equals", "Is Exactly", ConditionKind.Compare, CompareOperator.Equals, IsNegative: false, Any, "-eq"),
        new("NotEquals", "Isn't", ConditionKind.Compare, CompareOperator.Equals, IsNegative: true, Any, "-ne"),
        new("AtLeast", "Greater Or Equal", ConditionKind.Compare, CompareOperator.AtLeast, IsNegative: false, Ordered, "-ge"),
        new("AtMost", "Less Or Equal", ConditionKind.Compare, CompareOperator.AtMost, IsNegative: false, Ordered, "-le"),
        new("Present", "Present", ConditionKind.Present, Operator: null, IsNegative: false, Any),
        new("NotPresent", "Not Present", ConditionKind.Present, Operator: null, IsNegative: true, Any),
        new("AllBits", "All Flags On", ConditionKind.Compare, CompareOperator.AllBits, IsNegative: false, CriteriaSyntaxes.Flags, IsCostly: true),
        new("NotAnyBits", "All Flags Off", ConditionKind.Compare, CompareOperator.AnyBits, IsNegative: true, CriteriaSyntaxes.Flags, IsCostly: true),
        new("AnyBits", "Any Flag On", ConditionKind.Compare, CompareOperator.AnyBits, IsNegative: false, CriteriaSyntaxes.Flags, IsCostly: true),
        new("NotAllBits", "Any Flag Off", ConditionKind.Compare, CompareOperator.AllBits, IsNegative: true, CriteriaSyntaxes.Flags, IsCostly: true),
        new("Chain", "Chain Match", ConditionKind.Chain, Operator: null, IsNegative: false, CriteriaSyntaxes.Reference, IsCostly: true),
        new("NotChain", "Not Chain Match", ConditionKind.Chain, Operator: null, IsNegative: true, CriteriaSyntaxes.Reference, IsCostly: true),
        new("Like", "Is Like", ConditionKind.Compare, CompareOperator.Like, IsNegative: false, CriteriaSyntaxes.Text, IsCostly: true),
        new("NotLike", "Isn't Like", ConditionKind.Compare, CompareOperator.Like, IsNegative: true, CriteriaSyntaxes.Text, IsCostly: true),
        new("Matches", "Matches", ConditionKind.Compare, CompareOperator.Matches, IsNegative: false, CriteriaSyntaxes.Text, "-match", IsCostly: true),
        new("NotMatches", "Doesn't Match", ConditionKind.Compare, CompareOperator.Matches, IsNegative: true, CriteriaSyntaxes.Text, "-notMatch", IsCostly: true),
        new("NotAtLeast", "Not Greater Or Equal", ConditionKind.Compare, CompareOperator.AtLeast, IsNegative: true, Ordered),
        new("NotAtMost", "Not Less Or Equal", ConditionKind.Compare, CompareOperator.AtMost, IsNegative: true, Ordered),
    ];

    /// <summary>The conditions that make sense for an attribute, in the order of the table.</summary>
    public static IEnumerable<CriteriaCondition> For(CriteriaAttribute attribute)
    {
        ArgumentNullException.ThrowIfNull(attribute);
        return All.Where(condition => (condition.Syntaxes & attribute.Syntax) != CriteriaSyntaxes.None);
    }

    public static CriteriaCondition ByKey(string key) => All.First(condition => string.Equals(condition.Key, key, StringComparison.Ordinal));

    /// <summary>The row of a leaf of the tree, with or without a <see cref="Criterion.Not"/> around it; null for anything else.</summary>
    public static CriteriaCondition? Of(Criterion criterion)
    {
        var (inner, isNegative) = criterion is Criterion.Not not ? (not.Inner, true) : (criterion, false);
        return inner switch
        {
            Criterion.Compare compare => Find(ConditionKind.Compare, compare.Operator, isNegative),
            Criterion.Present => Find(ConditionKind.Present, null, isNegative),
            Criterion.Chain { Depth: null } => Find(ConditionKind.Chain, null, isNegative),
            _ => null,
        };
    }

    private static CriteriaCondition? Find(ConditionKind kind, CompareOperator? compare, bool isNegative) =>
        All.FirstOrDefault(condition => condition.Kind == kind && condition.Operator == compare && condition.IsNegative == isNegative);
}
