using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Embedded;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.TestDirectories.Samba;

/// <summary>The sample company as the embedded store fills itself with it, in the words of a real Active Directory.</summary>
internal static class DemoCompany
{
    private static readonly string[] OfEveryDomain = [$"CN=Users,{DemoDomain.BaseDn}", $"CN=Builtin,{DemoDomain.BaseDn}"];

    /// <summary>Objects in an order in which whatever one refers to stands before it.</summary>
    public static async Task<(IReadOnlyList<TemplateObject> Objects, IReadOnlyList<TemplateMembership> Memberships)> ReadAsync(
        CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("groupportal-");
        try
        {
            var options = new EmbeddedOptions { DataDirectory = folder.FullName, People = DemoDomain.People };
            using var directory = await EmbeddedDirectory.OpenAsync(DemoDomain.Store, options, TimeProvider.System, cancellation);
            return directory.Database.Read(Export);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (IReadOnlyList<TemplateObject> Objects, IReadOnlyList<TemplateMembership> Memberships) Export(Session session)
    {
        var all = Rows(session).ToDictionary(item => item.Row);
        var owners = Links(session, "SELECT group_id, owner_id FROM owners WHERE ordinal = 0").ToDictionary(link => link.Group, link => link.Other);
        var members = Links(session, "SELECT group_id, member_id FROM members ORDER BY group_id, name_key, member_id")
            .ToLookup(link => link.Group, link => all[link.Other].Dn);

        var objects = all.Values
            .Where(item => !IsOfEveryDomain(item.Dn))
            // Containers before what is in them, then managers before those who report to them, then groups, as they were filled in.
            .OrderBy(item => item.Kind switch { ObjectKind.OrganizationalUnit => 0, ObjectKind.Group => 2, _ => 1 })
            .ThenBy(item => Depth(item, all))
            .ThenBy(item => item.Row)
            .Select(item => Object(item, Dn(item.Manager), owners.TryGetValue(item.Row, out var owner) ? all[owner].Dn : null, [.. members[item.Row]]));
        var memberships = all.Values
            .Where(item => item.Kind == ObjectKind.Group && IsOfEveryDomain(item.Dn) && members[item.Row].Any())
            .Select(item => new TemplateMembership(item.Dn, [.. members[item.Row]]));
        return ([.. objects], [.. memberships]);

        string? Dn(long? row) => row is { } known ? all[known].Dn : null;
    }

    private static TemplateObject Object(StoredObject item, string? manager, string? owner, string[] members)
    {
        var attributes = new Dictionary<string, string[]>(StringComparer.Ordinal);
        Add("objectClass", item.Kind switch
        {
            ObjectKind.User => "user",
            ObjectKind.Contact => "contact",
            ObjectKind.Computer => "computer",
            ObjectKind.OrganizationalUnit => "organizationalUnit",
            _ => "group",
        });
        Add("sAMAccountName", item.AccountName);
        Add("userPrincipalName", item.UserPrincipalName);
        Add("displayName", item.DisplayName);
        Add("description", item.Description);
        Add("mail", item.Mail);
        Add("title", item.Title);
        Add("department", item.Department);
        Add("physicalDeliveryOfficeName", item.Office);
        Add("company", item.Company);
        Add("manager", manager);
        Add("groupType", item.GroupType?.ToString(CultureInfo.InvariantCulture));
        Add("managedBy", owner);
        Add("member", members);
        Add("userAccountControl", item.Kind switch
        {
            ObjectKind.User => item.Enabled ? "512" : "514",
            ObjectKind.Computer => "4096",
            _ => null,
        });
        return new TemplateObject(item.Dn, attributes)
        {
            Id = item.Id,
            Password = item.Kind == ObjectKind.User ? DemoAccounts.People.FirstOrDefault(person => person.Name == item.AccountName)?.Password : null,
        };

        void Add(string name, params string?[] values)
        {
            if (values is [not null, ..])
            {
                attributes.Add(name, values!);
            }
        }
    }

    /// <summary>Provisioning makes these itself, with GUIDs of its own.</summary>
    private static bool IsOfEveryDomain(string dn) =>
        dn == DemoDomain.BaseDn || OfEveryDomain.Any(container => dn == container || dn.EndsWith("," + container, StringComparison.Ordinal));

    private static int Depth(StoredObject item, Dictionary<long, StoredObject> all)
    {
        var depth = 0;
        for (var row = item.Manager; row is { } manager; row = all[manager].Manager)
        {
            depth++;
        }

        return depth;
    }

    private static List<StoredObject> Rows(Session session)
    {
        using var reader = session.Query($"SELECT {StoredObject.Columns} FROM objects o ORDER BY o.id");
        var rows = new List<StoredObject>();
        while (reader.Read())
        {
            rows.Add(StoredObject.Read(reader));
        }

        return rows;
    }

    private static List<(long Group, long Other)> Links(Session session, string sql)
    {
        using var reader = session.Query(sql);
        var links = new List<(long, long)>();
        while (reader.Read())
        {
            links.Add((reader.GetInt64(0), reader.GetInt64(1)));
        }

        return links;
    }
}
