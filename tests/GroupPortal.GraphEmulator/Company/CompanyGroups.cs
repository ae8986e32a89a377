using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Company;

/// <summary>Some 60 groups of every kind.</summary>
internal sealed class CompanyGroups
{
    private static readonly string[] Projects = ["Alder", "Beacon", "Cypress", "Delta", "Echo", "Fern", "Garnet", "Hazel", "Iris", "Jade", "Kelp", "Larch"];
    private static readonly string[] Applications = ["Ledger", "Timecards", "Wiki", "Tickets", "Payroll", "Warehouse", "Reports", "Printing", "Remote Desk", "Secrets"];
    private static readonly string[] Lists = ["Announcements", "Lunch", "Cycling", "Book Club", "Security News", "Facilities"];

    private readonly Tenant _tenant;
    private readonly IReadOnlyList<DirectoryObject> _people;
    private readonly IReadOnlyList<DirectoryObject> _others;
    private int _count;

    private CompanyGroups(Tenant tenant, IReadOnlyList<DirectoryObject> people, IReadOnlyList<DirectoryObject> others)
    {
        _tenant = tenant;
        _people = people;
        _others = others;
    }

    public static void Add(Tenant tenant, IReadOnlyList<DirectoryObject> people, IReadOnlyList<DirectoryObject> others)
    {
        var groups = new CompanyGroups(tenant, people, others);
        groups.AddSamples();
        groups.AddDepartments();
        groups.AddProjects();
        groups.AddApplications();
        groups.AddExchange();
        groups.AddSpecial();
        foreach (var group in tenant.Store.All(ObjectKind.Group).Where(group => group.IsDynamic()))
        {
            // They are older than the emulator: filled from the start, whatever the delay.
            tenant.Dynamic.Schedule(group);
            group.Group!.EvaluateAt = DateTimeOffset.MinValue;
        }

        tenant.Settle();
    }

    /// <summary>Those that the sample requests name.</summary>
    private void AddSamples()
    {
        var samples = new[]
        {
            ("24bda903-2afd-408a-a55c-c18adcfb543e", "DemoGroup1"), ("124b2528-a08a-41a1-9e8e-b1d5e6434153", "DemoGroup2"),
            ("9ba5dc8f-bdf0-4cc8-bc53-5012e94508c8", "DemoSmartA"), ("424eea5a-7781-4c46-851f-28348b597a72", "DemoSmartB"),
        };
        foreach (var (id, name) in samples)
        {
            var group = Group(name, "A group of the sample requests", Kind.Security, Guid.Parse(id));
            Link(group, [_people[5]], Some(6, name));
        }
    }

    private void AddDepartments()
    {
        foreach (var (department, _) in Words.Departments)
        {
            var group = Group($"{department} Department", $"Everybody in {department}", Kind.Security);
            List<DirectoryObject> members = [.. _people.Where(person => person.Text("department") == department)];
            Link(group, members.Count > 0 ? [members[0]] : [_people[0]], members);
        }
    }

    private void AddProjects()
    {
        for (var index = 0; index < Projects.Length; index++)
        {
            var group = Group($"Project {Projects[index]}", $"People working on {Projects[index]}", index % 3 == 0 ? Kind.Team : Kind.Unified);
            var members = Some(5 + (index * 2), "project" + Projects[index]);
            // Uma leads the first three.
            Link(group, [index < 3 ? _people[4] : members[0]], members);
        }
    }

    private void AddApplications()
    {
        for (var index = 0; index < Applications.Length; index++)
        {
            var group = Group($"App {Applications[index]} Users", $"May use {Applications[index]}", Kind.Security);
            Link(group, [_people[1 + (index % 3)]], Some(8, "app" + Applications[index]));
            // Nested: a department as a whole, and what else a security group can hold.
            var department = _tenant.Store.All(ObjectKind.Group).First(one => one.Text("displayName") == $"{Words.Departments[index % Words.Departments.Length].Name} Department");
            _tenant.Store.AddMember(group, department);
            foreach (var other in _others.Skip(index).Take(2).Concat(index == 0 ? _others.TakeLast(8) : []))
            {
                _tenant.Store.AddMember(group, other);
            }
        }
    }

    private void AddExchange()
    {
        foreach (var list in Lists)
        {
            Link(Group(list, $"Mailing list: {list}", Kind.Distribution), [_people[3]], Some(20, list));
        }

        foreach (var (city, _, _, _, _, _) in Words.Offices)
        {
            var group = Group($"{city} Building Access", $"Doors and mail of {city}", Kind.MailSecurity);
            Link(group, [_people[3]], [.. _people.Where(person => person.Text("city") == city).Take(40)]);
        }
    }

    private void AddSpecial()
    {
        for (var index = 0; index < 6; index++)
        {
            var name = $"Domain {Applications[index]} Operators";
            var group = Group(name, "Synchronized from the domain", Kind.Synchronized);
            Link(group, [], Some(4, name));
        }

        foreach (var (name, rule) in new[]
        {
            ("Everybody in Sales", "(user.department -eq \"Sales\")"),
            ("All Guests", "(user.userType -eq \"Guest\")"),
            ("Enabled Members", "(user.accountEnabled -eq true) -and (user.userType -eq \"Member\")"),
        })
        {
            Link(Group(name, "Filled by a rule", Kind.Dynamic, rule: rule), [_people[1]], []);
        }

        Link(Group("Research Circle", "Filled by a rule", Kind.DynamicUnified, rule: "user.department -in [\"Research\", \"Production\"]"), [_people[4]], []);
        foreach (var name in new[] { "Tier 0 Administrators", "Help Desk Administrators" })
        {
            Link(Group(name, "Can be given directory roles", Kind.RoleAssignable), [_people[2]], [_people[1], _people[2]]);
        }

        Link(Group("Works Council", "Members are not shown", Kind.Hidden), [_people[2]], Some(5, "council"));
        Link(Group("Orphaned Share", "Nobody owns it", Kind.Security), [], Some(3, "orphan"));
    }

    private DirectoryObject Group(string name, string description, Kind kind, Guid? id = null, string? rule = null)
    {
        var isUnified = kind is Kind.Unified or Kind.Team or Kind.DynamicUnified or Kind.Hidden;
        var isDynamic = kind is Kind.Dynamic or Kind.DynamicUnified;
        var isMail = isUnified || kind is Kind.Distribution or Kind.MailSecurity;
        var nickname = string.Concat(name.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        var number = _count++;
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["displayName"] = name,
            ["description"] = description,
            ["mailNickname"] = nickname,
            ["mailEnabled"] = isMail,
            ["securityEnabled"] = kind != Kind.Distribution && (!isUnified || kind == Kind.Hidden),
            ["groupTypes"] = (string[])[.. isUnified ? ["Unified"] : Array.Empty<string>(), .. isDynamic ? ["DynamicMembership"] : Array.Empty<string>()],
            ["createdDateTime"] = new DateTimeOffset(2022, 1, 10, 9, 0, 0, TimeSpan.Zero).AddDays(number * 9),
            ["renewedDateTime"] = new DateTimeOffset(2022, 1, 10, 9, 0, 0, TimeSpan.Zero).AddDays(number * 9),
            ["visibility"] = kind switch { Kind.Hidden => "HiddenMembership", _ when isUnified && number % 2 == 0 => "Public", _ => "Private" },
            ["membershipRule"] = rule,
            ["membershipRuleProcessingState"] = rule is null ? null : "On",
            ["isAssignableToRole"] = kind == Kind.RoleAssignable ? true : null,
            ["mail"] = isMail ? $"{nickname}@{_tenant.Options.Domain}" : null,
            ["proxyAddresses"] = isMail ? [$"SMTP:{nickname}@{_tenant.Options.Domain}"] : Array.Empty<string>(),
            ["resourceProvisioningOptions"] = kind == Kind.Team ? ["Team"] : Array.Empty<string>(),
            ["onPremisesSyncEnabled"] = kind == Kind.Synchronized ? true : null,
            ["onPremisesSamAccountName"] = kind == Kind.Synchronized ? name : null,
            ["onPremisesDomainName"] = kind == Kind.Synchronized ? "fennimore.example" : null,
            ["onPremisesNetBiosName"] = kind == Kind.Synchronized ? "FENNIMORE" : null,
            ["onPremisesLastSyncDateTime"] = kind == Kind.Synchronized ? new DateTimeOffset(2026, 6, 1, 3, 0, 0, TimeSpan.Zero) : null,
        };
        GroupDefaults.Fill(_tenant, values, isUnified);
        return _tenant.Store.Create(id ?? Numbers.Id("group", number), ObjectKind.Group, TimeSpan.Zero, values);
    }

    private void Link(DirectoryObject group, IReadOnlyList<DirectoryObject> owners, IReadOnlyList<DirectoryObject> members)
    {
        foreach (var owner in owners)
        {
            _tenant.Store.AddOwner(group, owner);
        }

        foreach (var member in members)
        {
            _tenant.Store.AddMember(group, member);
        }
    }

    private List<DirectoryObject> Some(int count, string what) =>
        [.. Enumerable.Range(0, count).Select(number => _people[Numbers.Below(_people.Count, what, number)]).Distinct()];

    private enum Kind
    {
        Security,
        Unified,
        Team,
        Distribution,
        MailSecurity,
        Synchronized,
        Dynamic,
        DynamicUnified,
        RoleAssignable,
        Hidden,
    }
}
