namespace GroupPortal.Core.Criteria.Languages.GroupId;

/// <summary>
/// Reads GroupID criteria text and our superset of it:
/// <code>
/// criteria  = group *( "or" group )
/// group     = part *( "and" part )
/// part      = *"not" ( "(" criteria ")" / items / clause / "everyone" / "nobody" )
/// items     = ( "any" / "all" ) attribute "(" criteria ")"
/// clause    = attribute operator [ value [ "within" steps ] ]
/// </code>
/// Open parentheses stand on a list of our own and not on the stack: no text is nested too deeply to be read.
/// </summary>
internal sealed class GroupIdReader
{
    private static readonly string[] Starts = ["(", "not", "any", "all", "everyone", "nobody"];

    private readonly ProblemList _problems = new();
    private readonly List<GroupIdToken> _tokens;
    private readonly TreeAssembly _assembly;
    private readonly Stack<Frame> _open = new();
    private readonly string _text;
    private int _index;

    public GroupIdReader(string text, CriteriaVocabulary vocabulary)
    {
        _text = text;
        _tokens = GroupIdLexer.Tokens(text, _problems);
        _assembly = new TreeAssembly(_problems);
        _open.Push(new Frame(0, new GroupIdScope(vocabulary), Quantifier: null));
    }

    private GroupIdToken Next => _tokens[_index];

    /// <summary>Whether a word means something of its own where an attribute can stand.</summary>
    public static bool IsKeyword(GroupIdToken word) =>
        word.Kind == GroupIdTokenKind.Word && (word.Is("and") || word.Is("or") || Starts.Contains(word.Text, StringComparer.OrdinalIgnoreCase));

    public CriteriaReading Read()
    {
        if (Next.Kind == GroupIdTokenKind.End)
        {
            _problems.Report("Empty", 0, _text.Length, [], ["everyone"]);
            return new CriteriaReading(null, _problems.Sorted);
        }

        while (Next.Kind != GroupIdTokenKind.End)
        {
            if (_open.Peek().WantsPart)
            {
                ReadPart();
            }
            else
            {
                ReadConnector();
            }
        }

        ReportMissingPart();
        if (_open.Count > 1)
        {
            _problems.Report("ParenthesisMissing", _text.Length, 0, [], [")"]);
        }

        while (_open.Count > 1)
        {
            Close();
        }

        return new CriteriaReading(Folded(_open.Peek())?.Node, _problems.Sorted);
    }

    private void ReadPart()
    {
        var token = Next;
        var frame = _open.Peek();
        if (token.Kind == GroupIdTokenKind.Open)
        {
            _index++;
            _open.Push(new Frame(token.Start, frame.Scope, Quantifier: null));
        }
        else if (token.Kind == GroupIdTokenKind.Close)
        {
            if (_open.Count > 1)
            {
                ReportMissingPart();
            }

            ReadClose();
        }
        else if (token.Kind == GroupIdTokenKind.Quoted)
        {
            _index++;
            _problems.Report("AttributeMissing", token.Start, 0, []);
            Add(null);
        }
        else if (token.Is("not"))
        {
            _index++;
            frame.Negations.Add(token.Start);
        }
        else if (token.Is("and") || token.Is("or"))
        {
            ReportMissingPart();
            frame.WantsPart = false;
        }
        else if (token.Is("everyone") || token.Is("nobody"))
        {
            _index++;
            Add(_assembly.Leaf(token.Is("everyone") ? Criterion.Everyone : Criterion.Nobody, token.Start, token.Length));
        }
        else if (token.Is("any") || token.Is("all"))
        {
            ReadItems(token);
        }
        else
        {
            Add(ReadClause());
        }
    }

    private void ReadConnector()
    {
        var token = Next;
        var frame = _open.Peek();
        if (token.Kind == GroupIdTokenKind.Close)
        {
            ReadClose();
            return;
        }

        if (token.Kind == GroupIdTokenKind.Quoted)
        {
            _index++;
            _problems.Report("Unexpected", token.Start, token.Length, [token.Text], ["and", "or"]);
            return;
        }

        frame.WantsPart = true;
        if (token.Is("and") || token.Is("or"))
        {
            _index++;
            if (token.Is("or"))
            {
                frame.EndGroup(_assembly);
            }

            return;
        }

        _problems.Report("ConnectorMissing", token.Start, 0, [], ["and", "or"]);
    }

    private void ReadClose()
    {
        var token = Next;
        _index++;
        if (_open.Count == 1)
        {
            _problems.Report("Unexpected", token.Start, token.Length, [")"]);
            return;
        }

        Close();
    }

    private void Close()
    {
        var frame = _open.Pop();
        var part = Folded(frame);
        if (part is { } inner && frame.Quantifier is { } quantifier)
        {
            part = _assembly.Each(quantifier, frame.Scope.Items!.Name, inner, frame.Start);
        }

        Add(part);
    }

    /// <summary><c>any assignedPlans (…)</c>, up to its parenthesis.</summary>
    private void ReadItems(GroupIdToken quantifier)
    {
        _index++;
        var name = Next;
        if (name.Kind != GroupIdTokenKind.Word)
        {
            _problems.Report("AttributeMissing", name.Start, 0, []);
            if (name.Kind == GroupIdTokenKind.Quoted)
            {
                _index++;
            }
        }
        else
        {
            _index++;
        }

        var attribute = name.Kind == GroupIdTokenKind.Word ? Resolved(name) : null;
        if (Next.Kind != GroupIdTokenKind.Open)
        {
            _problems.Report("ConditionMissing", Next.Start, 0, [], ["("]);
            Add(null);
            return;
        }

        _index++;
        var scope = new GroupIdScope(_open.Peek().Scope.Vocabulary, attribute ?? new CriteriaAttribute(name.Text), isUnknown: attribute is null);
        _open.Push(new Frame(quantifier.Start, scope, quantifier.Is("any") ? Quantifier.Any : Quantifier.All));
    }

    private TreePart? ReadClause()
    {
        var name = Next;
        _index++;
        var attribute = Resolved(name);
        var condition = GroupIdOperators.At(_tokens, _index, out var words);
        if (condition is null)
        {
            ReportOperator(name, attribute);
            return null;
        }

        var (start, end) = (Next.Start, _tokens[_index + words - 1].End);
        _index += words;
        var isAsked = attribute is null || (condition.Syntaxes & attribute.Syntax) != CriteriaSyntaxes.None;
        if (!isAsked)
        {
            _problems.Report("OperatorNotFor", start, end - start, [condition.GroupId, attribute!.Name], GroupIdOperators.For(attribute));
        }

        string? value = string.Empty;
        if (condition.TakesValue)
        {
            value = ReadValue(isAsked ? attribute : null, condition, end);
        }

        if (value is null)
        {
            return null;
        }

        var node = condition.On(attribute?.Name ?? name.Text, value);
        var positive = node is Criterion.Not negative ? negative.Inner : node;
        if (positive is Criterion.Chain chain && Next.Is("within"))
        {
            positive = chain with { Depth = ReadSteps() };
        }

        var leaf = _assembly.Leaf(positive, name.Start, _tokens[_index - 1].End - name.Start);
        return leaf is { } part && condition.IsNegative ? _assembly.Not(part, name.Start) : leaf;
    }

    private CriteriaAttribute? Resolved(GroupIdToken name)
    {
        var scope = _open.Peek().Scope;
        if (scope.TryGet(name.Text, out var attribute) || scope.IsUnknown)
        {
            return attribute;
        }

        var (code, arguments) = scope.Items is { } items ? ("UnknownField", (string[])[name.Text, items.Name]) : ("UnknownAttribute", [name.Text]);
        _problems.Report(code, name.Start, name.Length, arguments, suggest: () => scope.Nearest(name.Text));
        return null;
    }

    /// <summary>Skips what stands in the operator's place, and its value.</summary>
    private void ReportOperator(GroupIdToken name, CriteriaAttribute? attribute)
    {
        var first = _index;
        while (Next.Kind == GroupIdTokenKind.Word && !Next.Is("and") && !Next.Is("or"))
        {
            _index++;
        }

        var expected = attribute is null ? [] : GroupIdOperators.For(attribute);
        if (_index == first)
        {
            _problems.Report("OperatorMissing", name.End, 0, [name.Text], expected);
        }
        else
        {
            var (start, end) = (_tokens[first].Start, _tokens[_index - 1].End);
            var typed = string.Join(' ', _tokens.Skip(first).Take(Math.Min(_index - first, 8)).Select(token => token.Text));
            _problems.Report("UnknownOperator", start, end - start, [typed], expected, () => GroupIdOperators.Nearest(_tokens, first));
        }

        if (Next.Kind == GroupIdTokenKind.Quoted)
        {
            _index++;
        }
    }

    /// <summary>The value in the tree's form; as typed where it is wrong; null where there is none.</summary>
    /// <param name="attribute">Null where its value cannot be judged.</param>
    private string? ReadValue(CriteriaAttribute? attribute, CriteriaCondition condition, int after)
    {
        var token = Next;
        if (token.Kind == GroupIdTokenKind.Word && !token.Is("and") && !token.Is("or"))
        {
            token = ReadBare(attribute);
        }
        else if (token.Kind == GroupIdTokenKind.Quoted)
        {
            _index++;
        }
        else
        {
            _problems.Report("ValueMissing", after, 0, [], ["\""]);
            return null;
        }

        if (attribute is null)
        {
            return token.Text;
        }

        var syntax = condition.Kind == ConditionKind.Chain ? attribute with { Syntax = CriteriaSyntaxes.Reference } : attribute;
        var value = TypedValue.Of(syntax, condition.Operator, token.Text, _open.Peek().Scope.Vocabulary.Folding);
        if (value.Problem is { } code)
        {
            _problems.Report(code, token.Start, token.Length, [code == "ValueEmpty" ? attribute.Name : token.Text]);
        }

        return value.Text;
    }

    /// <summary>A value without quotation marks: a number, a time, true and false need none; text does, for its blanks.</summary>
    private GroupIdToken ReadBare(CriteriaAttribute? attribute)
    {
        var first = Next;
        _index++;
        if (attribute is not { Syntax: CriteriaSyntaxes.Text or CriteriaSyntaxes.Reference })
        {
            return first;
        }

        while (Next.Kind == GroupIdTokenKind.Word && !Next.Is("and") && !Next.Is("or"))
        {
            _index++;
        }

        var bare = first with { Length = _tokens[_index - 1].End - first.Start };
        bare = bare with { Text = _text.Substring(bare.Start, bare.Length) };
        _problems.Report("ValueNotQuoted", bare.Start, bare.Length, [bare.Text], suggest: () => bare.Length <= 80 ? '"' + bare.Text + '"' : null);
        return bare;
    }

    private int? ReadSteps()
    {
        _index++;
        var steps = Next;
        if (steps.Kind is GroupIdTokenKind.Word or GroupIdTokenKind.Quoted)
        {
            _index++;
            if (int.TryParse(steps.Text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var depth) && depth > 0)
            {
                return depth;
            }

            _problems.Report("ValueNotDepth", steps.Start, steps.Length, [steps.Text]);
            return null;
        }

        _problems.Report("ValueMissing", steps.Start, 0, [], ["1"]);
        return null;
    }

    private void ReportMissingPart()
    {
        var frame = _open.Peek();
        if (frame.WantsPart)
        {
            _problems.Report("ConditionMissing", Next.Start, 0, [], Starts);
        }
    }

    private void Add(TreePart? read)
    {
        var frame = _open.Peek();
        frame.WantsPart = false;
        if (read is { } part)
        {
            for (var index = frame.Negations.Count - 1; index >= 0; index--)
            {
                part = _assembly.Not(part, frame.Negations[index]);
            }

            frame.Group.Add(part);
        }

        frame.Negations.Clear();
    }

    private TreePart? Folded(Frame frame)
    {
        frame.EndGroup(_assembly);
        return frame.Groups.Count == 0 ? null : _assembly.List(frame.Groups, isAll: false, frame.Start);
    }

    /// <summary>An open parenthesis, or the whole text.</summary>
    private sealed record Frame(int Start, GroupIdScope Scope, Quantifier? Quantifier)
    {
        /// <summary>The parts between "or", complete.</summary>
        public List<TreePart> Groups { get; } = [];

        /// <summary>The parts since the last "or".</summary>
        public List<TreePart> Group { get; } = [];

        /// <summary>The places of "not" before the next part.</summary>
        public List<int> Negations { get; } = [];

        public bool WantsPart { get; set; } = true;

        public void EndGroup(TreeAssembly assembly)
        {
            if (Group.Count > 0)
            {
                Groups.Add(assembly.List(Group, isAll: true, Group[0].Start));
                Group.Clear();
            }
        }
    }
}
