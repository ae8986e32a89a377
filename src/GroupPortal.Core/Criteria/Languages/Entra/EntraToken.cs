namespace GroupPortal.Core.Criteria.Languages.Entra;

internal enum EntraTokenKind
{
    End,
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,

    /// <summary>A keyword, a property, a number, an instant: all that stands without quotes.</summary>
    Word,

    /// <summary>What stood in quotes.</summary>
    Text,
}

/// <summary>One word of a membershipRule.</summary>
/// <param name="Start">UTF-16 offset in the rule.</param>
/// <param name="Value">A word without its hyphen; a text without quotes and escapes.</param>
/// <param name="IsDashed">A hyphen, or what a word processor made of it, stands before the word.</param>
internal readonly record struct EntraToken(EntraTokenKind Kind, int Start, int Length, string Value, bool IsDashed = false)
{
    public int End => Start + Length;

    /// <summary>Whether it is this keyword; the hyphen is optional and case does not matter.</summary>
    public bool Is(string keyword) => Kind == EntraTokenKind.Word && string.Equals(Value, keyword, StringComparison.OrdinalIgnoreCase);
}
