using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Query;

internal enum FilterTokenKind
{
    Word,
    String,
    Open,
    Close,
    Comma,
    Colon,
    End,
}

internal readonly record struct FilterToken(FilterTokenKind Kind, string Text);

internal static class FilterLexer
{
    public static List<FilterToken> Read(string text)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (at < text.Length)
        {
            var character = text[at];
            if (char.IsWhiteSpace(character))
            {
                at++;
                continue;
            }

            if (character == '\'')
            {
                tokens.Add(new FilterToken(FilterTokenKind.String, String(text, ref at)));
                continue;
            }

            FilterTokenKind? single = character switch
            {
                '(' => FilterTokenKind.Open,
                ')' => FilterTokenKind.Close,
                ',' => FilterTokenKind.Comma,
                // An instant has colons of its own; that of a lambda follows a name.
                ':' => FilterTokenKind.Colon,
                _ => null,
            };
            if (single is { } kind)
            {
                tokens.Add(new FilterToken(kind, character.ToString()));
                at++;
                continue;
            }

            var start = at;
            var isNumber = char.IsAsciiDigit(character);
            while (at < text.Length && !char.IsWhiteSpace(text[at]) && text[at] is not ('(' or ')' or ',' or '\'') && (isNumber || text[at] != ':'))
            {
                at++;
            }

            tokens.Add(new FilterToken(FilterTokenKind.Word, text[start..at]));
        }

        tokens.Add(new FilterToken(FilterTokenKind.End, ""));
        return tokens;
    }

    private static string String(string text, ref int at)
    {
        var content = new System.Text.StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '\'')
            {
                content.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '\'')
            {
                content.Append('\'');
                at++;
            }
            else
            {
                at++;
                return content.ToString();
            }
        }

        throw Errors.BadUrl("Invalid filter clause: There is an unterminated string literal.");
    }
}
