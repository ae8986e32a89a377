namespace GroupPortal.Core.Criteria.Languages.Graph;

/// <summary>What a path can be asked in a <c>$filter</c> on users or devices, as the property tables of Graph's resource pages say.</summary>
[Flags]
internal enum GraphFilters
{
    None = 0,

    /// <summary><c>eq</c>, and <c>not</c> of it.</summary>
    Equal = 1,
    StartsWith = 2,
    EndsWith = 4,

    /// <summary><c>ge</c> and <c>le</c>.</summary>
    Ordered = 8,

    /// <summary><c>eq null</c>.</summary>
    Null = 16,

    /// <summary>Several values: asked with <c>any</c>.</summary>
    Collection = 32,
}
