namespace GroupPortal.Ldap;

public enum LdapScope
{
    Base = 0,
    OneLevel = 1,
    Subtree = 2,
}

public enum LdapChange
{
    Add = 0,
    Delete = 1,
    Replace = 2,
}

/// <summary>One change within a modify (RFC 4511 4.6). A delete or replace without values empties the attribute.</summary>
public sealed record LdapModification(LdapChange Change, LdapAttribute Attribute);

/// <summary>A request that is answered by one result.</summary>
public abstract record LdapRequest
{
    private LdapRequest()
    {
    }

    public IReadOnlyList<LdapControl> Controls { get; init; } = [];

    /// <summary>How long it may take, from the call to its answer; null for the client's own limit.</summary>
    public TimeSpan? Limit { get; init; }

    /// <summary>RFC 4511 4.7.</summary>
    public sealed record Add(LdapName Name, IReadOnlyList<LdapAttribute> Attributes) : LdapRequest;

    /// <summary>RFC 4511 4.6: all of the modifications or none.</summary>
    public sealed record Modify(LdapName Name, IReadOnlyList<LdapModification> Modifications) : LdapRequest;

    /// <summary>RFC 4511 4.9: a new first level, and a new superior unless it is null. The old first level does not stay as a value.</summary>
    /// <param name="NewFirstLevel">Escaped: <c>CN=New name</c>.</param>
    public sealed record ModifyName(LdapName Name, LdapName NewFirstLevel, LdapName? NewSuperior) : LdapRequest;

    /// <summary>RFC 4511 4.8.</summary>
    public sealed record Delete(LdapName Name) : LdapRequest;

    /// <summary>RFC 4511 4.12.</summary>
    public sealed record Extended(string Oid, ReadOnlyMemory<byte>? Value = null) : LdapRequest;

    /// <summary>RFC 4511 4.2, simple. The text never shows the password.</summary>
    internal sealed record Bind(LdapCredential Credential) : LdapRequest;
}

/// <summary>A search (RFC 4511 4.5.1). Aliases are not followed.</summary>
/// <param name="Attributes">Which attributes; empty asks for none (<c>1.1</c>), <c>*</c> for all that a user may see.</param>
public sealed record LdapSearch(LdapName Base, LdapScope Scope, LdapFilter Filter, IReadOnlyList<string> Attributes)
{
    /// <summary>The server's own limit of entries; 0 for none. Samba does not heed it.</summary>
    public int SizeLimit { get; init; }

    /// <summary>The server's own limit of time in whole seconds; 0 for none.</summary>
    public int TimeLimitSeconds { get; init; }

    public IReadOnlyList<LdapControl> Controls { get; init; } = [];

    /// <summary>How long it may take, from the call to its end; null for the client's own limit.</summary>
    public TimeSpan? Limit { get; init; }
}
