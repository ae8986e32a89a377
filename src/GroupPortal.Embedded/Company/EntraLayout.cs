using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Company;

/// <summary>Flat: everything lies below the tenant, and a DN is made of the id, because names repeat.</summary>
internal sealed class EntraLayout(IdentityStore store) : CompanyLayout(store)
{
    private static readonly string[] Applications =
        ["Payroll Sync", "Directory Export", "Build Agent", "Backup Runner", "Chat Connector", "Invoice Scanner", "Room Booking", "Status Board"];

    public override int OwnersPerGroup => 100;

    public override IEnumerable<(DistinguishedName Dn, string Name)> Containers => [(Base, Domain)];

    public override IEnumerable<Placed> Accounts => Applications.Select((name, number) =>
        Place(IdOf(Store, Subject.Container, number), ObjectKind.ServicePrincipal, name, Founded, item => item with { DisplayName = name }));

    public override IEnumerable<FixedGroup> FixedGroups =>
    [
        new(
            Place(IdOf(Store, Subject.Container, 1000), ObjectKind.Group, "Global Administrators (PIM)", Founded, group => group with
            {
                DisplayName = group.Name,
                Description = "Role-assignable: Global Administrator, on request",
                MailNickname = "global-administrators-pim",
                GroupType = (int)EntraGroupType.Security,
                IsProtected = true,
            }),
            ["ida"],
            ["ada", "ida"]),
    ];

    public override Guid? FixedId(Person person) =>
        person.Index == People.SampleOwner ? Guid.Parse("ee3ba6e3-02be-47b2-9892-0510bceabb7b") : null;

    public override Placed Machine(int number, Guid id)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"WS-{number:00000}");
        return Place(id, ObjectKind.Device, name, Founded, item => item with { DisplayName = name });
    }

    public override Placed Person(Person person, Guid id) => Place(id, ObjectKind.User, person.Name, person.Created, item => item with
    {
        DisplayName = person.Name,
        UserPrincipalName = $"{person.Account}@{Domain}",
        Mail = $"{person.Account}@{Domain}",
        MailNickname = person.Account,
        Title = person.Title,
        Department = Words.Departments[person.Department].Name,
        Office = person.Office,
        Company = Words.CompanyName,
        Enabled = person.Enabled,
    });

    public override Placed Contact(string name, string partner, string mail, Guid id) =>
        Place(id, ObjectKind.Contact, $"{name} ({partner})", Founded, item => item with { DisplayName = item.Name, Mail = mail, Company = partner });

    public override Placed Group(CompanyGroup group, Guid id)
    {
        var type = group.Style switch
        {
            GroupStyle.Distribution => EntraGroupType.Distribution,
            GroupStyle.Shared => EntraGroupType.Microsoft365,
            GroupStyle.Team => EntraGroupType.Teams,
            _ => EntraGroupType.Security,
        };
        return Place(id, ObjectKind.Group, group.Name, Founded, item => item with
        {
            DisplayName = group.Name,
            Description = group.Description,
            MailNickname = group.Nickname,
            Mail = type == EntraGroupType.Security ? null : $"{group.Nickname}@{Domain}",
            GroupType = (int)type,
        });
    }

    private Placed Place(Guid id, ObjectKind kind, string name, long created, Func<StoredObject, StoredObject> more) =>
        new(more(New(id, kind, name, Base.Child("CN", id.ToString()), created)), Base.ToString());
}
