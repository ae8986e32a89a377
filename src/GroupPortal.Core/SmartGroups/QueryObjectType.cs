namespace GroupPortal.Core.SmartGroups;

/// <summary>What kinds of objects a rule asks for: IMSGObjectTypes 1 to 11 of the API (reference groupid.md (d)), and devices.</summary>
public enum QueryObjectType
{
    MailboxUsers = 1,
    ExternalAddressUsers = 2,
    ExternalAddressContacts = 3,
    MailEnabledGroups = 4,
    MailEnabledPublicFolders = 5,
    Users = 6,
    Contacts = 7,
    Groups = 8,
    Workstations = 9,
    Servers = 10,
    DomainControllers = 11,

    /// <summary>Ours, for Entra rules on <c>device.*</c>; GroupID has none.</summary>
    Devices = 101,
}
