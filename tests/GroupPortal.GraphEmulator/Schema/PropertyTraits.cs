namespace GroupPortal.GraphEmulation.Schema;

[Flags]
internal enum PropertyTraits
{
    None = 0,

    /// <summary>Answered without being selected.</summary>
    Default = 1,

    /// <summary>eq, in, startsWith without more.</summary>
    Filter = 2,

    /// <summary>Any filter on it needs ConsistencyLevel: eventual.</summary>
    Advanced = 4,

    /// <summary>Ordered by without more.</summary>
    Order = 8,

    /// <summary>Kept outside the main store: selectable on a single GET only, not in a create, never with others in a PATCH.</summary>
    Exchange = 16,

    /// <summary>Never from a request.</summary>
    ReadOnly = 32,

    /// <summary>Can be filtered by and no more.</summary>
    FilterOnly = 64,

    /// <summary>Exists below /beta only.</summary>
    Beta = 128,

    /// <summary>Set when created and never again.</summary>
    CreateOnly = 256,

    /// <summary>$search finds its words.</summary>
    Search = 512,
}
