namespace GroupPortal.Web.Api.Reading;

/// <summary>What the body of a request got wrong, and where: <c>$.AttributesCollection.AttributesCollection.members[3].Value</c>.</summary>
internal sealed record WireProblem(string Path, string Message);

/// <summary>What an <c>Action</c> asks for.</summary>
internal enum WireAction
{
    /// <summary>Exactly these values; also what an absent Action means.</summary>
    Exactly = 0,
    Add = 1,
    Remove = 2,

    /// <summary>Only ever written by the server; a group that is sent back as it came carries it.</summary>
    Server = 3,
}

/// <summary>One value of an attribute as the client wrote it.</summary>
/// <param name="StoreId">0 says nothing.</param>
/// <param name="Extras">The value's own AttributeCollection: XMembershipType, Scope.</param>
internal sealed record WireValue(int Index, string? Value, string? Dn, WireAction Action, long StoreId, IReadOnlyList<KeyValuePair<string, string?>> Extras)
{
    /// <summary>What the value means for members and owners: the DN where there is no value.</summary>
    public string Reference => string.IsNullOrEmpty(Value) ? Dn ?? string.Empty : Value;
}

/// <param name="Name">In the caller's casing.</param>
internal sealed record WireAttribute(string Name, Place Path, IReadOnlyList<WireValue> Values);

/// <summary>A group as a request describes it, in any of the samples' spellings.</summary>
internal sealed record WireGroup(Place Path)
{
    public static WireGroup Empty { get; } = new(Place.Root);

    public string? GroupName { get; init; }

    public string? Container { get; init; }

    /// <summary>The group's identity, where the body carries it (update many).</summary>
    public string? Identity { get; init; }

    public IReadOnlyList<WireAttribute> Attributes { get; init; } = [];

    /// <summary>Single fields beside the attributes that only repeat what is known: IdentityStoreID, UpdateOption.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Echoes { get; init; } = [];
}

/// <summary>Which groups and which of their attributes a read asks for.</summary>
internal sealed record WireQuery(IReadOnlyList<string> Attributes, IReadOnlyList<string> Identities);
