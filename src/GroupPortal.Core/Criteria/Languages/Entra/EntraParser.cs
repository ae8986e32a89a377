using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Criteria.Languages.Entra;

/// <summary>
/// Reads a membershipRule (reference entra.md 1.1): one method per rule of the grammar. After a fault it goes on at the next
/// <c>-and</c>, <c>-or</c> or closing parenthesis, so that all faults are found.
/// </summary>
internal sealed partial class EntraParser
{
    /// <summary>Parentheses and negations that may stand in one another; they need not be levels of the tree.</summary>
    private const int Nesting = 4 * CriteriaLimits.Depth;

    /// <summary>Source groups of one rule (reference entra.md 1.4).</summary>
    public const int MemberOfGroups = 50;

    private readonly CriteriaVocabulary _vocabulary;
    private readonly List<CriteriaProblem> _problems = [];
    private readonly IReadOnlyList<EntraToken> _tokens;
    private int _index;
    private int _nesting;
    private int _terms;
    private bool? _isDevice;
    private bool _isMixed;
    private bool _isStopped;
    private CriteriaAttribute? _collection;
    private (Criterion Criterion, EntraToken Token)? _memberOf;

    private EntraParser(string text, CriteriaVocabulary vocabulary)
    {
        _vocabulary = vocabulary;
        _tokens = new EntraLexer(text, _problems).Tokens();
    }

    public static CriteriaReading Read(string text, CriteriaVocabulary vocabulary)
    {
        var parser = new EntraParser(text, vocabulary);
        var root = parser.Rule();
        return new CriteriaReading(
            root,
            [.. parser._problems.OrderBy(problem => problem.Start)],
            parser._isDevice is { } isDevice ? isDevice ? QueryObjectType.Devices : QueryObjectType.Users : null);
    }

    private EntraToken Token => _tokens[_index];

    private EntraToken Peek => _tokens[Math.Min(_index + 1, _tokens.Count - 1)];

    private void Advance() => _index = Math.Min(_index + 1, _tokens.Count - 1);

    private void Report(string code, EntraToken at, params IReadOnlyList<string> arguments) => Report(code, at, [], null, arguments);

    private void Report(string code, EntraToken at, IReadOnlyList<string> expected, string? suggestion, params IReadOnlyList<string> arguments)
    {
        if (!_isStopped)
        {
            _problems.Add(new CriteriaProblem(code, at.Start, at.Length, arguments) { Expected = expected, Suggestion = suggestion });
        }
    }

    private Criterion? Rule()
    {
        if (Token.Kind == EntraTokenKind.End)
        {
            if (_problems.Count == 0)
            {
                Report("EntraEmpty", Token);
            }

            return null;
        }

        if (IsDirectReports())
        {
            return DirectReports();
        }

        var root = Or();
        while (Token.Kind != EntraTokenKind.End)
        {
            if (Token.Kind == EntraTokenKind.Close)
            {
                Report("EntraNotOpened", Token);
                Advance();
            }
            else
            {
                Report("Unexpected", Token, ["-and", "-or"], null, Shown(Token));
                Skip();
            }

            if (IsLogic(Token))
            {
                Advance();
                root = Or() is { } more ? Joined(root, more) : root;
            }
            else if (StartsCondition(Token))
            {
                root = Or() is { } more ? Joined(root, more) : root;
            }
        }

        if (_memberOf is { } memberOf && !ReferenceEquals(memberOf.Criterion, root))
        {
            Report("EntraMemberOfAlone", memberOf.Token);
        }

        if (root is not null && CriterionSize.Of(root).Problem is { } tooLarge)
        {
            Report(tooLarge.Code, _tokens[0], tooLarge.Arguments);
            return null;
        }

        return root;
    }

    /// <summary>Only for showing: the rule has a problem where the two meet.</summary>
    private static Criterion Joined(Criterion? root, Criterion more) => root is null ? more : new Criterion.AllOf([root, more]);

    private bool IsDirectReports() => Token.Is("Direct") && Peek.Is("Reports");

    /// <summary>Stands outside the expressions: direct reports of one manager, and nothing else.</summary>
    private Criterion.Compare? DirectReports()
    {
        var start = Token;
        Advance();
        Advance();
        if (!Token.Is("for"))
        {
            Report("Unexpected", Token, ["for"], null, Shown(Token));
            _index = _tokens.Count - 1;
            return null;
        }

        Advance();
        if (Token.Kind != EntraTokenKind.Text || Token.Value.Trim().Length == 0)
        {
            Report("EntraDirectReportsOf", Token);
            _index = _tokens.Count - 1;
            return null;
        }

        var manager = Token.Value.Trim();
        Advance();
        if (Token.Kind != EntraTokenKind.End)
        {
            Report("EntraDirectReportsAlone", start);
            _index = _tokens.Count - 1;
        }

        _isDevice ??= false;
        return new Criterion.Compare(EntraNames.Manager, CompareOperator.Equals, manager);
    }

    private Criterion? Or() => Series("or", And, parts => new Criterion.AnyOf(parts));

    private Criterion? And() => Series("and", Negation, parts => new Criterion.AllOf(parts));

    private Criterion? Series(string keyword, Func<Criterion?> part, Func<IReadOnlyList<Criterion>, Criterion> join)
    {
        List<Criterion> parts = [];
        Keep(part(), parts);
        while (true)
        {
            if (Token.Is(keyword))
            {
                Advance();
            }
            else if (keyword == "and" && StartsCondition(Token))
            {
                Report("ConnectorMissing", Token, ["-and", "-or"], null);
            }
            else
            {
                break;
            }

            Keep(part(), parts);
        }

        return parts.Count switch
        {
            0 => null,
            1 => parts[0],
            _ => join(parts),
        };
    }

    private static void Keep(Criterion? part, List<Criterion> parts)
    {
        if (part is not null)
        {
            parts.Add(part);
        }
    }

    private Criterion? Negation()
    {
        if (!Token.Is("not"))
        {
            return Primary();
        }

        if (!Enter())
        {
            return null;
        }

        Advance();
        var inner = Negation();
        _nesting--;
        return inner is null ? null : new Criterion.Not(inner);
    }

    private Criterion? Primary()
    {
        switch (Token.Kind)
        {
            case EntraTokenKind.Open:
                return Parenthesis();
            case EntraTokenKind.Word when IsDirectReports():
                Report("EntraDirectReportsAlone", Token);
                Skip();
                return null;
            case EntraTokenKind.Word when !Token.IsDashed && !IsLogic(Token):
                return Comparison();
            case EntraTokenKind.End or EntraTokenKind.Close:
                Report("ConditionMissing", Token);
                return null;
            case EntraTokenKind.Word when IsLogic(Token):
                Report("ConditionMissing", Token);
                return null;
            default:
                Report("Unexpected", Token, [PropertyExample], null, Shown(Token));
                Skip();
                return null;
        }
    }

    private Criterion? Parenthesis()
    {
        var open = Token;
        if (!Enter())
        {
            return null;
        }

        Advance();
        var inner = Or();
        _nesting--;
        Closed(open);
        return inner;
    }

    private void Closed(EntraToken open)
    {
        if (Token.Kind != EntraTokenKind.Close)
        {
            // What follows a whole condition and joins nothing.
            if (Token.Kind != EntraTokenKind.End)
            {
                Report("Unexpected", Token, [")", "-and", "-or"], null, Shown(Token));
                Skip();
            }

            if (Token.Kind == EntraTokenKind.End)
            {
                Report("ParenthesisMissing", open);
            }
        }

        if (Token.Kind == EntraTokenKind.Close)
        {
            Advance();
        }
    }

    /// <summary>One level deeper; too deep ends the reading, because nothing that follows would change that.</summary>
    private bool Enter()
    {
        if (++_nesting <= Nesting)
        {
            return true;
        }

        _nesting--;
        Stop("TooDeep", CriteriaLimits.Depth);
        return false;
    }

    private void Stop(string code, int limit)
    {
        Report(code, Token, Number(limit));
        _isStopped = true;
        _index = _tokens.Count - 1;
    }

    private bool Count(int terms)
    {
        _terms += terms;
        if (_terms <= CriteriaLimits.Terms)
        {
            return true;
        }

        Stop("TooManyTerms", CriteriaLimits.Terms);
        return false;
    }

    /// <summary>To where the next condition may begin: over what is in parentheses or brackets as a whole.</summary>
    private void Skip()
    {
        var depth = 0;
        while (Token.Kind != EntraTokenKind.End)
        {
            if (depth == 0 && (Token.Kind == EntraTokenKind.Close || IsLogic(Token)))
            {
                return;
            }

            depth += Token.Kind switch
            {
                EntraTokenKind.Open or EntraTokenKind.OpenList => 1,
                EntraTokenKind.Close or EntraTokenKind.CloseList when depth > 0 => -1,
                _ => 0,
            };
            Advance();
        }
    }

    private static bool IsLogic(EntraToken token) => token.Is("and") || token.Is("or");

    private static bool StartsCondition(EntraToken token) =>
        token.Kind == EntraTokenKind.Open || token.Is("not")
        || (token.Kind == EntraTokenKind.Word && !token.IsDashed && (token.Value == Criterion.Each.Item || token.Value.Contains('.', StringComparison.Ordinal)));

    private static string Shown(EntraToken token) => token.Kind switch
    {
        EntraTokenKind.Open => "(",
        EntraTokenKind.Close => ")",
        EntraTokenKind.OpenList => "[",
        EntraTokenKind.CloseList => "]",
        EntraTokenKind.Comma => ",",
        EntraTokenKind.End => "…",
        EntraTokenKind.Text => EntraStrings.Quote(Short(token.Value)),
        _ => (token.IsDashed ? "-" : "") + Short(token.Value),
    };

    private static string Short(string value) => value.Length <= 60 ? value : value[..60] + "…";

    private static string Number(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private string PropertyExample => _collection switch
    {
        null => _isDevice == true ? "device.displayName" : "user.department",
        { Fields.Count: > 0 } collection => $"{EntraNames.ItemOf(collection)}.{collection.Fields[0]}",
        _ => Criterion.Each.Item,
    };
}
