namespace GroupPortal.Core.Directories.Tenants;

/// <summary>Names that a new group, or an existing one, would get.</summary>
/// <param name="Group">The group that has others now; null for a new one.</param>
/// <param name="Person">For whom: the policy binds people and not applications. Null where nobody matches.</param>
public sealed record NameCheck(string? DisplayName, string? MailNickname, Guid? Group, Guid? Person);

/// <summary>What the tenant's naming policy has against a name.</summary>
/// <param name="Attribute">displayName or mailNickname.</param>
/// <param name="Reason">Graph's own sentence.</param>
public sealed record NameRefusal(string Attribute, string Code, string Reason);
