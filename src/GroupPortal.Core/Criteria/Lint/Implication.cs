using System.Globalization;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Lint;

/// <summary>Which clauses follow from others, or exclude them. Says yes only where it is certain.</summary>
internal sealed class Implication(CriteriaVocabulary vocabulary)
{
    /// <summary>Whether everybody who fulfils <paramref name="left"/> fulfils <paramref name="right"/>.</summary>
    public bool Implies(Criterion left, Criterion right) => (left, right) switch
    {
        _ when left.Equals(right) => true,
        (Criterion.Not { Inner: var inner }, Criterion.Not { Inner: var other }) => Implies(other, inner),
        (Criterion.Compare compare, Criterion.Present present) => compare.Attribute == present.Attribute,
        (Criterion.Compare compare, Criterion.Compare other) when compare.Attribute == other.Attribute => ValueImplies(compare, other),
        (_, Criterion.Not { Inner: var excluded }) => Excludes(left, excluded),
        _ => false,
    };

    /// <summary>Whether nobody fulfils both.</summary>
    public bool Excludes(Criterion left, Criterion right) => (left, right) switch
    {
        (Criterion.Not, Criterion.Not) => false,
        (Criterion.Not { Inner: var inner }, _) => Implies(right, inner),
        (_, Criterion.Not { Inner: var inner }) => Implies(left, inner),
        (Criterion.Compare compare, Criterion.Compare other) when compare.Attribute == other.Attribute && IsSingle(compare.Attribute) =>
            ValuesExclude(compare, other) || ValuesExclude(other, compare),
        _ => false,
    };

    private bool IsSingle(string attribute) => vocabulary.TryGet(attribute, out var known) && !known.IsMultiValued;

    private bool IsText(string attribute) => !vocabulary.TryGet(attribute, out var known) || known.Syntax == CriteriaSyntaxes.Text;

    private string Fold(string value) => vocabulary.Folding.Fold(value);

    /// <summary>Blanks at the ends and in runs count differently in parts of a value than in whole values.</summary>
    private bool IsPlain(string value) => vocabulary.Kind == StoreKind.EntraId
        || (!value.StartsWith(' ') && !value.EndsWith(' ') && !value.Contains("  ", StringComparison.Ordinal));

    private bool ValueImplies(Criterion.Compare left, Criterion.Compare right)
    {
        if (!IsText(left.Attribute))
        {
            return NumberImplies(left, right);
        }

        if (!IsPlain(left.Value) || !IsPlain(right.Value))
        {
            return left.Operator == CompareOperator.Equals && right.Operator == CompareOperator.Equals && Fold(left.Value) == Fold(right.Value);
        }

        var (value, part) = (Fold(left.Value), Fold(right.Value));
        return (left.Operator, right.Operator) switch
        {
            (CompareOperator.Equals, _) => Satisfies(value, right.Operator, part) == true,
            (CompareOperator.StartsWith, CompareOperator.StartsWith) => value.StartsWith(part, StringComparison.Ordinal),
            (CompareOperator.EndsWith, CompareOperator.EndsWith) => value.EndsWith(part, StringComparison.Ordinal),
            (CompareOperator.StartsWith or CompareOperator.EndsWith or CompareOperator.Contains, CompareOperator.Contains) => value.Contains(part, StringComparison.Ordinal),
            _ => false,
        };
    }

    private static bool? Satisfies(string value, CompareOperator compare, string part) => compare switch
    {
        CompareOperator.Equals => value == part,
        CompareOperator.StartsWith => value.StartsWith(part, StringComparison.Ordinal),
        CompareOperator.EndsWith => value.EndsWith(part, StringComparison.Ordinal),
        CompareOperator.Contains => value.Contains(part, StringComparison.Ordinal),
        _ => null,
    };

    private bool ValuesExclude(Criterion.Compare left, Criterion.Compare right)
    {
        if (!IsText(left.Attribute))
        {
            return NumbersExclude(left, right);
        }

        if (!IsPlain(left.Value) || !IsPlain(right.Value))
        {
            return false;
        }

        var (value, part) = (Fold(left.Value), Fold(right.Value));
        return (left.Operator, right.Operator) switch
        {
            (CompareOperator.Equals, _) => Satisfies(value, right.Operator, part) == false,
            (CompareOperator.StartsWith, CompareOperator.StartsWith) =>
                !value.StartsWith(part, StringComparison.Ordinal) && !part.StartsWith(value, StringComparison.Ordinal),
            (CompareOperator.EndsWith, CompareOperator.EndsWith) =>
                !value.EndsWith(part, StringComparison.Ordinal) && !part.EndsWith(value, StringComparison.Ordinal),
            _ => false,
        };
    }

    private static bool NumberImplies(Criterion.Compare left, Criterion.Compare right) => Ordered(left.Value, right.Value) is { } order
        && (left.Operator, right.Operator) switch
        {
            (CompareOperator.Equals, CompareOperator.Equals) => order == 0,
            (CompareOperator.Equals or CompareOperator.AtLeast, CompareOperator.AtLeast) => order >= 0,
            (CompareOperator.Equals or CompareOperator.AtMost, CompareOperator.AtMost) => order <= 0,
            _ => false,
        };

    private static bool NumbersExclude(Criterion.Compare left, Criterion.Compare right) => (left.Operator, right.Operator) switch
    {
        (CompareOperator.Equals, CompareOperator.Equals) when bool.TryParse(left.Value, out var one) && bool.TryParse(right.Value, out var other) => one != other,
        (CompareOperator.Equals, CompareOperator.Equals) => Ordered(left.Value, right.Value) is { } order && order != 0,
        (CompareOperator.Equals or CompareOperator.AtMost, CompareOperator.AtLeast) => Ordered(left.Value, right.Value) < 0,
        (CompareOperator.Equals, CompareOperator.AtMost) => Ordered(left.Value, right.Value) > 0,
        _ => false,
    };

    /// <summary>Null where they cannot be put in order: relative times, references.</summary>
    private static int? Ordered(string left, string right)
    {
        if (long.TryParse(left, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && long.TryParse(right, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var other))
        {
            return number.CompareTo(other);
        }

        return left.EndsWith('Z') && right.EndsWith('Z')
            && DateTimeOffset.TryParse(left, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            && DateTimeOffset.TryParse(right, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var later)
                ? time.CompareTo(later)
                : null;
    }
}
