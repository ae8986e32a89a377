namespace GroupPortal.Core.Criteria.Languages.Ldap;

/// <summary>
/// Reads an LDAP filter, RFC 4515. As Active Directory does, it lets blanks stand between components and the outermost
/// parentheses be left out. Open parentheses stand on a list of our own and not on the stack.
/// </summary>
internal sealed class LdapReader
{
    private readonly ProblemList _problems = new();
    private readonly TreeAssembly _assembly;
    private readonly LdapClauseReader _clauses;
    private readonly Stack<Frame> _open = new();
    private readonly string _text;
    private int _position;

    /// <summary>The text ends within a clause.</summary>
    private bool _isCut;

    public LdapReader(string text, CriteriaVocabulary vocabulary)
    {
        _text = text;
        _assembly = new TreeAssembly(_problems);
        _clauses = new LdapClauseReader(text, vocabulary, _problems);
        _open.Push(new Frame('\0', 0, IsOpen: false));
    }

    public CriteriaReading Read()
    {
        SkipBlanks();
        if (_position == _text.Length)
        {
            _problems.Report("Empty", 0, _text.Length, [], ["(&)"]);
            return new CriteriaReading(null, _problems.Sorted);
        }

        if (_text[_position] is not ('(' or ')'))
        {
            ReadComponent(_position);
        }

        for (SkipBlanks(); _position < _text.Length; SkipBlanks())
        {
            switch (_text[_position])
            {
                case '(':
                    var start = _position++;
                    SkipBlanks();
                    ReadComponent(start);
                    break;
                case ')':
                    ReadClose();
                    break;
                default:
                    ReportJunk();
                    break;
            }
        }

        if (_isCut || _open.Any(frame => frame.IsOpen))
        {
            _problems.Report("ParenthesisMissing", _text.Length, 0, [], [")"]);
        }

        while (_open.Count > 1)
        {
            Close();
        }

        return new CriteriaReading(_open.Peek().Parts is [var root, ..] ? root.Node : null, _problems.Sorted);
    }

    /// <summary>What stands after an opening parenthesis: a list's sign, or a clause up to its closing parenthesis.</summary>
    private void ReadComponent(int start)
    {
        var isBare = start == _position;
        var next = _position < _text.Length ? _text[_position] : '\0';
        if (next == '&' && !isBare && _clauses.TryReadFileTime(start, ref _position) is { } time)
        {
            Add(_assembly.Leaf(time, start, _position - start));
        }
        else if (next is '&' or '|' or '!')
        {
            _position++;
            _open.Push(new Frame(next, start, IsOpen: !isBare));
            SkipBlanks();
            // Active Directory takes (!a=b) for (!(a=b)).
            if (next == '!' && _position < _text.Length && _text[_position] is not ('(' or ')'))
            {
                ReadClause(_position);
            }
        }
        else if (next == '(')
        {
            _problems.Report("Unexpected", start, 1, ["("], ["&", "|", "!"]);
            _open.Push(new Frame('(', start, IsOpen: true));
        }
        else if (next == ')')
        {
            _problems.Report("ConditionMissing", _position, 0, []);
            _position++;
            Add(null);
        }
        else if (_position < _text.Length)
        {
            ReadClause(start);
            if (!isBare)
            {
                // The parenthesis that ends the clause is all that can stand here.
                _isCut = _position == _text.Length;
                _position += _isCut ? 0 : 1;
            }
        }
        else
        {
            _problems.Report("ConditionMissing", _position, 0, []);
            _isCut = true;
        }
    }

    /// <summary>A clause, up to its closing parenthesis. It may say the negation of a leaf: a time that is "never" is none.</summary>
    private void ReadClause(int start)
    {
        var clause = _clauses.Read(ref _position);
        var length = _position - start;
        Add(clause switch
        {
            null => null,
            Criterion.Not not => _assembly.Leaf(not.Inner, start, length) is { } inner ? _assembly.Not(inner, start) : null,
            _ => _assembly.Leaf(clause, start, length),
        });
    }

    private void ReadClose()
    {
        if (!_open.Peek().IsOpen)
        {
            _problems.Report("Unexpected", _position, 1, [")"]);
        }
        else
        {
            Close();
        }

        _position++;
    }

    private void Close()
    {
        var frame = _open.Pop();
        if (frame.Parts.Count == 0)
        {
            if (frame.Count > 0)
            {
                // What stood there has been reported.
                Add(null);
                return;
            }

            if (frame.Sign is '!' or '(')
            {
                _problems.Report("ConditionMissing", _position, 0, []);
                Add(null);
                return;
            }

            Add(_assembly.Leaf(frame.Sign == '&' ? Criterion.Everyone : Criterion.Nobody, frame.Start, _position - frame.Start));
            return;
        }

        Add(frame.Sign switch
        {
            '&' or '|' => _assembly.List(frame.Parts, frame.Sign == '&', frame.Start),
            '!' => _assembly.Not(frame.Parts[0], frame.Start),
            _ => frame.Parts[0],
        });
    }

    private void Add(TreePart? read)
    {
        var frame = _open.Peek();
        frame.Count++;
        if (frame.Count == 2 && frame.Sign is not ('&' or '|'))
        {
            var place = read?.Start ?? _position;
            _ = frame.Sign == '!'
                ? Reported("LdapNotOne", place)
                : Reported("ConnectorMissing", place, "&", "|");
        }

        if (read is { } part)
        {
            frame.Parts.Add(part);
        }
    }

    private bool Reported(string code, int place, params string[] expected)
    {
        _problems.Report(code, place, 0, [], expected);
        return true;
    }

    private void ReportJunk()
    {
        var start = _position;
        while (_position < _text.Length && _text[_position] is not ('(' or ')'))
        {
            _position++;
        }

        var junk = _text[start.._position].TrimEnd();
        _problems.Report("Unexpected", start, junk.Length, [junk], _open.Peek().IsOpen ? ["(", ")"] : ["("]);
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
        {
            _position++;
        }
    }

    /// <summary>A list, or parentheses without a sign "(", or the whole text (NUL).</summary>
    /// <param name="IsOpen">It waits for its parenthesis; the whole text does not, nor a first list without: <c>&amp;(a=1)(b=2)</c>.</param>
    private sealed record Frame(char Sign, int Start, bool IsOpen)
    {
        public List<TreePart> Parts { get; } = [];

        /// <summary>How many components there were, understood or not.</summary>
        public int Count { get; set; }
    }
}
