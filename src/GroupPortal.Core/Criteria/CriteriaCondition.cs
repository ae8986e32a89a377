namespace GroupPortal.Core.Criteria;

/// <summary>What a condition is made of besides its attribute.</summary>
public enum ConditionKind
{
    /// <summary><see cref="Criterion.Compare"/> with <see cref="CriteriaCondition.Operator"/>.</summary>
    Compare,

    /// <summary><see cref="Criterion.Present"/>: no value.</summary>
    Present,

    /// <summary><see cref="Criterion.Chain"/> without a limit: the value is a reference.</summary>
    Chain,
}

/// <summary>
/// One row of the operator table: a condition as people choose it, with its name in each language. A negative condition is
/// the <see cref="Criterion.Not"/> of its positive one.
/// </summary>
/// <param name="Key">Stable; the resource key of its label is <c>Condition.{Key}</c>.</param>
/// <param name="GroupId">The words in GroupID criteria text, as written; reading ignores case, and takes them without blanks too.</param>
/// <param name="IsNegative">The condition is the negation of the tree node.</param>
/// <param name="Syntaxes">The attributes it is offered for.</param>
/// <param name="Entra">The operator of a membershipRule, as written (<c>-eq</c>), or null where the language has none of its own.</param>
/// <param name="IsCostly">Directories serve it without an index.</param>
public sealed record CriteriaCondition(
    string Key,
    string GroupId,
    ConditionKind Kind,
    CompareOperator? Operator,
    bool IsNegative,
    CriteriaSyntaxes Syntaxes,
    string? Entra = null,
    bool IsCostly = false)
{
    /// <summary>Whether it takes a value.</summary>
    public bool TakesValue => Kind != ConditionKind.Present;

    /// <summary>The tree of this condition on an attribute. <paramref name="value"/> is ignored where none is taken.</summary>
    public Criterion On(string attribute, string value)
    {
        Criterion positive = Kind switch
        {
            ConditionKind.Compare => new Criterion.Compare(attribute, Operator!.Value, value),
            ConditionKind.Present => new Criterion.Present(attribute),
            ConditionKind.Chain => new Criterion.Chain(attribute, value, Depth: null),
            _ => throw new InvalidOperationException($"No condition of the kind {Kind} is known."),
        };
        return IsNegative ? new Criterion.Not(positive) : positive;
    }
}
