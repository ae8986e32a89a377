namespace GroupPortal.Core.Criteria.Languages.Entra;

internal sealed partial class EntraParser
{
    /// <summary>The operators as the language writes them, without the lists.</summary>
    private static readonly CriteriaCondition[] Operators = [.. CriteriaOperators.All.Where(condition => condition.Entra is not null)];

    private static readonly string[] Keywords = [.. Operators.Select(condition => condition.Entra!), "-in", "-notIn", "-any", "-all"];

    /// <summary>The left side of a comparison.</summary>
    /// <param name="Name">As it is written, without the object.</param>
    /// <param name="Attribute">Null where it is unknown, which has been said by then.</param>
    private readonly record struct Subject(string Name, CriteriaAttribute? Attribute, bool IsAccountFlag = false)
    {
        public bool IsMemberOf => Attribute?.Name == EntraNames.MemberOf;
    }

    /// <summary>The right side of a comparison.</summary>
    private readonly record struct Literal(EntraToken Token, string Value, bool IsQuoted, bool IsTime = false)
    {
        public bool IsNull => !IsQuoted && (Token.Is("null") || Token.Is("$null"));
    }

    private Criterion? Comparison()
    {
        var subject = SubjectOf(Token);
        Advance();
        if (Token.Is("any") || Token.Is("all"))
        {
            return Quantified(subject);
        }

        if (Token.Is("in") || Token.Is("notIn"))
        {
            return Listed(subject);
        }

        var condition = Token.Kind == EntraTokenKind.Word ? Array.Find(Operators, known => Token.Is(known.Entra![1..])) : null;
        if (condition is not null)
        {
            Advance();
            return Compared(subject, condition, _tokens[_index - 1]);
        }

        if (Token.Is("not"))
        {
            Report("EntraNotIsNoComparison", Token, [], "-ne");
        }
        else if (Token.Kind == EntraTokenKind.Word && !IsLogic(Token) && !StartsCondition(Token))
        {
            Report("UnknownOperator", Token, [], NearestWord.Of("-" + Token.Value, Keywords), Shown(Token));
        }
        else
        {
            Report("OperatorMissing", Token, ["-eq", "-ne", "-startsWith"], null, subject.Name);
        }

        Skip();
        return null;
    }

    private Criterion? Compared(Subject subject, CriteriaCondition condition, EntraToken operatorToken)
    {
        if (ReadLiteral() is not { } literal || !Count(1) || subject.Attribute is not { } attribute)
        {
            return null;
        }

        if (subject.IsMemberOf)
        {
            Report("EntraMemberOfForm", operatorToken);
            return null;
        }

        if (attribute.Fields.Count > 0)
        {
            Report("EntraNeedsAny", operatorToken, ["-any", "-all"], null, attribute.Name);
            return null;
        }

        if (literal.IsNull)
        {
            return Absent(attribute, condition, literal.Token);
        }

        if (!Fits(condition, attribute))
        {
            var fitting = Operators.Where(known => Fits(known, attribute)).Select(known => known.Entra!);
            Report("OperatorNotFor", operatorToken, [.. fitting], null, condition.Entra!, subject.Name);
            return null;
        }

        if (ValueOf(literal, attribute, condition) is not { } value)
        {
            return null;
        }

        if (!subject.IsAccountFlag)
        {
            return condition.On(attribute.Name, value);
        }

        // Enabled is "not disabled" in Active Directory, so "not enabled" is the flag itself.
        var isEnabled = (value == "TRUE") != condition.IsNegative;
        return isEnabled ? new Criterion.Not(EntraNames.DisabledInActiveDirectory) : EntraNames.DisabledInActiveDirectory;
    }

    private Criterion? Absent(CriteriaAttribute attribute, CriteriaCondition condition, EntraToken token)
    {
        if (condition.Operator != CompareOperator.Equals)
        {
            Report("EntraNullOnly", token, ["-eq", "-ne"], null);
            return null;
        }

        var present = new Criterion.Present(attribute.Name);
        return condition.IsNegative ? present : new Criterion.Not(present);
    }

    private static bool Fits(CriteriaCondition condition, CriteriaAttribute attribute) =>
        (condition.Syntaxes & attribute.Syntax) != CriteriaSyntaxes.None
        && (condition.Operator != CompareOperator.Matches || !attribute.IsMultiValued);

    private Criterion? Listed(Subject subject)
    {
        var operatorToken = Token;
        Advance();
        if (Items() is not { } items || !Count(items.Count) || subject.Attribute is not { } attribute)
        {
            return null;
        }

        if (subject.IsMemberOf)
        {
            Report("EntraMemberOfForm", operatorToken);
            return null;
        }

        if (attribute.Syntax != CriteriaSyntaxes.Text || attribute.IsMultiValued)
        {
            Report("OperatorNotFor", operatorToken, Shown(operatorToken), subject.Name);
            return null;
        }

        var equals = CriteriaOperators.ByKey("Equals");
        List<Criterion> parts = [];
        foreach (var item in items)
        {
            if (item.IsNull)
            {
                Report("EntraNullOnly", item.Token, ["-eq", "-ne"], null);
            }
            else if (ValueOf(item, attribute, equals) is { } value)
            {
                parts.Add(equals.On(attribute.Name, value));
            }
        }

        if (parts.Count == 0)
        {
            return null;
        }

        var any = parts.Count == 1 ? parts[0] : new Criterion.AnyOf(parts);
        return operatorToken.Is("notIn") ? new Criterion.Not(any) : any;
    }

    /// <summary>A list in brackets, at least one value; null after a fault.</summary>
    private List<Literal>? Items()
    {
        if (Token.Kind != EntraTokenKind.OpenList)
        {
            Report("Unexpected", Token, ["["], null, Shown(Token));
            Skip();
            return null;
        }

        List<Literal> items = [];
        do
        {
            Advance();
            if (ReadLiteral() is not { } item)
            {
                if (Token.Kind == EntraTokenKind.CloseList)
                {
                    Advance();
                }

                return null;
            }

            items.Add(item);
        }
        while (Token.Kind == EntraTokenKind.Comma);
        if (Token.Kind != EntraTokenKind.CloseList)
        {
            Report("Unexpected", Token, [",", "]"], null, Shown(Token));
            SkipList();
            return null;
        }

        Advance();
        return items;
    }

    private void SkipList()
    {
        while (Token.Kind is not (EntraTokenKind.CloseList or EntraTokenKind.Close or EntraTokenKind.End))
        {
            Advance();
        }

        if (Token.Kind == EntraTokenKind.CloseList)
        {
            Advance();
        }
    }

    private Criterion.Each? Quantified(Subject subject, Quantifier quantifier)
    {
        _collection = subject.Attribute;
        var inner = Primary();
        _collection = null;
        return inner is null ? null : new Criterion.Each(quantifier, subject.Attribute!.Name, inner);
    }

    private Criterion? Quantified(Subject subject)
    {
        var keyword = Token;
        Advance();
        if (subject.IsMemberOf)
        {
            return MemberOf(keyword);
        }

        if (subject.Attribute is { IsMultiValued: true })
        {
            return Quantified(subject, keyword.Is("any") ? Quantifier.Any : Quantifier.All);
        }

        if (subject.Attribute is not null)
        {
            Report("EntraNotACollection", keyword, subject.Name);
        }

        Skip();
        return null;
    }

    /// <summary>Only whole, and only so: <c>user.memberOf -any (group.objectId -in ['id', …])</c>.</summary>
    private Criterion? MemberOf(EntraToken keyword)
    {
        List<Literal>? items = null;
        if (keyword.Is("any") && Token.Kind == EntraTokenKind.Open && Peek.Is("group.objectId"))
        {
            Advance();
            Advance();
            if (Token.Is("in"))
            {
                Advance();
                items = Items();
            }
        }

        if (items is null || Token.Kind != EntraTokenKind.Close)
        {
            Report("EntraMemberOfForm", keyword);
            _index = _tokens.Count - 1;
            return null;
        }

        Advance();
        if (items.Count > MemberOfGroups)
        {
            Report("EntraMemberOfTooMany", keyword, Number(MemberOfGroups), Number(items.Count));
        }

        if (!Count(items.Count))
        {
            return null;
        }

        List<Criterion> groups = [];
        foreach (var item in items)
        {
            if (item.IsQuoted && item.Value.Trim() is { Length: > 0 } id)
            {
                groups.Add(new Criterion.Compare(EntraNames.MemberOf, CompareOperator.Equals, id));
            }
            else
            {
                Report("ValueNotQuoted", item.Token, Short(item.Token.Value));
            }
        }

        var criterion = groups.Count == 1 ? groups[0] : new Criterion.AnyOf(groups);
        _memberOf = (criterion, keyword);
        return criterion;
    }
}
