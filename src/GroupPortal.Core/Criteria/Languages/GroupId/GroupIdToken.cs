namespace GroupPortal.Core.Criteria.Languages.GroupId;

internal enum GroupIdTokenKind
{
    Word,
    Quoted,
    Open,
    Close,
    End,
}

/// <param name="Text">What it says: a quoted value without its quotation marks.</param>
internal readonly record struct GroupIdToken(GroupIdTokenKind Kind, string Text, int Start, int Length)
{
    public int End => Start + Length;

    public bool Is(string keyword) => Kind == GroupIdTokenKind.Word && string.Equals(Text, keyword, StringComparison.OrdinalIgnoreCase);
}
