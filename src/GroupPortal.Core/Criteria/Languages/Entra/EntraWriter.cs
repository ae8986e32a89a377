using System.Globalization;
using System.Text;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Criteria.Languages.Entra;

/// <summary>
/// Writes a tree as a membershipRule, in the documentation's own spelling. A rule is on users or on devices: on devices where
/// the tree asks what only they have, or when the caller says so.
/// </summary>
internal sealed class EntraWriter(CriteriaVocabulary vocabulary, QueryObjectType? objectType)
{
    private readonly List<CriteriaProblem> _problems = [];
    private bool _isDevice;

    private string Object => _isDevice ? EntraNames.Device : EntraNames.User;

    public Translation Write(Criterion root)
    {
        if (CriterionSize.Of(root).Problem is { } tooLarge)
        {
            return new Translation(null, root, [tooLarge]);
        }

        _isDevice = objectType is { } type ? EntraLanguage.IsDevice(type) : AsksOnlyDevices(root);
        if (Special(root) is { } special)
        {
            return Sized(special, null);
        }

        var approximation = Approximation.Of(root, CanSay);
        var saysNothing = approximation is { Residual: not null, Wider: Criterion.AllOf { Parts.Count: 0 } };
        return saysNothing ? new Translation(null, root, Distinct()) : Sized(Rule(approximation.Wider), approximation.Residual);
    }

    private Translation Sized(string text, Criterion? residual)
    {
        if (text.Length > CriteriaLimits.EntraRuleLength)
        {
            _problems.Add(new CriteriaProblem("EntraTooLong", 0, 0, Number(text.Length), Number(CriteriaLimits.EntraRuleLength)));
        }

        return new Translation(text, residual, Distinct());
    }

    private List<CriteriaProblem> Distinct() => [.. _problems.Distinct()];

    private bool AsksOnlyDevices(Criterion root)
    {
        var isDevice = false;
        var open = new Stack<Criterion>([root]);
        while (open.TryPop(out var node))
        {
            // What stands within Each is about its items.
            foreach (var child in node is Criterion.Each ? [] : node.Children)
            {
                open.Push(child);
            }

            if (AttributeOf(node) is { } name && EntraNames.Find(vocabulary, name) is { } attribute)
            {
                if (attribute is { Entra: not null, EntraDevice: null })
                {
                    return false;
                }

                isDevice |= attribute is { Entra: null, EntraDevice: not null };
            }
        }

        return isDevice;
    }

    private static string? AttributeOf(Criterion node) => node switch
    {
        Criterion.Compare compare => compare.Attribute,
        Criterion.Present present => present.Attribute,
        Criterion.Each each => each.Attribute,
        _ => null,
    };

    /// <summary>The two forms that must be the whole rule.</summary>
    private string? Special(Criterion root)
    {
        if (root is Criterion.Compare { Attribute: EntraNames.Manager, Operator: CompareOperator.Equals } manager && IsObjectId(manager.Value) && !_isDevice)
        {
            return $"Direct Reports for {EntraStrings.Quote(manager.Value)}";
        }

        IReadOnlyList<Criterion> groups = root is Criterion.AnyOf { Parts.Count: > 1 } any ? any.Parts : [root];
        return groups.Count <= EntraParser.MemberOfGroups && groups.All(IsMemberOf)
            ? $"{Object}.{EntraNames.MemberOf} -any (group.{EntraNames.ObjectId} -in [{string.Join(", ", groups.Select(group => EntraStrings.QuoteSingle(((Criterion.Compare)group).Value)))}])"
            : null;
    }

    private static bool IsMemberOf(Criterion criterion) =>
        criterion is Criterion.Compare { Attribute: EntraNames.MemberOf, Operator: CompareOperator.Equals } compare && IsObjectId(compare.Value);

    /// <summary>Anything but a distinguished name, which Entra ID does not know: the documentation's samples hold placeholders.</summary>
    private static bool IsObjectId(string value) => value.Trim() is { Length: > 0 } trimmed && trimmed == value && !value.Contains('=', StringComparison.Ordinal);

    private bool CanSay(Criterion criterion)
    {
        if (criterion is Criterion.AllOf or Criterion.AnyOf)
        {
            return true;
        }

        if (criterion is Criterion.Chain chain)
        {
            return Refuse("EntraNoOperator", CriteriaOperators.ByKey("Chain").GroupId, chain.Attribute);
        }

        if (IsAccountFlag(criterion))
        {
            return true;
        }

        var name = AttributeOf(criterion)!;
        var attribute = EntraNames.Find(vocabulary, name);
        if (name is EntraNames.MemberOf or EntraNames.Manager)
        {
            return Refuse("EntraAlone", name);
        }

        if (attribute is null || (_isDevice ? attribute.EntraDevice : attribute.Entra) is null)
        {
            return Refuse("EntraNoAttribute", name);
        }

        return criterion switch
        {
            Criterion.Each each => (attribute.IsMultiValued && CanSayInner(each.Inner, attribute)) || Refuse("EntraNoItems", name),
            _ when attribute.Fields.Count > 0 => Refuse("EntraNoItems", name),
            _ => CanSayLeaf(criterion, attribute),
        };
    }

    private bool IsAccountFlag(Criterion criterion) =>
        vocabulary.Kind == StoreKind.ActiveDirectory && !_isDevice
        && (criterion.Equals(EntraNames.DisabledInActiveDirectory) || criterion is Criterion.Present { Attribute: EntraNames.AccountControl });

    private bool Refuse(string code, params IReadOnlyList<string> arguments)
    {
        _problems.Add(new CriteriaProblem(code, 0, 0, arguments));
        return false;
    }

    private bool CanSayInner(Criterion inner, CriteriaAttribute collection) => inner switch
    {
        Criterion.AllOf or Criterion.AnyOf => inner.Children.Count > 0 && inner.Children.All(part => CanSayInner(part, collection)),
        Criterion.Not not => CanSayInner(not.Inner, collection),
        Criterion.Compare or Criterion.Present => InnerAttribute(AttributeOf(inner)!, collection) is { } attribute && CanSayLeaf(inner, attribute),
        _ => false,
    };

    private static CriteriaAttribute? InnerAttribute(string name, CriteriaAttribute collection) =>
        (collection.Fields.Count == 0 ? name == Criterion.Each.Item : collection.Fields.Contains(name)) ? new CriteriaAttribute(name) : null;

    private bool CanSayLeaf(Criterion leaf, CriteriaAttribute attribute)
    {
        if (leaf is not Criterion.Compare compare)
        {
            return true;
        }

        var condition = CriteriaOperators.Of(compare);
        if (condition?.Entra is null || (condition.Syntaxes & attribute.Syntax) == CriteriaSyntaxes.None
            || (compare.Operator == CompareOperator.Matches && attribute.IsMultiValued))
        {
            return Refuse("EntraNoOperator", condition?.GroupId ?? compare.Operator.ToString(), compare.Attribute);
        }

        var isText = attribute.Syntax == CriteriaSyntaxes.Text;
        var canSay = Value(compare.Value, attribute) is not null && (!isText || compare.Value.Length > 0)
            && (compare.Operator != CompareOperator.Matches || EntraPatterns.WhyNot(compare.Value) is null);
        return canSay || Refuse("EntraNoValue", compare.Attribute);
    }

    private static string? Value(string value, CriteriaAttribute attribute) => attribute.Syntax switch
    {
        CriteriaSyntaxes.Boolean => value.ToUpperInvariant() switch { "TRUE" => "true", "FALSE" => "false", _ => null },
        CriteriaSyntaxes.Time => EntraTimes.Write(value),
        CriteriaSyntaxes.Text => EntraStrings.Quote(value),
        _ => null,
    };

    private string Rule(Criterion root)
    {
        var text = new StringBuilder();
        Append(root, text, collection: null, isInner: false);
        return text.ToString();
    }

    /// <param name="collection">The collection whose items are asked, in a lambda.</param>
    /// <param name="isInner">Part of a group: in parentheses, as the builder of the Entra portal writes them.</param>
    private void Append(Criterion criterion, StringBuilder text, CriteriaAttribute? collection, bool isInner)
    {
        if (criterion is Criterion.AllOf or Criterion.AnyOf && criterion.Children.Count == 1)
        {
            Append(criterion.Children[0], text, collection, isInner);
            return;
        }

        if (criterion is Criterion.Not not && !IsSaidNegative(not.Inner, collection))
        {
            text.Append("-not (");
            Append(not.Inner, text, collection, isInner: false);
            text.Append(')');
            return;
        }

        if (isInner)
        {
            text.Append('(');
        }

        switch (criterion)
        {
            case Criterion.AllOf { Parts.Count: 0 }:
                text.Append(Object).Append('.').Append(EntraNames.ObjectId).Append(" -ne null");
                break;
            case Criterion.AnyOf { Parts.Count: 0 }:
                text.Append(Object).Append('.').Append(EntraNames.ObjectId).Append(" -eq null");
                break;
            case Criterion.AnyOf any when ListOf(any, collection) is { } list:
                AppendList(list, "-in", text, collection);
                break;
            case Criterion.AnyOf any:
                AppendParts(InRuns(any.Parts, collection), " -or ", text, collection);
                break;
            case Criterion.AllOf all:
                AppendParts(all.Parts, " -and ", text, collection);
                break;
            case Criterion.Not { Inner: Criterion.AnyOf any }:
                AppendList(ListOf(any, collection)!, "-notIn", text, collection);
                break;
            case Criterion.Not negative:
                AppendLeaf(negative.Inner, isNegative: true, text, collection);
                break;
            default:
                AppendLeaf(criterion, isNegative: false, text, collection);
                break;
        }

        if (isInner)
        {
            text.Append(')');
        }
    }

    private void AppendParts(IReadOnlyList<Criterion> parts, string word, StringBuilder text, CriteriaAttribute? collection)
    {
        for (var index = 0; index < parts.Count; index++)
        {
            text.Append(index == 0 ? "" : word);
            Append(parts[index], text, collection, isInner: true);
        }
    }

    /// <summary>Whether the negation has an operator of its own.</summary>
    private bool IsSaidNegative(Criterion inner, CriteriaAttribute? collection) => inner switch
    {
        Criterion.AnyOf any => ListOf(any, collection) is not null,
        Criterion.Present => true,
        Criterion.Compare when collection is null && IsAccountFlag(inner) => true,
        Criterion.Compare => CriteriaOperators.Of(new Criterion.Not(inner))?.Entra is not null,
        _ => false,
    };

    /// <summary>The comparisons of an alternative that is one list: at least two values of one attribute.</summary>
    private IReadOnlyList<Criterion>? ListOf(Criterion.AnyOf any, CriteriaAttribute? collection) =>
        any.Parts.Count > 1 && any.Parts.All(part => IsListed(part, ((any.Parts[0] as Criterion.Compare)?.Attribute) ?? "", collection)) ? any.Parts : null;

    private bool IsListed(Criterion part, string attribute, CriteriaAttribute? collection) =>
        part is Criterion.Compare { Operator: CompareOperator.Equals } compare && compare.Attribute == attribute
        && (collection is not null || EntraNames.Find(vocabulary, attribute) is { Syntax: CriteriaSyntaxes.Text, IsMultiValued: false });

    /// <summary>Neighbouring values of one attribute as one list, which is shorter and one expression less.</summary>
    private List<Criterion> InRuns(IReadOnlyList<Criterion> parts, CriteriaAttribute? collection)
    {
        List<Criterion> runs = [];
        for (var index = 0; index < parts.Count;)
        {
            var end = index + 1;
            if (parts[index] is Criterion.Compare first && IsListed(first, first.Attribute, collection))
            {
                while (end < parts.Count && IsListed(parts[end], first.Attribute, collection))
                {
                    end++;
                }
            }

            runs.Add(end - index == 1 ? parts[index] : new Criterion.AnyOf([.. parts.Skip(index).Take(end - index)]));
            index = end;
        }

        return runs;
    }

    private void AppendList(IReadOnlyList<Criterion> list, string word, StringBuilder text, CriteriaAttribute? collection)
    {
        text.Append(Property(((Criterion.Compare)list[0]).Attribute, collection)).Append(' ').Append(word).Append(" [");
        text.AppendJoin(", ", list.Select(part => EntraStrings.Quote(((Criterion.Compare)part).Value))).Append(']');
    }

    private void AppendLeaf(Criterion leaf, bool isNegative, StringBuilder text, CriteriaAttribute? collection)
    {
        switch (leaf)
        {
            case Criterion.Present present:
                text.Append(Property(present.Attribute, collection)).Append(isNegative ? " -eq null" : " -ne null");
                break;
            case Criterion.Compare when collection is null && IsAccountFlag(leaf):
                text.Append(Property(EntraNames.AccountControl, collection)).Append(isNegative ? " -eq true" : " -eq false");
                break;
            case Criterion.Compare compare:
                var condition = CriteriaOperators.Of(isNegative ? new Criterion.Not(compare) : compare)!;
                var attribute = collection is null ? EntraNames.Find(vocabulary, compare.Attribute)! : new CriteriaAttribute(compare.Attribute);
                text.Append(Property(compare.Attribute, collection)).Append(' ').Append(condition.Entra).Append(' ').Append(Value(compare.Value, attribute));
                break;
            case Criterion.Each each:
                text.Append(Property(each.Attribute, collection)).Append(each.Quantifier == Quantifier.Any ? " -any (" : " -all (");
                Append(each.Inner, text, EntraNames.Find(vocabulary, each.Attribute), isInner: false);
                text.Append(')');
                break;
        }
    }

    private string Property(string name, CriteriaAttribute? collection)
    {
        if (collection is not null)
        {
            return collection.Fields.Count == 0 ? name : $"{EntraNames.ItemOf(collection)}.{name}";
        }

        if (vocabulary.Kind == StoreKind.ActiveDirectory && name == EntraNames.AccountControl)
        {
            return $"{EntraNames.User}.{EntraNames.AccountEnabled}";
        }

        var attribute = EntraNames.Find(vocabulary, name)!;
        return $"{Object}.{(_isDevice ? attribute.EntraDevice : attribute.Entra)}";
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
