using GroupPortal.ActiveDirectory.Errors;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>Texts of a Samba domain controller as it sent them, and of Active Directory where its documentation or logs show them.</summary>
public sealed class DirectoryErrorsTests
{
    [Theory]
    // 1 to 13
    [InlineData(1, "00002020: Operation unavailable without authentication", "AccessDenied", null)]
    [InlineData(1, "operations error at ../../source4/dsdb/samdb/ldb_modules/samldb.c:271", "AlreadyExists", "sAMAccountName")]
    [InlineData(1, "00002020: operations error at ../../source4/dsdb/samdb/ldb_modules/samldb.c:2855", "Other", null)]
    [InlineData(8, "BindSimple: Transport encryption required.", "AccessDenied", null)]
    [InlineData(8, "00002028: LdapErr: DSID-0C09023E, comment: The server requires binds to turn on integrity checking", "AccessDenied", null)]
    [InlineData(12, "", "Unsupported", null)]
    // groupType
    [InlineData(53, "00002035: samldb: Unrecognized account type!", "InvalidValue", "groupType")]
    [InlineData(53, "error in module samldb: Unwilling to perform during LDB_ADD (53)", "InvalidValue", "groupType")]
    [InlineData(53, "error in module samldb: Unwilling to perform during LDB_MODIFY (53)", "InvalidValue", "groupType")]
    [InlineData(53, "00002035: samldb: Change from security/distribution local group forbidden!", "InvalidValue", "groupType")]
    [InlineData(53, "00002035: samldb: Change from security/distribution global group forbidden!", "InvalidValue", "groupType")]
    [InlineData(53, "00002035: objectclass_attrs: delete protected attribute 'groupType' on entry 'CN=a,DC=b' missing!", "InvalidValue", "groupType")]
    [InlineData(53, "00002141: SvcErr: DSID-031A120C, problem 5003 (WILL_NOT_PERFORM), data 0", "InvalidValue", "groupType")]
    // names
    [InlineData(68, "Entry CN=G,OU=Groups,DC=demo,DC=local already exists", "AlreadyExists", "name")]
    [InlineData(68, "00002071: UpdErr: DSID-0305038D, problem 6005 (ENTRY_EXISTS), data 0", "AlreadyExists", "name")]
    [InlineData(68, "00002071: samldb: samAccountName 'GT2' already in use!", "AlreadyExists", "sAMAccountName")]
    [InlineData(68, "00000526: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0", "AlreadyExists", "sAMAccountName")]
    [InlineData(68, "00000524: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0", "AlreadyExists", "sAMAccountName")]
    [InlineData(21, "0000200B: objectclass_attrs: attribute 'sAMAccountName' on entry 'CN=a,DC=b' contains at least one invalid value!", "InvalidValue", "sAMAccountName")]
    [InlineData(21, "0000200B: objectclass_attrs: attribute 'cn' on entry 'CN=a,DC=b' contains at least one invalid value!", "InvalidValue", "name")]
    [InlineData(19, "0000202F: samldb: sAMAccountName contains invalid '/' character\n", "InvalidValue", "sAMAccountName")]
    [InlineData(19, "0000202F: samldb: sAMAccountName ends with '.'", "InvalidValue", "sAMAccountName")]
    [InlineData(21, "Element description has empty attribute in ldb message (CN=a,DC=b)!", "InvalidValue", "description")]
    [InlineData(34, "00002032: RDN mismatch on CN=a,DC=b", "InvalidValue", "name")]
    [InlineData(34, "00002032: ldb_add: invalid dn '(null)'", "InvalidValue", "name")]
    [InlineData(34, "could not parse nonsense as a 1.3.6.1.4.1.1466.115.121.1.12 DN", "InvalidValue", null)]
    [InlineData(32, "00002030: objectclass: Cannot add CN=a,OU=b,DC=c, parent does not exist!", "NotFound", "container")]
    [InlineData(64, "00002037: structural objectClass group is not a valid child class for CN=a,DC=b", "InvalidValue", "container")]
    [InlineData(16, "0000200A: objectclass X is not a valid objectClass in schema", "InvalidValue", "objectClass")]
    [InlineData(16, "0000200A: objectclass_attrs: attribute 'noSuchThing' on entry 'CN=a,DC=b' was not found in the schema!", "UnknownAttribute", "noSuchThing")]
    [InlineData(16, "acl_modify: attribute 'mailNickname' on entry 'CN=a,DC=b' was not found in the schema!", "UnknownAttribute", "mailNickname")]
    [InlineData(16, "00000057: LdapErr: DSID-0C090D8A, comment: Error in attribute conversion operation, data 0, v2580", "UnknownAttribute", null)]
    [InlineData(65, "00002014: objectclass_attrs: attribute 'company' on entry 'CN=a,DC=b' does not exist in the specified objectclasses!", "UnknownAttribute", "company")]
    [InlineData(65, "00002014: objectclass: Cannot add CN=a,DC=b, no objectclass specified!", "InvalidValue", null)]
    [InlineData(65, "00002014: objectclass: not permitted to change the structural objectClass on CN=a [group] => [user]!", "ReadOnlyAttribute", "objectClass")]
    [InlineData(32, "00000525: specified dn doesn't exist at ../../source4/dsdb/samdb/ldb_modules/extended_dn_store.c:160:f", "NotFound", "members")]
    [InlineData(68, "00002071: Linked attribute member has multiple identical values", "InvalidValue", "members")]
    [InlineData(19, "000020B5: Referenced object not found at ../../source4/dsdb/samdb/ldb_modules/extended_dn_store.c:357:f", "NotFound", "managedBy")]
    [InlineData(19, "000020B5: AtrErr: DSID-03152D2C, #1:\n\t0: 000020B5: DSID-03152D2C, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att 20289 (managedBy)", "NotFound", "managedBy")]
    // attributes
    [InlineData(20, "0000200D: SINGLE-VALUE attribute description on CN=a,DC=b specified more than once", "InvalidValue", "description")]
    [InlineData(19, "Attribute managedBy is single valued but more than one value has been supplied", "InvalidValue", "managedBy")]
    [InlineData(20, "Attribute managedBy is single valued but more than one value has been supplied", "InvalidValue", "managedBy")]
    [InlineData(19, "00002082: AtrErr: DSID-03151B2B, #1:\n\t0: 00002082: DSID-03151B2B, problem 1005 (CONSTRAINT_ATT_TYPE), data 0, Att d (description):len 4096", "InvalidValue", "description")]
    [InlineData(16, "attribute 'mail': no such attribute for delete on 'CN=a,DC=b'", "Conflict", "mail")]
    [InlineData(16, "attribute 'mail': no matching attribute value while deleting attribute on 'CN=a,DC=b'", "Conflict", "mail")]
    [InlineData(16, "00002085: AtrErr: DSID-03151F04, #1:\n\t0: 00002085: DSID-03151F04, problem 1001 (NO_ATTRIBUTE_OR_VAL), data 0, Att d (description)", "Conflict", "description")]
    [InlineData(16, "Attribute managedBy already deleted for target GUID 8db62100-92eb-47e3-8f91-9f510a31915c", "Conflict", "managedBy")]
    [InlineData(20, "attribute 'proxyAddresses': value #20 on 'CN=a,DC=b' already exists", "Conflict", "proxyAddresses")]
    [InlineData(67, "00002016: Modify of RDN 'CN' on CN=a,DC=b not permitted, must use 'rename' operation instead", "ReadOnlyAttribute", "name")]
    [InlineData(19, "0000202F: Modify of 'distinguishedName' on CN=a,DC=b not permitted, must use 'rename' operation instead", "ReadOnlyAttribute", "distinguishedName")]
    [InlineData(53, "00002077: samldb: 'samAccountName' can't be deleted/empty!", "InvalidValue", "sAMAccountName")]
    [InlineData(53, "00002035: objectclass_attrs: attribute 'memberOf' on entry 'CN=a' must not be modified directly, it is a linked attribute", "ReadOnlyAttribute", "memberOf")]
    [InlineData(53, "0000209A: SvcErr: DSID-031A1021, problem 5003 (WILL_NOT_PERFORM), data 0", "ReadOnlyAttribute", null)]
    [InlineData(19, "0000202F: objectclass_attrs: attribute 'objectGUID' on entry 'CN=a,DC=b' can only be modified as system", "ReadOnlyAttribute", "objectGUID")]
    [InlineData(19, "0000202F: instancetype: the 'instanceType' attribute can never be changed!", "ReadOnlyAttribute", "instanceType")]
    [InlineData(32, "00002030: No such Base DN: CN=a,DC=b", "NotFound", null)]
    [InlineData(32, "Base-DN '<GUID=ee418426-dd93-48cb-8e51-c90c6681fce7>' not found", "NotFound", null)]
    [InlineData(32, "0000208D: NameErr: DSID-03100241, problem 2001 (NO_OBJECT), data 0, best match of:\n\t''", "NotFound", null)]
    // members
    [InlineData(68, "Attribute member already exists for target GUID cb39fb00-b6f1-4f28-8161-5e6f0ffc918e", "Conflict", "members")]
    [InlineData(68, "00000562: UpdErr: DSID-031A11E2, problem 6005 (ENTRY_EXISTS), data 0", "Conflict", "members")]
    [InlineData(53, "Attribute member doesn't exist for target GUID 91e35401-7998-4013-b95f-ac57af43ac81", "Conflict", "members")]
    [InlineData(53, "Attribute member already deleted for target GUID d9495800-451f-4703-ab3f-22d8e3128106", "Conflict", "members")]
    [InlineData(53, "00000561: SvcErr: DSID-031A11E2, problem 5003 (WILL_NOT_PERFORM), data 0", "Conflict", "members")]
    [InlineData(53, "00002035: Unable to find GUID for DN CN=a,DC=b", "Conflict", "members")]
    [InlineData(68, "00002071: samldb: member CN=a,DC=b already set via primaryGroupID 513", "Conflict", "members")]
    [InlineData(16, "error in module repl_meta_data: No such attribute during LDB_MODIFY (16)", "Conflict", "members")]
    [InlineData(68, "00002071: Refusing to delete CN=a,DC=b, as it is still the primaryGroupID for 1 users", "PolicyBlocked", null)]
    [InlineData(53, "00002144: SvcErr: DSID-031A1236, problem 5003 (WILL_NOT_PERFORM), data 0", "InvalidValue", "members")]
    // delete, rename, rights
    [InlineData(80, "error in module samldb: Other during LDB_DELETE (80)", "PolicyBlocked", null)]
    [InlineData(80, "00002095: objectclass: Cannot rename CN=a,DC=b, parent does not exist!", "NotFound", "container")]
    [InlineData(80, "00002089: something else", "Other", null)]
    [InlineData(53, "00002035: objectclass: Cannot delete CN=a,DC=b, it isn't permitted!", "PolicyBlocked", null)]
    [InlineData(53, "00002035: subtree_rename: Cannot rename CN=a,DC=b, DISALLOW_RENAME set", "PolicyBlocked", null)]
    [InlineData(66, "00002015: subtree_delete: Unable to delete a non-leaf node (it has 35 children)!", "PolicyBlocked", null)]
    [InlineData(50, "acl: unable to get access to CN=a,DC=b\n", "AccessDenied", null)]
    [InlineData(50, "00002098: Object CN=a,DC=b has no write property access\n", "AccessDenied", null)]
    [InlineData(50, "00002098: Object CN=a,DC=b has no wp on name\n", "AccessDenied", "name")]
    [InlineData(50, "error in module acl: insufficient access rights during LDB_MODIFY (50)", "AccessDenied", null)]
    [InlineData(50, "00002098: SecErr: DSID-03150F94, problem 4003 (INSUFF_ACCESS_RIGHTS), data 0", "AccessDenied", null)]
    [InlineData(51, "", "Throttled", null)]
    [InlineData(52, "", "Unavailable", null)]
    [InlineData(4711, "", "Other", null)]
    public void A_refusal_is_decoded_with_the_attribute_at_fault(int code, string text, string expected, string? attribute)
    {
        var error = DirectoryErrors.Of(new LdapResult((LdapResultCode)code, string.Empty, text));

        Assert.Equal(expected, error.Code);
        Assert.Equal(attribute, error.Attribute);
        Assert.Equal(text.Length == 0 ? $"LDAP {code}" : text.TrimEnd('\n'), error.ServerText);
    }

    [Fact]
    public void Every_way_to_have_no_answer_has_a_sentence()
    {
        foreach (var kind in Enum.GetValues<LdapFaultKind>())
        {
            Assert.True(Texts.Has("Server." + kind), kind.ToString());
            var error = Assert.IsType<DirectoryError.Unavailable>(DirectoryErrors.Of(new LdapFault(kind, "ldaps://dc:636", "raw")));
            Assert.EndsWith("(raw)", error.ServerText, StringComparison.Ordinal);
            Assert.DoesNotContain("{", error.Message + error.ServerText, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_certificate_and_a_password_are_named_as_what_is_wrong()
    {
        var wrongName = new LdapFault(LdapFaultKind.Certificate, "ldaps://dc:636", "raw") { Certificate = new CertificateProblem.WrongName("dc", ["other.demo.local"]) };
        var password = new LdapFault(LdapFaultKind.Bind, "ldaps://dc:636", "raw")
        {
            Result = new LdapResult(LdapResultCode.InvalidCredentials, string.Empty, "80090308: LdapErr: DSID-0C0903A9, comment: AcceptSecurityContext error, data 52e, v1db1\0"),
        };

        Assert.StartsWith("The certificate of ldaps://dc:636 was made for other.demo.local, not for dc.", DirectoryErrors.Of(wrongName).ServerText, StringComparison.Ordinal);
        Assert.StartsWith("ldaps://dc:636 refuses the name or password that the portal signs in with.", DirectoryErrors.Of(password).ServerText, StringComparison.Ordinal);
        Assert.EndsWith("data 52e, v1db1)", DirectoryErrors.Of(password).ServerText, StringComparison.Ordinal);
    }
}
