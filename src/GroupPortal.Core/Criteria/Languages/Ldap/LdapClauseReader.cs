namespace GroupPortal.Core.Criteria.Languages.Ldap;

/// <summary>Reads one clause, from after its opening parenthesis up to its closing one, and says what it means in the tree.</summary>
internal sealed class LdapClauseReader(string text, CriteriaVocabulary vocabulary, ProblemList problems)
{
    private static readonly string[] Signs = ["=", ">=", "<=", ":="];

    /// <summary>The tree's node; null where it was not understood.</summary>
    public Criterion? Read(ref int position)
    {
        var start = position;
        while (position < text.Length && text[position] is not ('=' or '<' or '>' or '~' or ':' or '(' or ')'))
        {
            position++;
        }

        var name = text[start..position].TrimEnd();
        if (position >= text.Length || text[position] is '(' or ')')
        {
            problems.Report("OperatorMissing", start + name.Length, 0, [name], Signs);
            SkipToEnd(ref position);
            return null;
        }

        var signStart = position;
        var sign = ReadSign(ref position);
        if (sign == ":=")
        {
            return ReadRule(name, start, signStart, ref position);
        }

        var signLength = position - signStart;
        var attribute = Resolved(name, start);
        var value = LdapValueReader.Read(text, ref position, IsBinary(attribute), problems);
        if (sign == "~=")
        {
            problems.Report("LdapApproximate", signStart, signLength, [], ["="]);
            return null;
        }

        if (attribute is null || !value.IsRight)
        {
            return null;
        }

        var compare = sign switch
        {
            ">=" => CompareOperator.AtLeast,
            "<=" => CompareOperator.AtMost,
            _ => CompareOperator.Equals,
        };
        return value.HasStar && compare == CompareOperator.Equals ? Substring(attribute, value) : Compared(attribute, compare, value, sign, signStart, signLength);
    }

    /// <summary>
    /// What <see cref="LdapWriter"/> writes for a FILETIME, whose 0 and highest number are no times: a comparison or presence
    /// without them, from the opening parenthesis at <paramref name="start"/> on. Null for anything else.
    /// </summary>
    public Criterion? TryReadFileTime(int start, ref int position)
    {
        var end = start + 3;
        while (end < text.Length && end < start + 64 && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '-'))
        {
            end++;
        }

        if (!IsAt(start, "(&(") || !vocabulary.TryGet(text[(start + 3)..end], out var attribute) || LdapForms.Of(attribute) != LdapForm.FileTime)
        {
            return null;
        }

        var name = text[(start + 3)..end];
        var present = $"=*)(!({name}=0))(!({name}={LdapForms.Never})))";
        if (IsAt(end, present))
        {
            position = end + present.Length;
            return new Criterion.Present(attribute.Name);
        }

        var digits = end + 2;
        var afterDigits = digits;
        while (afterDigits < text.Length && afterDigits < digits + LdapForms.Never.Length && char.IsAsciiDigit(text[afterDigits]))
        {
            afterDigits++;
        }

        var (compare, rest) = IsAt(end, "<=") ? (CompareOperator.AtMost, $")(!({name}=0)))") : (CompareOperator.AtLeast, $")(!({name}={LdapForms.Never})))");
        if (!IsAt(afterDigits, rest) || (compare == CompareOperator.AtLeast && !IsAt(end, ">=")) || !LdapTime.TryParseFileTime(text[digits..afterDigits], out var time))
        {
            return null;
        }

        position = afterDigits + rest.Length;
        return new Criterion.Compare(attribute.Name, compare, CriteriaTime.Write(time));
    }

    private bool IsAt(int start, string expected) => string.CompareOrdinal(text, start, expected, 0, expected.Length) == 0;

    private string ReadSign(ref int position)
    {
        var first = text[position];
        if (first is '=' or ':')
        {
            position += first == '=' ? 1 : 0;
            return first == '=' ? "=" : ":=";
        }

        position++;
        if (position < text.Length && text[position] == '=')
        {
            position++;
        }
        else
        {
            problems.Report("Unexpected", position - 1, 1, [first.ToString()], [first + "="]);
        }

        return first + "=";
    }

    /// <summary><c>:dn:rule:=value</c>, from the first colon on.</summary>
    private Criterion? ReadRule(string name, int start, int colon, ref int position)
    {
        var end = position;
        while (end < text.Length && text[end] is not ('=' or '(' or ')'))
        {
            end++;
        }

        if (end >= text.Length || text[end] != '=' || text[end - 1] != ':')
        {
            problems.Report("Unexpected", colon, end - colon, [text[colon..end]], [":="]);
            SkipToEnd(ref position);
            return null;
        }

        var attribute = name.Length == 0 ? null : Resolved(name, start);
        if (name.Length == 0)
        {
            problems.Report("AttributeMissing", start, 0, []);
        }

        position = end + 1;
        var value = LdapValueReader.Read(text, ref position, isBinary: false, problems);
        var rule = end - 1 > colon ? text[(colon + 1)..(end - 1)].Trim() : string.Empty;
        var isDn = rule.Equals("dn", StringComparison.OrdinalIgnoreCase) || rule.StartsWith("dn:", StringComparison.OrdinalIgnoreCase);
        if (isDn)
        {
            problems.Report("LdapDnMatch", colon, 3, []);
            rule = rule.Length > 3 ? rule[3..].Trim() : string.Empty;
        }

        if (rule is not (LdapForms.AllBits or LdapForms.AnyBits or LdapForms.Chain))
        {
            if (!isDn || rule.Length > 0)
            {
                problems.Report("LdapRule", colon, end + 1 - colon, [rule], [LdapForms.AllBits, LdapForms.AnyBits, LdapForms.Chain]);
            }

            return null;
        }

        if (value.HasStar)
        {
            problems.Report("LdapCharacter", value.Start, value.Length, ["*", "\\2a"]);
            return null;
        }

        if (attribute is null || isDn || !value.IsRight)
        {
            return null;
        }

        return rule switch
        {
            LdapForms.AllBits => Compared(attribute, CompareOperator.AllBits, value, rule, colon, rule.Length),
            LdapForms.AnyBits => Compared(attribute, CompareOperator.AnyBits, value, rule, colon, rule.Length),
            _ => Chained(attribute, value, rule, colon),
        };
    }

    private CriteriaAttribute? Resolved(string name, int start)
    {
        if (name.Length == 0)
        {
            problems.Report("AttributeMissing", start, 0, []);
            return null;
        }

        var option = name.IndexOf(';', StringComparison.Ordinal);
        if (option >= 0)
        {
            problems.Report("LdapOption", start + option, name.Length - option, [name[option..]]);
            name = name[..option].TrimEnd();
        }

        if (!vocabulary.TryGet(name, out var attribute))
        {
            problems.Report("UnknownAttribute", start, name.Length, [name], suggest: () => vocabulary.Nearest(name, CriteriaLanguage.Ldap));
        }

        return option >= 0 ? null : attribute;
    }

    private static bool IsBinary(CriteriaAttribute? attribute) => attribute is not null && LdapForms.Of(attribute) == LdapForm.ObjectId;

    private Criterion? Substring(CriteriaAttribute attribute, LdapRawValue value)
    {
        if (value.Parts is ["", ""])
        {
            return new Criterion.Present(attribute.Name);
        }

        if (LdapForms.Of(attribute) != LdapForm.Text)
        {
            problems.Report("UnsaidSubstring", value.Start, value.Length, [attribute.Name]);
            return null;
        }

        if (value.Parts.All(part => vocabulary.Folding.Fold(part).Length == 0))
        {
            problems.Report("ValueEmpty", value.Start, value.Length, [attribute.Name]);
            return null;
        }

        return CriterionNormal.Of(new Criterion.Compare(attribute.Name, CompareOperator.Like, LikePattern.Of(value.Parts)));
    }

    private Criterion? Compared(CriteriaAttribute attribute, CompareOperator compare, LdapRawValue value, string sign, int signStart, int signLength)
    {
        if (value.HasStar)
        {
            problems.Report("LdapCharacter", value.Start, value.Length, ["*", "\\2a"]);
            return null;
        }

        var condition = CriteriaOperators.Of(new Criterion.Compare(attribute.Name, compare, string.Empty))!;
        if ((condition.Syntaxes & attribute.Syntax) == CriteriaSyntaxes.None)
        {
            problems.Report("OperatorNotFor", signStart, signLength, [sign, attribute.Name]);
            return null;
        }

        var form = LdapForms.Of(attribute);
        if (form == LdapForm.FileTime && compare == CompareOperator.Equals && value.Parts[0].Trim() is "0" or LdapForms.Never)
        {
            return new Criterion.Not(new Criterion.Present(attribute.Name));
        }

        var checkedValue = TypedValue.Of(attribute, compare, Typed(attribute, form, value), vocabulary.Folding);
        if (checkedValue.Problem is { } code)
        {
            var typed = text.Substring(value.Start, value.Length);
            if (code == "ValueNotTime")
            {
                problems.Report("LdapNotTime", value.Start, value.Length, [typed, attribute.Name, form == LdapForm.FileTime ? "134168832000000000" : "20260301000000.0Z"]);
            }
            else
            {
                problems.Report(code, value.Start, value.Length, [code == "ValueEmpty" ? attribute.Name : typed]);
            }

            return null;
        }

        return new Criterion.Compare(attribute.Name, compare, checkedValue.Text);
    }

    private Criterion.Chain? Chained(CriteriaAttribute attribute, LdapRawValue value, string sign, int signStart)
    {
        if (attribute.Syntax != CriteriaSyntaxes.Reference)
        {
            problems.Report("OperatorNotFor", signStart, sign.Length, [sign, attribute.Name]);
            return null;
        }

        var target = TypedValue.Of(attribute, null, Typed(attribute, LdapForm.Name, value), vocabulary.Folding);
        if (target.Problem is { } code)
        {
            problems.Report(code, value.Start, value.Length, [text.Substring(value.Start, value.Length)]);
            return null;
        }

        return new Criterion.Chain(attribute.Name, target.Text, Depth: null);
    }

    /// <summary>What a person would have typed in the tree's form; something that is refused where the value has none.</summary>
    private static string Typed(CriteriaAttribute attribute, LdapForm form, LdapRawValue value) => form switch
    {
        LdapForm.Name when attribute.Ldap == "objectCategory" && LdapForms.Persons.Contains(value.Parts[0]) => "person",
        LdapForm.ObjectId when value.Bytes.Length == 16 => new Guid(value.Bytes).ToString(),
        LdapForm.Generalized => LdapTime.TryParseGeneralized(value.Parts[0].Trim(), out var time) ? CriteriaTime.Write(time) : string.Empty,
        LdapForm.FileTime => LdapTime.TryParseFileTime(value.Parts[0].Trim(), out var time) ? CriteriaTime.Write(time) : string.Empty,
        LdapForm.Boolean => value.Parts[0].Trim(),
        LdapForm.Name when value.Parts[0].StartsWith("<GUID=", StringComparison.OrdinalIgnoreCase) && value.Parts[0].EndsWith('>') => value.Parts[0][6..^1],
        _ => value.Parts[0],
    };

    /// <summary>To the parenthesis that ends the clause, over those that open and close in it.</summary>
    private void SkipToEnd(ref int position)
    {
        for (var nested = 0; position < text.Length && (text[position] != ')' || nested > 0); position++)
        {
            nested += text[position] switch { '(' => 1, ')' => -1, _ => 0 };
        }
    }
}
