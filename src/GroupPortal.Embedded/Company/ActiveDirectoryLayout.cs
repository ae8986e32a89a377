using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Rules;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Company;

internal sealed class ActiveDirectoryLayout : CompanyLayout
{
    public const int FirstRid = 1104;

    private const int UniversalSecurity = unchecked((int)0x80000008);
    private const int GlobalSecurity = unchecked((int)0x80000002);
    private const int LocalSecurity = unchecked((int)0x80000004);
    private const int UniversalDistribution = 8;

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly string _domainSid;
    private readonly DistinguishedName _groups;
    private readonly DistinguishedName _staff;
    private readonly DistinguishedName _contacts;
    private readonly DistinguishedName _workstations;
    private readonly DistinguishedName _users;
    private readonly DistinguishedName _builtin;

    public ActiveDirectoryLayout(IdentityStore store)
        : base(store)
    {
        _domainSid = ActiveDirectoryRules.DomainSid(store);
        _groups = Base.Child("OU", "Groups");
        _staff = Base.Child("OU", "Staff");
        _contacts = Base.Child("OU", "Contacts");
        _workstations = Base.Child("OU", "Workstations");
        _users = Base.Child("CN", "Users");
        _builtin = Base.Child("CN", "Builtin");
    }

    public override int OwnersPerGroup => 1;

    public override IEnumerable<(DistinguishedName Dn, string Name)> Containers =>
    [
        (Base, Domain),
        .. new[] { _groups, _staff, _contacts, _workstations, _users, _builtin }.Select(dn => (dn, dn.Name)),
        .. Words.Departments.Select(department => (_staff.Child("OU", department.Name), department.Name)),
    ];

    public override IEnumerable<Placed> Accounts =>
    [
        new(
            New(IdOf(Store, Subject.Container, 500), ObjectKind.User, "Administrator", _users.Child("CN", "Administrator"), Founded) with
            {
                AccountName = "Administrator",
                UserPrincipalName = $"Administrator@{Domain}",
            },
            _users.ToString()),
    ];

    public override IEnumerable<FixedGroup> FixedGroups =>
    [
        Builtin("Administrators", 544, "Complete and unrestricted access to the domain", isProtected: true, ["Administrator"]),
        Builtin("Users", 545, "Cannot make system-wide changes", isProtected: false, []),
        Builtin("Guests", 546, "As users, with fewer rights", isProtected: false, []),
        Builtin("Account Operators", 548, "May administer accounts", isProtected: true, []),
        Builtin("Server Operators", 549, "May administer domain servers", isProtected: true, []),
        Builtin("Print Operators", 550, "May administer printers", isProtected: true, []),
        Builtin("Backup Operators", 551, "May override access for backups", isProtected: true, []),
        Critical("Domain Admins", 512, GlobalSecurity, "Designated administrators of the domain", isProtected: true, ["Administrator", "ada"]),
        Critical("Domain Users", 513, GlobalSecurity, "All users of the domain", isProtected: false, []),
        Critical("Domain Guests", 514, GlobalSecurity, "All guests of the domain", isProtected: false, []),
        Critical("Schema Admins", 518, UniversalSecurity, "Designated administrators of the schema", isProtected: true, ["Administrator"]),
        Critical("Enterprise Admins", 519, UniversalSecurity, "Designated administrators of the forest", isProtected: true, ["Administrator"]),
        Critical("Group Policy Creator Owners", 520, GlobalSecurity, "May change group policy", isProtected: true, ["Administrator"]),
        Sample("24bda903-2afd-408a-a55c-c18adcfb543e", "DemoGroup1", 0, null),
        Sample("124b2528-a08a-41a1-9e8e-b1d5e6434153", "DemoGroup2", 1, null),
        Sample("9ba5dc8f-bdf0-4cc8-bc53-5012e94508c8", "DemoSmartA", 2, "Members follow a rule"),
        Sample("424eea5a-7781-4c46-851f-28348b597a72", "DemoSmartB", 3, "Members follow a rule"),
    ];

    public override Guid? FixedId(Person person) =>
        person.Index == People.SampleOwner ? Guid.Parse("19a1822e-e7ef-4206-af75-1c2d8b1d15eb") : null;

    public override Placed Machine(int number, Guid id)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"WS-{number:00000}");
        return new(New(id, ObjectKind.Computer, name, _workstations.Child("CN", name), Founded) with { AccountName = $"{name}$" }, _workstations.ToString());
    }

    public override Placed Person(Person person, Guid id)
    {
        var container = _staff.Child("OU", Words.Departments[person.Department].Name);
        var dn = Unique(container, person.Name);
        return new(
            New(id, ObjectKind.User, dn.Name, dn, person.Created) with
            {
                DisplayName = person.Name,
                AccountName = person.Account,
                UserPrincipalName = $"{person.Account}@{Domain}",
                Mail = $"{person.Account}@{Domain}",
                MailNickname = person.Account,
                Title = person.Title,
                Department = Words.Departments[person.Department].Name,
                Office = person.Office,
                Company = Words.CompanyName,
                Enabled = person.Enabled,
            },
            container.ToString());
    }

    public override Placed Contact(string name, string partner, string mail, Guid id)
    {
        var dn = Unique(_contacts, $"{name} ({partner})");
        return new(New(id, ObjectKind.Contact, dn.Name, dn, Founded) with { DisplayName = dn.Name, Mail = mail, Company = partner }, _contacts.ToString());
    }

    public override Placed Group(CompanyGroup group, Guid id)
    {
        var hasMail = group.Style is not (GroupStyle.Security or GroupStyle.Access);
        return new(
            New(id, ObjectKind.Group, group.Name, _groups.Child("CN", group.Name), Founded) with
            {
                DisplayName = group.Name,
                AccountName = group.Name,
                Description = group.Description,
                MailNickname = hasMail ? group.Nickname : null,
                Mail = hasMail ? $"{group.Nickname}@{Domain}" : null,
                GroupType = group.Style switch
                {
                    GroupStyle.Access => LocalSecurity,
                    GroupStyle.Distribution => UniversalDistribution,
                    GroupStyle.Shared => GlobalSecurity,
                    _ => UniversalSecurity,
                },
                Sid = Sid(FirstRid + 100 + group.Index),
            },
            _groups.ToString());
    }

    private FixedGroup Builtin(string name, int rid, string description, bool isProtected, IReadOnlyList<string> members) =>
        Fixed(_builtin, name, IdOf(Store, Subject.Container, rid), LocalSecurity, $"S-1-5-32-{rid}", description, isProtected, members);

    private FixedGroup Critical(string name, int rid, int type, string description, bool isProtected, IReadOnlyList<string> members) =>
        Fixed(_users, name, IdOf(Store, Subject.Container, rid), type, Sid(rid), description, isProtected, members);

    /// <summary>The groups that the API's samples name; the first two have neither display name nor description there.</summary>
    private FixedGroup Sample(string id, string name, int number, string? description)
    {
        var group = Fixed(_groups, name, Guid.Parse(id), GlobalSecurity, Sid(FirstRid + number), description, isProtected: false, ["uma", "hal"]);
        return group with
        {
            Owners = ["Administrator"],
            Group = group.Group with { Object = group.Group.Object with { DisplayName = description is null ? null : name } },
        };
    }

    private static FixedGroup Fixed(
        DistinguishedName container, string name, Guid id, int type, string sid, string? description, bool isProtected, IReadOnlyList<string> members) =>
        new(
            new Placed(
                New(id, ObjectKind.Group, name, container.Child("CN", name), Founded) with
                {
                    AccountName = name,
                    GroupType = type,
                    Sid = sid,
                    Description = description,
                    IsProtected = isProtected,
                },
                container.ToString()),
            [],
            members);

    private string Sid(int rid) => string.Create(CultureInfo.InvariantCulture, $"{_domainSid}-{rid}");

    /// <summary>Two people of one name in one container: the second is called "… 2", as administrators do.</summary>
    private DistinguishedName Unique(DistinguishedName container, string name)
    {
        var dn = container.Child("CN", name);
        for (var number = 2; !_names.Add(dn.Key); number++)
        {
            dn = container.Child("CN", string.Create(CultureInfo.InvariantCulture, $"{name} {number}"));
        }

        return dn;
    }
}
