namespace GroupPortal.Core.Criteria.Languages.Ldap;

/// <summary>How Active Directory keeps an attribute, as far as a filter shows it.</summary>
internal enum LdapForm
{
    Text,

    /// <summary>32 bits; a filter may say the upper half of them unsigned.</summary>
    Number,
    Boolean,
    Generalized,
    FileTime,

    /// <summary>A distinguished name: found whole, never by a part.</summary>
    Name,

    /// <summary>The name of a class: found whole.</summary>
    ClassName,

    /// <summary>Sixteen bytes.</summary>
    ObjectId,
}

internal static class LdapForms
{
    public const string AllBits = "1.2.840.113556.1.4.803";
    public const string AnyBits = "1.2.840.113556.1.4.804";
    public const string Chain = "1.2.840.113556.1.4.1941";

    /// <summary>The highest FILETIME means never, as 0 does.</summary>
    public const string Never = "9223372036854775807";

    /// <summary>The values of objectCategory by which rules ask.</summary>
    public static IReadOnlySet<string> Categories { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "person", "computer", "group" };

    /// <summary>Classes whose category is person: a filter may name them instead.</summary>
    public static IReadOnlySet<string> Persons { get; } =
        new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "user", "contact", "inetOrgPerson", "organizationalPerson" };

    public static LdapForm Of(CriteriaAttribute attribute) => attribute.Syntax switch
    {
        CriteriaSyntaxes.Number or CriteriaSyntaxes.Flags => LdapForm.Number,
        CriteriaSyntaxes.Boolean => LdapForm.Boolean,
        CriteriaSyntaxes.Time => attribute.TimeForm == TimeForm.FileTime ? LdapForm.FileTime : LdapForm.Generalized,
        CriteriaSyntaxes.Reference => LdapForm.Name,
        _ => attribute.Ldap switch
        {
            "objectGUID" => LdapForm.ObjectId,
            "objectClass" => LdapForm.ClassName,
            "objectCategory" or "distinguishedName" or "homeMDB" => LdapForm.Name,
            _ => LdapForm.Text,
        },
    };
}
