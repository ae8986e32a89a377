namespace GroupPortal.Core.Criteria;

/// <summary>The relations of the tree; their names in each language stand in <see cref="CriteriaOperators"/>.</summary>
public enum CompareOperator
{
    Equals,
    Contains,
    StartsWith,
    EndsWith,

    /// <summary>
    /// A whole pattern in which <c>*</c> stands for any run of characters, and <c>\</c> takes its meaning from a following
    /// <c>*</c> or <c>\</c>: LDAP's substrings with more than one part.
    /// </summary>
    Like,

    /// <summary>A .NET regular expression without backtracking constructs, found anywhere, without regard to case: Entra's <c>-match</c>.</summary>
    Matches,

    /// <summary>≥, for numbers and times only.</summary>
    AtLeast,

    /// <summary>≤, for numbers and times only.</summary>
    AtMost,

    /// <summary>All of the given bits are set (1.2.840.113556.1.4.803).</summary>
    AllBits,

    /// <summary>At least one of the given bits is set (1.2.840.113556.1.4.804).</summary>
    AnyBits,
}

/// <summary>Which kinds of attributes an operator makes sense for.</summary>
[Flags]
public enum CriteriaSyntaxes
{
    None = 0,
    Text = 1,
    Number = 2,
    Flags = 4,
    Boolean = 8,
    Time = 16,
    Reference = 32,
    All = Text | Number | Flags | Boolean | Time | Reference,
}
