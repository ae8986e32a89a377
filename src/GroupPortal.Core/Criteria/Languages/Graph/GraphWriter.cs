using GroupPortal.Core.Criteria.Languages.Entra;

namespace GroupPortal.Core.Criteria.Languages.Graph;

/// <summary>
/// Writes what Graph surely understands and leaves the rest to be evaluated. Everybody is the empty filter. Whether a negation
/// takes in absent values is not documented, so it is said.
/// </summary>
internal sealed class GraphWriter(CriteriaVocabulary vocabulary)
{
    /// <summary>Graph's limit on the parts of one <c>or</c>, and on the values of <c>in</c>.</summary>
    private const int Alternatives = 15;

    private const string NobodysId = "00000000-0000-0000-0000-000000000000";

    private readonly List<CriteriaProblem> _problems = [];

    public Translation Write(Criterion root)
    {
        if (CriterionSize.Of(root).Problem is { } tooLarge)
        {
            return new Translation(null, root, [tooLarge]);
        }

        // "not (a and b)" is "not a or not b": negations stand at the leaves, where absent values are known.
        var (wider, residual) = Approximation.Of(root, CanSay);
        var saysNothing = residual is not null && wider is Criterion.AllOf { Parts.Count: 0 };
        return new Translation(saysNothing ? null : Text(wider, isNegative: false, isInner: false), residual, [.. _problems.Distinct()]);
    }

    private bool CanSay(Criterion criterion)
    {
        switch (criterion)
        {
            case Criterion.AllOf or Criterion.AnyOf:
                // Under a negation an "and" becomes an "or", and each leaf may bring its null: half of the limit is safe.
                return Leaves(criterion) <= Alternatives / 2 || criterion is Criterion.AllOf || IsList(criterion);
            case Criterion.Compare compare:
                return (PathOf(compare.Attribute) is { } path && Comparison(compare, path) is not null) || Refuse("GraphNoCondition", compare.Attribute);
            case Criterion.Present present:
                return (PathOf(present.Attribute) is { } known && GraphPaths.Of(known).HasFlag(GraphFilters.Null)) || Refuse("GraphNoCondition", present.Attribute);
            case Criterion.Each each:
                return Refuse("GraphNoCondition", each.Attribute);
            case Criterion.Chain chain:
                return Refuse("GraphNoCondition", chain.Attribute);
            default:
                return false;
        }
    }

    private bool Refuse(string code, string attribute)
    {
        _problems.Add(new CriteriaProblem(PathOf(attribute) is null ? "GraphNoAttribute" : code, 0, 0, attribute));
        return false;
    }

    private static int Leaves(Criterion criterion) => criterion.Children.Count == 0 ? 1 : criterion.Children.Sum(Leaves);

    private bool IsList(Criterion criterion) =>
        criterion is Criterion.AnyOf { Parts: [Criterion.Compare { Operator: CompareOperator.Equals } first, ..] } any
        && any.Parts.Count is > 1 and <= Alternatives
        && any.Parts.All(part => part is Criterion.Compare { Operator: CompareOperator.Equals } compare && compare.Attribute == first.Attribute)
        && vocabulary.TryGet(first.Attribute, out var attribute) && attribute is { Syntax: CriteriaSyntaxes.Text, IsMultiValued: false };

    private string? PathOf(string attribute) =>
        vocabulary.TryGet(attribute, out var known) && known.Graph is { } path && GraphPaths.Of(path) != GraphFilters.None ? path : null;

    private string? Comparison(Criterion.Compare compare, string path)
    {
        vocabulary.TryGet(compare.Attribute, out var attribute);
        var filters = GraphPaths.Of(path);
        var isCollection = filters.HasFlag(GraphFilters.Collection);
        var value = Literal(compare.Value, attribute!);
        // A collection on one side only means different things on both.
        if (value is null || isCollection != attribute!.IsMultiValued || (path == "id" && !Guid.TryParse(compare.Value, out _)))
        {
            return null;
        }

        var subject = isCollection ? "p" : path;
        var said = compare.Operator switch
        {
            CompareOperator.Equals when filters.HasFlag(GraphFilters.Equal) => $"{subject} eq {value}",
            CompareOperator.StartsWith when filters.HasFlag(GraphFilters.StartsWith) => $"startsWith({subject},{value})",
            CompareOperator.EndsWith when filters.HasFlag(GraphFilters.EndsWith) => $"endsWith({subject},{value})",
            CompareOperator.AtLeast when filters.HasFlag(GraphFilters.Ordered) => $"{subject} ge {value}",
            CompareOperator.AtMost when filters.HasFlag(GraphFilters.Ordered) => $"{subject} le {value}",
            _ => null,
        };
        return said is null ? null : isCollection ? $"{path}/any(p:{said})" : said;
    }

    /// <summary>Now is not known here; it is left to evaluate.</summary>
    private static string? Literal(string value, CriteriaAttribute attribute) => attribute.Syntax switch
    {
        CriteriaSyntaxes.Text => value.Length == 0 ? null : EntraStrings.QuoteSingle(value),
        CriteriaSyntaxes.Boolean => value.ToUpperInvariant() switch { "TRUE" => "true", "FALSE" => "false", _ => null },
        CriteriaSyntaxes.Time => EntraTimes.Instant(value),
        _ => null,
    };

    private string Text(Criterion criterion, bool isNegative, bool isInner)
    {
        switch (criterion)
        {
            case Criterion.AllOf { Parts.Count: 0 } or Criterion.AnyOf { Parts.Count: 0 }:
                return (criterion is Criterion.AllOf) == isNegative ? $"id eq '{NobodysId}'" : isInner ? $"not(id eq '{NobodysId}')" : string.Empty;
            case Criterion.Not not:
                return Text(not.Inner, !isNegative, isInner);
            case Criterion.AnyOf any when IsList(any):
                return List([.. any.Parts.Cast<Criterion.Compare>()], isNegative, isInner);
            case Criterion.AllOf or Criterion.AnyOf:
                if (criterion.Children.Count == 1)
                {
                    return Text(criterion.Children[0], isNegative, isInner);
                }

                var word = (criterion is Criterion.AllOf) == isNegative ? " or " : " and ";
                return Wrap(string.Join(word, criterion.Children.Select(part => Text(part, isNegative, isInner: true))), isInner);
            case Criterion.Present present:
                return $"{PathOf(present.Attribute)} {(isNegative ? "eq" : "ne")} null";
            case Criterion.Compare compare:
                var path = PathOf(compare.Attribute)!;
                return isNegative ? Negative(path, $"not({Comparison(compare, path)})", isInner) : Comparison(compare, path)!;
            default:
                throw new InvalidOperationException($"No filter is known for {criterion.GetType().Name}.");
        }
    }

    private string List(IReadOnlyList<Criterion.Compare> parts, bool isNegative, bool isInner)
    {
        var path = PathOf(parts[0].Attribute)!;
        var said = $"{path} in ({string.Join(',', parts.Select(part => EntraStrings.QuoteSingle(part.Value)))})";
        return isNegative ? Negative(path, $"not({said})", isInner) : said;
    }

    private static string Negative(string path, string said, bool isInner) =>
        GraphPaths.Of(path).HasFlag(GraphFilters.Null) ? Wrap($"{said} or {path} eq null", isInner) : said;

    private static string Wrap(string text, bool isInner) => isInner ? $"({text})" : text;
}
