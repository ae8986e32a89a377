using System.Text;

namespace GroupPortal.Core.Criteria.Languages.GroupId;

/// <summary>
/// Words, quoted values and parentheses. Quotation marks as word processors set them are accepted in pairs; within straight
/// ones, two are one.
/// </summary>
internal static class GroupIdLexer
{
    public static List<GroupIdToken> Tokens(string text, ProblemList problems)
    {
        var tokens = new List<GroupIdToken>();
        var position = 0;
        while (position < text.Length)
        {
            var character = text[position];
            if (char.IsWhiteSpace(character))
            {
                position++;
                continue;
            }

            var token = character switch
            {
                '(' => new GroupIdToken(GroupIdTokenKind.Open, "(", position, 1),
                ')' => new GroupIdToken(GroupIdTokenKind.Close, ")", position, 1),
                _ when IsQuote(character) => Quoted(text, position, problems),
                _ => Word(text, position),
            };
            tokens.Add(token);
            position = token.End;
        }

        tokens.Add(new GroupIdToken(GroupIdTokenKind.End, string.Empty, text.Length, 0));
        return tokens;
    }

    /// <summary>The apostrophes that keyboards and word processors make are one.</summary>
    public static string PlainApostrophes(string word) =>
        word.Replace('’', '\'').Replace('‘', '\'').Replace('ʼ', '\'').Replace('´', '\'').Replace('`', '\'');

    private static GroupIdToken Word(string text, int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('(' or ')') && !IsQuote(text[end]))
        {
            end++;
        }

        return new GroupIdToken(GroupIdTokenKind.Word, text[start..end], start, end - start);
    }

    private static GroupIdToken Quoted(string text, int start, ProblemList problems)
    {
        var value = new StringBuilder();
        var isStraight = text[start] == '"';
        var position = start + 1;
        while (position < text.Length)
        {
            var character = text[position++];
            if (isStraight ? character != '"' : character is not ('”' or '“'))
            {
                value.Append(character);
            }
            else if (isStraight && position < text.Length && text[position] == '"')
            {
                value.Append('"');
                position++;
            }
            else
            {
                return new GroupIdToken(GroupIdTokenKind.Quoted, value.ToString(), start, position - start);
            }
        }

        problems.Report("QuoteMissing", text.Length, 0, [], [isStraight ? "\"" : "”"]);
        return new GroupIdToken(GroupIdTokenKind.Quoted, value.ToString(), start, position - start);
    }

    private static bool IsQuote(char character) => character is '"' or '“' or '”' or '„';
}
