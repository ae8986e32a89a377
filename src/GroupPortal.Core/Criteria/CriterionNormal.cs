namespace GroupPortal.Core.Criteria;

/// <summary>
/// One tree for all trees that obviously mean the same: lists in lists of their kind are one list, a list of one part is that
/// part, twice not is nothing, a pattern without inner stars is the simpler comparison, and "any item is" is what a comparison
/// says of itself. Nothing is evaluated: Nobody among the parts of an AllOf stays.
/// </summary>
public static class CriterionNormal
{
    /// <param name="criterion">Within <see cref="CriteriaLimits"/>; measure with <see cref="CriterionSize"/> what comes from outside.</param>
    public static Criterion Of(Criterion criterion)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        return criterion switch
        {
            Criterion.AllOf all => OneList([.. all.Parts.Select(Of).SelectMany(part => part is Criterion.AllOf inner ? inner.Parts : [part])], parts => new Criterion.AllOf(parts)),
            Criterion.AnyOf any => OneList([.. any.Parts.Select(Of).SelectMany(part => part is Criterion.AnyOf inner ? inner.Parts : [part])], parts => new Criterion.AnyOf(parts)),
            Criterion.Not not => Of(not.Inner) is var inner && inner is Criterion.Not twice ? twice.Inner : new Criterion.Not(inner),
            Criterion.Each each => OfItems(each with { Inner = Of(each.Inner) }),
            Criterion.Compare { Operator: CompareOperator.Like } like => OfPattern(like),
            _ => criterion,
        };
    }

    private static Criterion OneList(IReadOnlyList<Criterion> parts, Func<IReadOnlyList<Criterion>, Criterion> list) => parts is [var only] ? only : list(parts);

    private static Criterion OfItems(Criterion.Each each) => each switch
    {
        { Quantifier: Quantifier.Any, Inner: Criterion.Compare { Attribute: Criterion.Each.Item } compare } => compare with { Attribute = each.Attribute },
        { Quantifier: Quantifier.Any, Inner: Criterion.Present { Attribute: Criterion.Each.Item } } => new Criterion.Present(each.Attribute),
        _ => each,
    };

    private static Criterion OfPattern(Criterion.Compare like) => LikePattern.Parts(like.Value) switch
    {
        [var whole] => like with { Operator = CompareOperator.Equals, Value = whole },
        ["", ""] => new Criterion.Present(like.Attribute),
        [var start, ""] => like with { Operator = CompareOperator.StartsWith, Value = start },
        ["", var end] => like with { Operator = CompareOperator.EndsWith, Value = end },
        ["", var part, ""] => like with { Operator = CompareOperator.Contains, Value = part },
        var parts => like with { Value = LikePattern.Of(parts) },
    };
}
