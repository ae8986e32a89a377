using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Company;

/// <summary>Writes the company into an empty file, through the same table code as every later write.</summary>
internal sealed class CompanyFiller(Session session, IdentityStore store, CompanyLayout layout, CancellationToken cancellation)
{
    private readonly ObjectTable _objects = new(session, store.Folding);
    private readonly Dictionary<string, long> _containers = new(StringComparer.Ordinal);

    /// <summary>Accounts and fixed groups by the name that <see cref="FixedGroup"/> uses, with their folded names.</summary>
    private readonly Dictionary<string, Row> _known = new(StringComparer.Ordinal);

    private sealed record Row(long Number, string NameKey);

    public void Fill(int people)
    {
        var company = new People(people);
        foreach (var (dn, name) in layout.Containers)
        {
            AddContainer(dn, name);
        }

        foreach (var account in layout.Accounts)
        {
            _known[account.Object.Name] = Add(account);
        }

        var rows = AddPeople(company);
        AddContacts(Math.Max(1, people / 50));
        for (var number = 1; number <= Math.Max(2, people / 20); number++)
        {
            Add(layout.Machine(number, CompanyLayout.IdOf(store, Subject.Machine, number)));
        }

        foreach (var group in layout.FixedGroups)
        {
            AddFixedGroup(group);
        }

        AddGroups(new CompanyGroups(company), rows);
        // The next RID lies beyond those given here.
        Counters.Add(session, Counters.NextRid, ActiveDirectoryLayout.FirstRid + 1000);
        session.Execute(
            "UPDATE objects SET member_count = (SELECT count(*) FROM members m WHERE m.group_id = objects.id) WHERE kind = 2");
    }

    private Row[] AddPeople(People company)
    {
        var rows = new Row[company.All.Count];
        foreach (var person in company.All)
        {
            var id = layout.FixedId(person) ?? CompanyLayout.IdOf(store, Subject.PersonId, person.Index);
            var placed = layout.Person(person, id);
            rows[person.Index] = Add(placed);
            _objects.InsertDetails(rows[person.Index].Number, person.Details());
            _known[person.Account] = rows[person.Index];
        }

        foreach (var person in company.All.Where(person => person.Manager is not null))
        {
            session.Execute("UPDATE objects SET manager = $2 WHERE id = $1", rows[person.Index].Number, rows[person.Manager!.Value].Number);
        }

        return rows;
    }

    private void AddContacts(int count)
    {
        for (var index = 0; index < count; index++)
        {
            var numbers = SplitMix.For(Subject.Contact, index);
            var first = numbers.Pick(Words.FirstNames);
            var last = numbers.Pick(Words.LastNames);
            var partner = numbers.Pick(Words.Partners);
            var mail = $"{People.Ascii(first)}.{People.Ascii(last)}@{partner.ToLowerInvariant()}.example";
            Add(layout.Contact($"{first} {last}", partner, mail, CompanyLayout.IdOf(store, Subject.Contact, index)));
        }
    }

    private void AddFixedGroup(FixedGroup group)
    {
        var row = Add(group.Group);
        _known[group.Group.Object.Name] = row;
        AddOwners(row, [.. group.Owners.Select(owner => _known[owner])]);
        AddMembers(row, group.MemberAccounts.Select(account => _known[account]));
    }

    private void AddGroups(CompanyGroups groups, Row[] people)
    {
        var rows = new List<Row>(groups.All.Count);
        foreach (var group in groups.All)
        {
            var row = Add(layout.Group(group, CompanyLayout.IdOf(store, Subject.GroupId, group.Index)));
            rows.Add(row);
            AddOwners(row, [.. group.Owners.Take(layout.OwnersPerGroup).Select(owner => people[owner])]);
            AddMembers(row, group.Members.Select(member => people[member]).Concat(group.Nested.Select(nested => rows[nested])));
        }
    }

    private void AddContainer(DistinguishedName dn, string name)
    {
        var parent = dn.Parent is { } above && _containers.TryGetValue(above.ToString(), out var row) ? row : 0;
        _containers[dn.ToString()] = _objects.Insert(new StoredObject
        {
            Id = CompanyLayout.IdOf(store, Subject.Container, 10_000 + _containers.Count),
            Kind = ObjectKind.OrganizationalUnit,
            Name = name,
            Dn = dn.ToString(),
            Parent = parent,
            Created = new DateTime(2019, 1, 7, 0, 0, 0, DateTimeKind.Utc).Ticks,
            Changed = new DateTime(2019, 1, 7, 0, 0, 0, DateTimeKind.Utc).Ticks,
        });
    }

    private Row Add(Placed placed)
    {
        cancellation.ThrowIfCancellationRequested();
        var item = placed.Object with { Parent = _containers[placed.ContainerDn] };
        return new Row(_objects.Insert(item), store.Folding.Fold(item.Name));
    }

    private void AddOwners(Row group, IReadOnlyList<Row> owners)
    {
        for (var ordinal = 0; ordinal < owners.Count; ordinal++)
        {
            session.Execute("INSERT INTO owners (group_id, ordinal, owner_id) VALUES ($1, $2, $3)", group.Number, ordinal, owners[ordinal].Number);
        }
    }

    private void AddMembers(Row group, IEnumerable<Row> members)
    {
        foreach (var member in members.OrderBy(member => member.NameKey, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            session.Execute("INSERT INTO members (group_id, name_key, member_id) VALUES ($1, $2, $3)", group.Number, member.NameKey, member.Number);
        }
    }
}
