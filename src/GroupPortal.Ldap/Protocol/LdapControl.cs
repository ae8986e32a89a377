namespace GroupPortal.Ldap;

/// <summary>A control of a request or an answer (RFC 4511 4.1.11).</summary>
/// <param name="IsCritical">A server that does not know a critical control refuses the request with 12.</param>
public sealed record LdapControl(string Oid, bool IsCritical, ReadOnlyMemory<byte>? Value = null);
