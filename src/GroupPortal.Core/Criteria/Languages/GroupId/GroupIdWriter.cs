using System.Globalization;
using System.Text;

namespace GroupPortal.Core.Criteria.Languages.GroupId;

/// <summary>Writes a tree of at most <see cref="CriteriaLimits.Depth"/> levels as GroupID criteria text; it can say every tree.</summary>
internal sealed class GroupIdWriter(CriteriaVocabulary vocabulary)
{
    private readonly StringBuilder _text = new();
    private readonly List<CriteriaProblem> _problems = [];

    public Translation Write(Criterion root)
    {
        Append(root, vocabulary);
        return _problems.Count == 0 ? new Translation(_text.ToString(), null, []) : new Translation(null, root, _problems);
    }

    /// <param name="names">Null within items, whose names are no attributes.</param>
    private void Append(Criterion criterion, CriteriaVocabulary? names)
    {
        switch (criterion)
        {
            case Criterion.AllOf { Parts.Count: 0 }:
                _text.Append("everyone");
                break;
            case Criterion.AnyOf { Parts.Count: 0 }:
                _text.Append("nobody");
                break;
            case Criterion.AllOf or Criterion.AnyOf when criterion.Children is [var only]:
                Append(only, names);
                break;
            case Criterion.AllOf all:
                AppendList(all.Parts, " and ", part => IsList(part), names);
                break;
            case Criterion.AnyOf any:
                AppendList(any.Parts, " or ", part => IsList(part) && Single(part) is Criterion.AnyOf, names);
                break;
            case Criterion.Each each:
                AppendItems(each, names);
                break;
            case Criterion.Not not when !IsClause(criterion):
                _text.Append("not ");
                AppendPart(not.Inner, IsList(not.Inner), names);
                break;
            default:
                AppendInParentheses(() => AppendClause(criterion, names));
                break;
        }
    }

    private void AppendList(IReadOnlyList<Criterion> parts, string connector, Func<Criterion, bool> needsParentheses, CriteriaVocabulary? names)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            _text.Append(index == 0 ? string.Empty : connector);
            AppendPart(parts[index], needsParentheses(parts[index]), names);
        }
    }

    private void AppendPart(Criterion part, bool inParentheses, CriteriaVocabulary? names)
    {
        if (inParentheses)
        {
            AppendInParentheses(() => Append(part, names));
        }
        else
        {
            Append(part, names);
        }
    }

    private void AppendItems(Criterion.Each each, CriteriaVocabulary? names)
    {
        _text.Append(each.Quantifier == Quantifier.Any ? "any " : "all ");
        AppendName(each.Attribute, names);
        _text.Append(' ');
        var inner = Single(each.Inner);
        AppendPart(inner, inParentheses: !IsClause(inner), names: null);
    }

    private void AppendClause(Criterion criterion, CriteriaVocabulary? names)
    {
        var isNegative = criterion is Criterion.Not;
        var positive = criterion is Criterion.Not not ? not.Inner : criterion;
        var (attribute, value, depth) = positive switch
        {
            Criterion.Compare compare => (compare.Attribute, compare.Value, null),
            Criterion.Chain chain => (chain.Attribute, chain.Target, chain.Depth),
            Criterion.Present present => (present.Attribute, null, null),
            _ => throw new InvalidOperationException($"{positive.GetType().Name} is no single condition."),
        };
        var known = positive is Criterion.Chain { Depth: not null } limited ? limited with { Depth = null } : positive;
        AppendName(attribute, names);
        _text.Append(' ').Append(CriteriaOperators.Of(isNegative ? new Criterion.Not(known) : known)!.GroupId);
        if (value is not null)
        {
            _text.Append(" \"").Append(value.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        if (depth is { } steps)
        {
            _text.Append(CultureInfo.InvariantCulture, $" within {steps}");
        }
    }

    private void AppendName(string name, CriteriaVocabulary? names)
    {
        if (names is null)
        {
            _text.Append(name);
        }
        else if (names.TryGet(name, out var attribute))
        {
            _text.Append(attribute.Name);
        }
        else
        {
            _problems.Add(new CriteriaProblem("UnknownAttribute", 0, 0, name));
        }
    }

    private void AppendInParentheses(Action append)
    {
        _text.Append('(');
        append();
        _text.Append(')');
    }

    private static Criterion Single(Criterion criterion)
    {
        while (criterion is Criterion.AllOf { Parts: [var all] })
        {
            criterion = all;
        }

        return criterion is Criterion.AnyOf { Parts: [var any] } ? Single(any) : criterion;
    }

    private static bool IsList(Criterion criterion) => Single(criterion) is Criterion.AllOf { Parts.Count: > 1 } or Criterion.AnyOf { Parts.Count: > 1 };

    private static bool IsClause(Criterion criterion) =>
        (criterion is Criterion.Not not ? not.Inner : criterion) is Criterion.Compare or Criterion.Present or Criterion.Chain;
}
