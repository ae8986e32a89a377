using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>A group as it stands right before a write, with what that write has to know of it.</summary>
/// <param name="Version">Null where the server's change numbers cannot be told from another server's.</param>
internal sealed record PresentGroup(Guid Id, DistinguishedName Dn, string? Version, LdapEntry Entry)
{
    public const string ChangeNumber = "uSNChanged";
    public const string ManagedBy = "managedBy";

    /// <summary>What is asked for in any case.</summary>
    public static readonly IReadOnlyList<string> Attributes = ["objectClass", "objectSid", ChangeNumber];

    /// <summary>By identity: it holds whatever name the group has by the time of the write.</summary>
    public LdapName Name => LdapName.FromGuid(Id);

    /// <summary>Its number within the domain, by which a primary group is known.</summary>
    public uint? Rid => SecurityIdentifier.Of(Entry.Octets("objectSid"))?.Rid;

    /// <summary>The owner that the directory keeps; it is read with its identity.</summary>
    public ExtendedName? Owner => Entry.Text(ManagedBy) is { } name ? ExtendedName.Of(name) : null;

    public IReadOnlyList<string> Values(string attribute) => Entry.Texts(attribute);

    /// <summary>Null for what is no group.</summary>
    public static PresentGroup? Of(LdapEntry entry, Func<long, string>? version) =>
        entry.Guid("objectGUID") is { } id
        && ObjectClasses.KindOf(entry.Texts("objectClass")) == ObjectKind.Group
        && ExtendedName.Of(entry).Parsed is { } dn
            ? new PresentGroup(id, dn, entry.Number(ChangeNumber) is { } number ? version?.Invoke(number) : null, entry)
            : null;
}
