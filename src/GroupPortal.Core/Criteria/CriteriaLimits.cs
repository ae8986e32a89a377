namespace GroupPortal.Core.Criteria;

/// <summary>How large a rule may be; beyond, a clear refusal.</summary>
public static class CriteriaLimits
{
    /// <summary>Nodes from the root to a leaf.</summary>
    public const int Depth = 50;

    /// <summary>Leaves.</summary>
    public const int Terms = 500;

    /// <summary>UTF-16 units of a text: 64 KB in the store's column.</summary>
    public const int TextLength = 65_536;

    /// <summary>Paths where one rule looks.</summary>
    public const int StartPaths = 500;

    /// <summary>Entries of Include, and as many of Exclude.</summary>
    public const int Exceptions = 10_000;

    /// <summary>Attributes that one preview brings with each person.</summary>
    public const int LoadedAttributes = 100;

    /// <summary>Entra's own limit on a membershipRule (reference entra.md 1.1).</summary>
    public const int EntraRuleLength = 3072;

    /// <summary>As many expressions as the builder of the Entra portal can show.</summary>
    public const int EntraBuilderExpressions = 5;
}
