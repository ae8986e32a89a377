namespace GroupPortal.Core.Criteria;

/// <summary>
/// What reading a criteria text gave. Problems never widen a rule: with one of them <see cref="Root"/> is only for showing
/// what was understood, and nobody is selected by it.
/// </summary>
/// <param name="Root">The tree as far as it was understood; null when nothing was.</param>
/// <param name="Problems">All of them, by place.</param>
/// <param name="ObjectType">What kind of object the text itself asks for (a rule on <c>device.*</c>); null when it does not say.</param>
public sealed record CriteriaReading(Criterion? Root, IReadOnlyList<CriteriaProblem> Problems, SmartGroups.QueryObjectType? ObjectType = null)
{
    public bool IsValid => Root is not null && Problems.Count == 0;
}

/// <summary>What writing a tree in a language gave.</summary>
/// <param name="Text">
/// Never narrower than the tree: it selects everybody whom the tree selects, and perhaps more. Null when the language cannot
/// say even that.
/// </param>
/// <param name="Residual">What is left to evaluate on those whom the text selects; null when the text says it all.</param>
/// <param name="Problems">What cannot be said, and why; keys <c>Criteria.*</c>, without places.</param>
public sealed record Translation(string? Text, Criterion? Residual, IReadOnlyList<CriteriaProblem> Problems)
{
    /// <summary>The text means what the tree means.</summary>
    public bool IsExact => Text is not null && Residual is null;
}
