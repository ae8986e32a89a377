using System.Text;

namespace GroupPortal.Core.Criteria.Languages.Entra;

/// <summary>Cuts a membershipRule into words (reference entra.md 1.1, lexical facts). One pass, whatever the text holds.</summary>
internal sealed class EntraLexer(string text, List<CriteriaProblem> problems)
{
    private readonly List<EntraToken> _tokens = [];
    private int _position;

    /// <summary>All tokens; the last is <see cref="EntraTokenKind.End"/>.</summary>
    public IReadOnlyList<EntraToken> Tokens()
    {
        while (_position < text.Length)
        {
            Next();
        }

        _tokens.Add(new EntraToken(EntraTokenKind.End, text.Length, 0, ""));
        return _tokens;
    }

    private static bool IsBlank(char character) => char.IsWhiteSpace(character) || character is '\u200B' or '\uFEFF';

    /// <summary>Word processors turn a hyphen into one of these, and so do several pages of the documentation.</summary>
    private static bool IsDash(char character) => character is '-' or (>= '\u2010' and <= '\u2015') or '\u2212';

    private static bool IsTypographicQuote(char character) => character is (>= '\u2018' and <= '\u201F') or '«' or '»';

    private static bool IsWordStart(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';

    private void Next()
    {
        var character = text[_position];
        switch (character)
        {
            case var blank when IsBlank(blank):
                _position++;
                break;
            case '(':
                Single(EntraTokenKind.Open);
                break;
            case ')':
                Single(EntraTokenKind.Close);
                break;
            case '[':
                Single(EntraTokenKind.OpenList);
                break;
            case ']':
                Single(EntraTokenKind.CloseList);
                break;
            case ',':
                Single(EntraTokenKind.Comma);
                break;
            case '"':
                DoubleQuoted();
                break;
            case '\'':
                SingleQuoted();
                break;
            case '`' when At(1) == '"':
                EscapedQuotes();
                break;
            case '\\' when At(1) == '_':
                Word(isDashed: false);
                break;
            case var quote when IsTypographicQuote(quote):
                Typographic();
                break;
            case var dash when IsDash(dash) && IsWordStart(At(1)):
                Word(isDashed: true);
                break;
            case var start when IsWordStart(start):
                Word(isDashed: false);
                break;
            default:
                Unexpected();
                break;
        }
    }

    private char At(int offset) => _position + offset < text.Length ? text[_position + offset] : '\0';

    private void Single(EntraTokenKind kind) => _tokens.Add(new EntraToken(kind, _position++, 1, ""));

    private void Add(EntraTokenKind kind, int start, string value, bool isDashed = false) =>
        _tokens.Add(new EntraToken(kind, start, _position - start, value, isDashed));

    /// <summary>Numbers and instants go on over <c>-</c>, <c>:</c> and <c>+</c>; other words do not.</summary>
    private void Word(bool isDashed)
    {
        var start = _position;
        if (isDashed)
        {
            _position++;
        }

        var isNumber = char.IsAsciiDigit(At(0));
        var value = new StringBuilder();
        while (_position < text.Length)
        {
            var character = text[_position];
            // An escape of the markup that the rule was copied from.
            if (character == '\\' && At(1) == '_')
            {
                value.Append('_');
                _position += 2;
            }
            else if (IsWordStart(character) || character == '.' || (isNumber && character is '-' or ':' or '+'))
            {
                value.Append(character);
                _position++;
            }
            else
            {
                break;
            }
        }

        if (isDashed && isNumber)
        {
            value.Insert(0, '-');
        }

        Add(EntraTokenKind.Word, start, value.ToString(), isDashed && !isNumber);
    }

    /// <summary>A backtick, or a backslash before a quote, takes the meaning of what follows: both stand in the documentation.</summary>
    private void DoubleQuoted()
    {
        var start = _position++;
        var value = new StringBuilder();
        while (_position < text.Length)
        {
            var character = text[_position];
            if ((character == '`' && At(1) is '"' or '`') || (character == '\\' && At(1) == '"'))
            {
                value.Append(At(1));
                _position += 2;
            }
            else if (character == '"')
            {
                _position++;
                Add(EntraTokenKind.Text, start, value.ToString());
                return;
            }
            else
            {
                value.Append(character);
                _position++;
            }
        }

        Unclosed(start, value.ToString());
    }

    private void SingleQuoted()
    {
        var start = _position++;
        var value = new StringBuilder();
        while (_position < text.Length)
        {
            var character = text[_position++];
            if (character != '\'')
            {
                value.Append(character);
            }
            else if (At(0) == '\'')
            {
                value.Append('\'');
                _position++;
            }
            else
            {
                Add(EntraTokenKind.Text, start, value.ToString());
                return;
            }
        }

        Unclosed(start, value.ToString());
    }

    /// <summary>A rule that was escaped for a PowerShell string: <c>`"Sales`"</c>.</summary>
    private void EscapedQuotes()
    {
        var start = _position;
        var close = text.IndexOf("`\"", start + 2, StringComparison.Ordinal);
        if (close < 0)
        {
            _position = text.Length;
            Unclosed(start, text[(start + 2)..]);
            return;
        }

        _position = close + 2;
        Add(EntraTokenKind.Text, start, text[(start + 2)..close]);
    }

    /// <summary>Entra ID refuses them, so we do, with what to write instead.</summary>
    private void Typographic()
    {
        var start = _position++;
        while (_position < text.Length && !IsTypographicQuote(text[_position]) && text[_position] != '"')
        {
            _position++;
        }

        var value = text[(start + 1).._position];
        _position = Math.Min(_position + 1, text.Length);
        problems.Add(new CriteriaProblem("EntraTypographicQuotes", start, _position - start) { Suggestion = EntraStrings.Quote(value) });
        Add(EntraTokenKind.Text, start, value);
    }

    private void Unclosed(int start, string value)
    {
        problems.Add(new CriteriaProblem("QuoteMissing", start, _position - start));
        Add(EntraTokenKind.Text, start, value);
    }

    private void Unexpected()
    {
        var start = _position++;
        while (_position < text.Length && text[_position] == text[start])
        {
            _position++;
        }

        if (char.IsHighSurrogate(text[start]) && char.IsLowSurrogate(At(0)))
        {
            _position++;
        }

        problems.Add(new CriteriaProblem("Unexpected", start, _position - start, text[start.._position][..Math.Min(_position - start, 10)]));
    }
}
