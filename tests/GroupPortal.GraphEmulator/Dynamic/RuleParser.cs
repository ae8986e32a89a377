namespace GroupPortal.GraphEmulation.Dynamic;

/// <summary>
/// Reads rules of user.* with -eq -ne -startsWith -contains -in, -and -or -not and brackets. Anything else is a
/// <see cref="FormatException"/>, whose message the group's status shows.
/// </summary>
internal sealed class RuleParser
{
    private readonly string _text;
    private readonly List<(string Text, int Start, int End, bool IsString)> _tokens = [];
    private int _at;

    private RuleParser(string text)
    {
        _text = text;
        Split();
    }

    public static Rule Parse(string text)
    {
        var parser = new RuleParser(text);
        var rule = parser.Or();
        return parser._at == parser._tokens.Count ? rule : throw new FormatException("Query compilation error.");
    }

    private Rule Or() => Chain("or", And, (text, left, right) => new OrRule(text, left, right));

    private Rule And() => Chain("and", Not, (text, left, right) => new AndRule(text, left, right));

    private Rule Chain(string word, Func<Rule> next, Func<string, Rule, Rule, Rule> make)
    {
        var start = Start();
        var rule = next();
        while (TakeWord(word))
        {
            var right = next();
            rule = make(Since(start), rule, right);
        }

        return rule;
    }

    private Rule Not()
    {
        var start = Start();
        if (TakeWord("not"))
        {
            var inner = Not();
            return new NotRule(Since(start), inner);
        }

        if (!Take("("))
        {
            return Comparison(start);
        }

        var rule = Or();
        return Take(")") ? rule : throw new FormatException("Query compilation error.");
    }

    private Comparison Comparison(int start)
    {
        var name = Next();
        if (!name.StartsWith("user.", StringComparison.OrdinalIgnoreCase) || !RuleProperties.IsKnown(name["user.".Length..]))
        {
            throw new FormatException("Attribute not supported.");
        }

        var operation = Next().TrimStart('-').ToUpperInvariant() switch
        {
            "EQ" => RuleOperator.Eq,
            "NE" => RuleOperator.Ne,
            "STARTSWITH" => RuleOperator.StartsWith,
            "CONTAINS" => RuleOperator.Contains,
            "IN" => RuleOperator.In,
            _ => throw new FormatException("Operator isn't supported on attribute."),
        };
        List<object?> values = operation == RuleOperator.In ? Several() : [Literal()];
        if (operation is RuleOperator.StartsWith or RuleOperator.Contains && values[0] is not string)
        {
            throw new FormatException("Operator isn't supported on attribute.");
        }

        return new Comparison(Since(start), name["user.".Length..], operation, values);
    }

    private List<object?> Several()
    {
        if (!Take("["))
        {
            throw new FormatException("Query compilation error.");
        }

        var values = new List<object?> { Literal() };
        while (Take(","))
        {
            values.Add(Literal());
        }

        return Take("]") ? values : throw new FormatException("Query compilation error.");
    }

    private object? Literal()
    {
        var isString = _at < _tokens.Count && _tokens[_at].IsString;
        var text = Next();
        return isString
            ? text
            : text.ToUpperInvariant() switch
            {
                "TRUE" => true,
                "FALSE" => false,
                "NULL" or "$NULL" => null,
                _ => throw new FormatException("Invalid operands found for operator."),
            };
    }

    private int Start() => _at < _tokens.Count ? _tokens[_at].Start : _text.Length;

    private string Since(int start) => _text[start.._tokens[_at - 1].End];

    private string Next() => _at < _tokens.Count ? _tokens[_at++].Text : throw new FormatException("Query compilation error.");

    private bool Take(string mark) => TakeIf(text => text == mark);

    private bool TakeWord(string word) => TakeIf(text => text.TrimStart('-').Equals(word, StringComparison.OrdinalIgnoreCase));

    private bool TakeIf(Func<string, bool> fits)
    {
        var isTaken = _at < _tokens.Count && !_tokens[_at].IsString && fits(_tokens[_at].Text);
        _at += isTaken ? 1 : 0;
        return isTaken;
    }

    private void Split()
    {
        for (var at = 0; at < _text.Length;)
        {
            var character = _text[at];
            if (char.IsWhiteSpace(character))
            {
                at++;
            }
            else if (character is '"' or '\'')
            {
                at = String(at);
            }
            else if ("()[],".Contains(character, StringComparison.Ordinal))
            {
                _tokens.Add((character.ToString(), at, at + 1, false));
                at++;
            }
            else
            {
                var end = at;
                while (end < _text.Length && !char.IsWhiteSpace(_text[end]) && !"()[],\"'".Contains(_text[end], StringComparison.Ordinal))
                {
                    end++;
                }

                // En dashes come with rules pasted from documents.
                _tokens.Add((_text[at..end].Replace('\u2013', '-'), at, end, false));
                at = end;
            }
        }
    }

    /// <summary>The backtick escapes in double quotes, a quote itself in single ones.</summary>
    private int String(int start)
    {
        var quote = _text[start];
        var content = new System.Text.StringBuilder();
        for (var at = start + 1; at < _text.Length; at++)
        {
            var isEscape = quote == '"' ? _text[at] is '`' or '\\' : _text[at] == '\'' && at + 1 < _text.Length && _text[at + 1] == '\'';
            if (isEscape && at + 1 < _text.Length)
            {
                content.Append(_text[++at]);
            }
            else if (_text[at] == quote)
            {
                _tokens.Add((content.ToString(), start, at + 1, true));
                return at + 1;
            }
            else
            {
                content.Append(_text[at]);
            }
        }

        throw new FormatException("Query compilation error.");
    }
}
