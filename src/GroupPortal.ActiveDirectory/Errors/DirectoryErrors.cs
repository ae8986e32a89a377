using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;
using static GroupPortal.Ldap.LdapResultCode;

namespace GroupPortal.ActiveDirectory.Errors;

/// <summary>
/// What a refusal of Active Directory or Samba means: one table, by result code, Win32 code and words of the diagnostic text. Decoded
/// here once; nothing above this project looks at the text again.
/// </summary>
internal static class DirectoryErrors
{
    private static readonly DirectoryError.Conflict SomebodyWasFaster = DirectoryError.Conflict.Unknown;
    private static readonly DirectoryError.NotFound Missing = new();
    private static readonly DirectoryError.AlreadyExists Exists = new();
    private static readonly DirectoryError.AccessDenied Denied = new();
    private static readonly DirectoryError.InvalidValue Invalid = new();
    private static readonly DirectoryError.UnknownAttribute Unknown = new();
    private static readonly DirectoryError.ReadOnlyAttribute ReadOnly = new();
    private static readonly DirectoryError.Unavailable Away = new();
    private static readonly DirectoryError.Unsupported Unsupported = new();
    private static readonly DirectoryError.PolicyBlocked Forbidden = new();
    private static readonly DirectoryError.Throttled Later = new(TimeSpan.FromSeconds(1));

    /// <summary>
    /// The first row that fits counts; a row without words fits whatever was said with its code. Sentences without a Win32 code, and
    /// those with a name of a Samba module, are Samba's; the codes 0x524 to 0x563 and 0x2071 to 0x214x also stand in front of AD's
    /// "problem 5003 (WILL_NOT_PERFORM)" and its like.
    /// </summary>
    private static readonly Row[] Table =
    [
        // Not asking properly: 1, 2, 8, 10, 12, 13, 48, 49.
        new(OperationsError, 0x2020, "without authentication", Denied),
        new(OperationsError, null, "samldb.c:271", Exists, AttributeNames.AccountName), // two objects share the name already (an undelete)
        new(ProtocolError, null, null, Unsupported),
        new(TimeLimitExceeded, null, null, Away),
        new(SizeLimitExceeded, null, null, Unsupported),
        new(AuthMethodNotSupported, null, null, Unsupported),
        new(StrongerAuthRequired, null, null, Denied),
        new(Referral, null, null, Missing), // outside the domain; referrals are never followed
        new(AdminLimitExceeded, null, null, Unsupported),
        new(UnavailableCriticalExtension, null, null, Unsupported),
        new(ConfidentialityRequired, null, null, Denied),
        new(InappropriateAuthentication, null, null, Denied),
        new(InvalidCredentials, null, null, Denied),

        // 16: of a schema, or of a value that is not there any more.
        new(NoSuchAttribute, 0x200A, "is not a valid objectClass", Invalid, "objectClass"),
        new(NoSuchAttribute, 0x200A, null, Unknown),
        new(NoSuchAttribute, null, "was not found in the schema", Unknown),
        new(NoSuchAttribute, 0x57, null, Unknown), // AD: "Error in attribute conversion operation"
        new(NoSuchAttribute, null, "in module repl_meta_data", SomebodyWasFaster, AttributeNames.Members), // of one's primary group
        new(NoSuchAttribute, null, null, SomebodyWasFaster),
        new(UndefinedAttributeType, null, null, Unknown),

        // 19
        new(ConstraintViolation, 0x20B5, null, Missing, AttributeNames.ManagedBy), // the only reference of a group that is checked so
        new(ConstraintViolation, 0x202F, "can only be modified as system", ReadOnly),
        new(ConstraintViolation, 0x202F, "can never be changed", ReadOnly),
        new(ConstraintViolation, 0x202F, "must use 'rename'", ReadOnly),
        new(ConstraintViolation, 0x20B1, null, ReadOnly), // AD: a modification is not permitted for security reasons
        new(ConstraintViolation, 0x21C8, null, Exists), // AD 2012 and later: userPrincipalName and the like not unique
        new(ConstraintViolation, null, null, Invalid),

        // 20
        new(AttributeOrValueExists, 0x200D, null, Invalid), // a second value for one
        new(AttributeOrValueExists, 0x2081, null, Invalid),
        new(AttributeOrValueExists, null, "is single valued", Invalid),
        new(AttributeOrValueExists, null, null, SomebodyWasFaster),
        new(InvalidAttributeSyntax, null, null, Invalid),

        // 32: the group itself, its container, a member.
        new(NoSuchObject, 0x525, null, Missing, AttributeNames.Members),
        new(NoSuchObject, null, "parent does not exist", Missing, AttributeNames.Container),
        new(NoSuchObject, null, null, Missing),
        new(InvalidDNSyntax, null, "could not parse", Invalid), // a value, and the text does not say of what
        new(InvalidDNSyntax, null, null, Invalid, AttributeNames.Name),

        // 50 to 52
        new(InsufficientAccessRights, null, null, Denied),
        new(Busy, null, null, Later),
        new(Unavailable, null, null, Away),

        // 53
        new(UnwillingToPerform, 0x561, null, SomebodyWasFaster, AttributeNames.Members),
        new(UnwillingToPerform, null, "doesn't exist for target GUID", SomebodyWasFaster),
        new(UnwillingToPerform, null, "already deleted for target GUID", SomebodyWasFaster),
        new(UnwillingToPerform, null, "Unable to find GUID for DN", SomebodyWasFaster, AttributeNames.Members),
        new(UnwillingToPerform, null, "Unrecognized account type", Invalid, AttributeNames.GroupType),
        new(UnwillingToPerform, null, "Change from security/distribution", Invalid, AttributeNames.GroupType),
        new(UnwillingToPerform, null, "in module samldb", Invalid, AttributeNames.GroupType), // of what groups have, only this is refused so
        new(UnwillingToPerform, 0x2141, null, Invalid, AttributeNames.GroupType), // AD: ERROR_DS_INVALID_GROUP_TYPE
        new(UnwillingToPerform, 0x2142, null, Invalid, AttributeNames.Members), // AD, to 0x2148: this scope takes no such members
        new(UnwillingToPerform, 0x2143, null, Invalid, AttributeNames.Members),
        new(UnwillingToPerform, 0x2144, null, Invalid, AttributeNames.Members),
        new(UnwillingToPerform, 0x2145, null, Invalid, AttributeNames.Members),
        new(UnwillingToPerform, 0x2146, null, Invalid, AttributeNames.Members),
        new(UnwillingToPerform, 0x2147, null, Invalid, AttributeNames.Members),
        new(UnwillingToPerform, 0x2148, null, Invalid, AttributeNames.Members),
        new(UnwillingToPerform, 0x2077, null, Invalid, AttributeNames.AccountName),
        new(UnwillingToPerform, 0x209A, null, ReadOnly), // AD: owned by the SAM
        new(UnwillingToPerform, null, "delete protected attribute", Invalid),
        new(UnwillingToPerform, null, "must not be modified", ReadOnly),
        new(UnwillingToPerform, null, "must not be specified", ReadOnly),
        new(UnwillingToPerform, null, "isn't permitted", Forbidden),
        new(UnwillingToPerform, null, "DISALLOW_", Forbidden),
        new(UnwillingToPerform, null, null, Forbidden),

        // 64 to 71
        new(NamingViolation, null, null, Invalid, AttributeNames.Container),
        new(ObjectClassViolation, 0x2014, "in the specified objectclasses", Unknown),
        new(ObjectClassViolation, 0x2014, "not permitted to change the structural", ReadOnly, "objectClass"),
        new(ObjectClassViolation, null, null, Invalid),
        new(NotAllowedOnNonLeaf, null, null, Forbidden),
        new(NotAllowedOnRDN, null, null, ReadOnly, AttributeNames.Name),
        new(EntryAlreadyExists, null, "already exists for target GUID", SomebodyWasFaster),
        new(EntryAlreadyExists, 0x562, null, SomebodyWasFaster, AttributeNames.Members),
        new(EntryAlreadyExists, null, "already set via primaryGroupID", SomebodyWasFaster, AttributeNames.Members),
        new(EntryAlreadyExists, null, "multiple identical values", Invalid),
        new(EntryAlreadyExists, null, "still the primaryGroupID", Forbidden),
        new(EntryAlreadyExists, null, "samAccountName", Exists, AttributeNames.AccountName),
        new(EntryAlreadyExists, 0x524, null, Exists, AttributeNames.AccountName), // AD: ERROR_USER_EXISTS
        new(EntryAlreadyExists, 0x526, null, Exists, AttributeNames.AccountName), // AD: ERROR_GROUP_EXISTS
        new(EntryAlreadyExists, 0x563, null, Exists, AttributeNames.AccountName), // AD: ERROR_ALIAS_EXISTS
        new(EntryAlreadyExists, null, null, Exists, AttributeNames.Name),
        new(ObjectClassModsProhibited, null, null, ReadOnly, "objectClass"),
        new(AffectsMultipleDSAs, null, null, Unsupported),

        // 80 is for good in Samba: trying again gives the same.
        new(Other, 0x2095, null, Missing, AttributeNames.Container),
        new(Other, null, "parent does not exist", Missing, AttributeNames.Container),
        new(Other, null, "during LDB_DELETE", Forbidden),
    ];

    /// <summary>A refusal that was received. The text stands in <see cref="DirectoryError.ServerText"/> as it came.</summary>
    public static DirectoryError Of(LdapResult result)
    {
        var said = Diagnostic.Of(result.Message);
        var row = Array.Find(Table, row => row.Fits(result.Code, said));
        var number = ((int)result.Code).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var error = row?.Error ?? new DirectoryError.Other(number);
        return error with
        {
            Attribute = row?.Attribute ?? said.Attribute,
            ServerText = said.Text.Length > 0 ? said.Text : "LDAP " + number,
        };
    }

    /// <summary>No answer: why, in a sentence for people, and the client's own words beside it.</summary>
    public static DirectoryError Of(LdapFault fault)
    {
        var said = fault.Result is { Message.Length: > 0 } result ? $"{fault.Message} {result.Message.TrimEnd('\0', '\n', ' ')}" : fault.Message;
        return new DirectoryError.Unavailable
        {
            ServerText = $"{Sentence(fault)} ({said})",
            Detail = fault.Kind == LdapFaultKind.TooLarge ? Sentence(fault) : null,
        };
    }

    /// <summary>For who runs the portal; everybody else reads that the directory did not answer.</summary>
    private static string Sentence(LdapFault fault) => fault switch
    {
        { Certificate: { } problem } => Sentence(fault.Server, problem),
        { Kind: LdapFaultKind.Bind, Result.Code: InvalidCredentials } => Texts.Format("Server.Password", fault.Server),
        _ => Texts.Format("Server." + fault.Kind, fault.Server),
    };

    private static string Sentence(string server, CertificateProblem problem) => problem switch
    {
        CertificateProblem.WrongName wrong => Texts.Format("Server.CertificateName", server, wrong.Wanted, string.Join(", ", wrong.Names)),
        CertificateProblem.Expired expired => Texts.Format("Server.CertificateExpired", server, Day(expired.NotAfter)),
        CertificateProblem.NotYetValid early => Texts.Format("Server.CertificateEarly", server, Day(early.NotBefore)),
        CertificateProblem.Untrusted untrusted => Texts.Format("Server.CertificateUntrusted", server, untrusted.Issuer),
        CertificateProblem.Other other => Texts.Format("Server.CertificateOther", server, other.Status),
        _ => throw new InvalidOperationException("Unreachable: the hierarchy is closed."),
    };

    private static string Day(DateTimeOffset when) => when.ToString("d", System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>One line of the table.</summary>
    /// <param name="Win32">The code in front of the text; null for any.</param>
    /// <param name="Words">What the text has to say; null for anything.</param>
    /// <param name="Attribute">The attribute at fault, as plans call it; null for the one that the text names.</param>
    private sealed record Row(LdapResultCode Code, uint? Win32, string? Words, DirectoryError Error, string? Attribute = null)
    {
        public bool Fits(LdapResultCode code, Diagnostic said) =>
            Code == code && (Win32 is null || Win32 == said.Win32) && (Words is null || said.Says(Words));
    }
}
