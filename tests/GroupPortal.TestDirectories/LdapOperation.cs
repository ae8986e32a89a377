namespace GroupPortal.TestDirectories;

/// <summary>The requests of LDAP, each with the tag it bears (RFC 4511 4.2 to 4.12).</summary>
public enum LdapOperation
{
    Bind = 0,
    Unbind = 2,
    Search = 3,
    Modify = 6,
    Add = 8,
    Delete = 10,
    Rename = 12,
    Compare = 14,
    Abandon = 16,
    Extended = 23,
}
