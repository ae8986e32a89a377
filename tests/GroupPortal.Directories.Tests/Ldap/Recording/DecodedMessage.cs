using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap.Recording;

/// <summary>What a client sent. The operation is a <see cref="LdapRequest"/>, a <see cref="LdapSearch"/>, an <see cref="Abandon"/> or an <see cref="Unbind"/>.</summary>
internal sealed record DecodedMessage(int Id, object Operation);

internal sealed record Abandon(int Id);

internal sealed record Unbind;
