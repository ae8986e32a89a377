namespace GroupPortal.Ldap;

/// <summary>The end of an operation as the server told it (LDAPResult, RFC 4511 4.1.9). It exists only if it was received.</summary>
/// <param name="MatchedName">How far the server came in finding the name; empty where that says nothing.</param>
/// <param name="Message">The server's diagnostic text, for people and logs; not part of the protocol's meaning.</param>
public sealed record LdapResult(LdapResultCode Code, string MatchedName, string Message)
{
    public bool IsSuccess => Code == LdapResultCode.Success;

    /// <summary>Other servers that were named; none is ever followed.</summary>
    public IReadOnlyList<string> Referrals { get; init; } = [];

    public IReadOnlyList<LdapControl> Controls { get; init; } = [];

    /// <summary>An extended response's value; empty for every other operation.</summary>
    public ReadOnlyMemory<byte> Value { get; init; }
}
