using System.Globalization;
using System.Text;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Criteria;

/// <summary>
/// A domain controller with people whose values are everything that criteria stumble over, loaded once, and the same people as
/// rules see them, read back from the server.
/// </summary>
public sealed class CriteriaDomain : IAsyncLifetime, ICriteriaReferences
{
    public const string BaseDn = "OU=Criteria,DC=demo,DC=local";

    private const string Never = "9223372036854775807";

    private static readonly string[] Departments =
    [
        "Engineering", "engineering", " Engineering", "Engineering ", "Real Estate", "Real  Estate", "real estate", "R*D", "R(D)", "R\\D", "R\\2aD", "Café", "CAFÉ", "Cafe", "Straße", "e",
    ];

    private static readonly string[] Titles = ["Clerk", "clerk of works", "Head, \"Sales\"", "a=b&c|d!e", "<none>", "100%", "#1", "日本", "🎈 balloonist", "x\u0301"];

    private readonly Dictionary<string, Guid> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<Guid, ReplicaObject> _byId = [];
    private readonly Dictionary<Guid, List<Guid>> _memberOf = [];
    private SambaDomainController? _controller;
    private LdapTool? _tool;

    internal IReadOnlyCollection<ReplicaObject> Objects => _byId.Values;

    public async Task InitializeAsync()
    {
        if (ServerTools.Samba.ReasonToSkip is not null)
        {
            return;
        }

        _controller = await SambaDomainController.StartAsync();
        _tool = LdapTool.For(_controller, SambaDomainController.Administrator);
        Assert.Equal(0, await _tool.ModifyAsync(People()));
        var (code, lines) = await _tool.SearchForAsync(BaseDn, "(objectClass=*)", ["*", "objectGUID", "whenCreated"]);
        Assert.Equal(0, code);
        Load(lines);
    }

    public async Task DisposeAsync()
    {
        if (_controller is not null)
        {
            await _controller.DisposeAsync();
        }
    }

    /// <summary>Whom a filter selects.</summary>
    internal async Task<IReadOnlySet<Guid>> SearchAsync(string filter)
    {
        var (code, lines) = await _tool!.SearchForAsync(BaseDn, filter, ["objectGUID"]);
        Assert.True(code == 0, $"{code}: {filter}");
        return lines.Where(line => line.StartsWith("objectGUID:: ", StringComparison.Ordinal))
            .Select(line => new Guid(Convert.FromBase64String(line["objectGUID:: ".Length..]))).ToHashSet();
    }

    public Guid? Find(DistinguishedName name) => _byName.TryGetValue(name.Key, out var id) ? id : null;

    public IReadOnlyList<Guid> MemberOf(Guid id) => _memberOf.GetValueOrDefault(id) ?? [];

    public bool Reaches(Guid from, string attribute, Guid target, int? depth)
    {
        var (seen, edge) = (new HashSet<Guid>(), new List<Guid> { from });
        for (var step = 0; edge.Count > 0 && (depth is null || step < depth); step++)
        {
            edge = [.. edge.SelectMany(id => Steps(id, attribute)).Where(seen.Add)];
            if (seen.Contains(target))
            {
                return true;
            }
        }

        return false;
    }

    private IEnumerable<Guid> Steps(Guid id, string attribute) => attribute == "memberOf"
        ? MemberOf(id)
        : _byId[id].Values.Where(pair => pair.Key == attribute).SelectMany(pair => pair.Value).Select(name => Find(DistinguishedName.Parse(name))).OfType<Guid>();

    private static string People()
    {
        var numbers = new SeededNumbers(11);
        var ldif = new StringBuilder();
        Add(ldif, BaseDn, [("objectClass", "organizationalUnit")]);
        for (var index = 0; index < 120; index++)
        {
            var number = index.ToString("000", CultureInfo.InvariantCulture);
            var values = new List<(string, string)>
            {
                ("objectClass", "user"), ("sAMAccountName", "crit" + number),
                ("userAccountControl", Pick(numbers, "544", "546", "66080", "66082", "262688")),
            };
            Sometimes("department", Departments);
            Sometimes("title", Titles);
            Sometimes("description", [.. Departments, .. Titles]);
            Sometimes("company", ["Contoso", "contoso ", "Fabrikam", "Con toso"]);
            Sometimes("mail", [$"u{number}@demo.local", "shared@demo.local"]);
            Sometimes("employeeID", ["007", "7", "70"]);
            Sometimes("adminCount", ["0", "1", "2", "-1", "2147483647", "-2147483648"]);
            Sometimes("accountExpires", ["0", Never, "134167968000000000", "133852608000000000", "1"]);
            if (numbers.Below(2) == 0)
            {
                string[] addresses = [$"SMTP:u{number}@demo.local", $"smtp:x{number}@contoso.com", "x500:/o=a (b)*", "smtp:Zoë@demo.local", " smtp:blank ", "smtp:two  blanks", "\\*"];
                values.AddRange(addresses.Skip(numbers.Below(5)).Take(1 + numbers.Below(4)).Select(address => ("proxyAddresses", address)));
            }

            if (index > 0 && numbers.Below(3) > 0)
            {
                values.Add(("manager", Person(index / (2 + numbers.Below(3)))));
            }

            Add(ldif, Person(index), values);

            void Sometimes(string name, IReadOnlyList<string> from)
            {
                if (numbers.Below(5) > 0)
                {
                    values.Add((name, from[numbers.Below(from.Count)]));
                }
            }
        }

        for (var index = 0; index < 12; index++)
        {
            var number = index.ToString("000", CultureInfo.InvariantCulture);
            Add(ldif, $"CN=Machine {number},{BaseDn}", [("objectClass", "computer"), ("sAMAccountName", $"crit{number}$"), ("userAccountControl", Pick(numbers, "4096", "4098")), ("description", Departments[index])]);
            Add(ldif, $"CN=Contact {number},{BaseDn}", [("objectClass", "contact"), ("displayName", Titles[index % Titles.Length]), ("mail", $"c{number}@contoso.com"), ("manager", Person(index))]);
        }

        // A line of command that closes to a ring, so that a chain must know where it has been.
        ldif.Append(CultureInfo.InvariantCulture, $"dn: {Person(0)}\nchangetype: modify\nreplace: manager\nmanager: {Person(9)}\n\n");
        for (var group = 0; group < 8; group++)
        {
            List<(string, string)> values = [("objectClass", "group"), ("sAMAccountName", $"critgroup{group}"), ("groupType", Pick(numbers, "2", "8", "-2147483640", "-2147483646"))];
            values.AddRange(Enumerable.Range(0, 120).Where(_ => numbers.Below(6) == 0).Select(index => ("member", Person(index))));
            if (group > 0)
            {
                values.Add(("member", Group(group / 2)));
            }

            Add(ldif, Group(group), values);
        }

        return ldif.ToString();
    }

    internal static string Person(int index) => index % 10 == 3
        ? string.Create(CultureInfo.InvariantCulture, $"CN=Crit\\, (the {index}*),{BaseDn}")
        : string.Create(CultureInfo.InvariantCulture, $"CN=Crit {index},{BaseDn}");

    internal static string Group(int index) => string.Create(CultureInfo.InvariantCulture, $"CN=Group {index},{BaseDn}");

    private static string Pick(SeededNumbers numbers, params string[] from) => from[numbers.Below(from.Length)];

    private static void Add(StringBuilder ldif, string name, IEnumerable<(string Name, string Value)> values)
    {
        ldif.Append(CultureInfo.InvariantCulture, $"dn:: {Convert.ToBase64String(Encoding.UTF8.GetBytes(name))}\nchangetype: add\n");
        foreach (var (attribute, value) in values)
        {
            ldif.Append(CultureInfo.InvariantCulture, $"{attribute}:: {Convert.ToBase64String(Encoding.UTF8.GetBytes(value))}\n");
        }

        ldif.Append('\n');
    }

    private void Load(string[] lines)
    {
        var vocabulary = CriteriaVocabulary.For(StoreKind.ActiveDirectory);
        var members = new Dictionary<Guid, string[]>();
        foreach (var entry in Entries(lines))
        {
            string Text(string name) => Encoding.UTF8.GetString(entry[name][0]);
            var id = new Guid(entry["objectGUID"][0]);
            var classes = entry["objectClass"].Select(Encoding.UTF8.GetString).ToList();
            var kind = classes.Contains("computer") ? ObjectKind.Computer : classes.Contains("contact") ? ObjectKind.Contact : classes.Contains("user") ? ObjectKind.User : classes.Contains("group") ? ObjectKind.Group : ObjectKind.OrganizationalUnit;
            var values = new List<KeyValuePair<string, IReadOnlyList<string>>>();
            foreach (var attribute in vocabulary.Attributes.Where(attribute => attribute.IsReplicated && attribute.Ldap is not null && attribute.Name != "memberOf"))
            {
                if (entry.TryGetValue(attribute.Ldap!, out var raw)
                    && raw.Select(value => Said(attribute, Encoding.UTF8.GetString(value))).OfType<string>().ToList() is { Count: > 0 } said)
                {
                    values.Add(new(attribute.Name, said));
                }
            }

            _byId[id] = new ReplicaObject(id, kind, Text("dn"), values);
            _byName[DistinguishedName.Parse(Text("dn")).Key] = id;
            members[id] = entry.TryGetValue("member", out var names) ? [.. names.Select(Encoding.UTF8.GetString)] : [];
        }

        foreach (var (group, names) in members)
        {
            foreach (var name in names)
            {
                var member = Find(DistinguishedName.Parse(name))!.Value;
                (_memberOf.TryGetValue(member, out var groups) ? groups : _memberOf[member] = []).Add(group);
            }
        }
    }

    /// <summary>As the replica has it; null for a time that means never.</summary>
    private static string? Said(CriteriaAttribute attribute, string value) => attribute.Syntax != CriteriaSyntaxes.Time ? value
        : attribute.TimeForm == TimeForm.FileTime
            ? value is "0" or Never ? null : DateTime.FromFileTimeUtc(long.Parse(value, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
            : DateTime.ParseExact(value, "yyyyMMddHHmmss'.0Z'", CultureInfo.InvariantCulture).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static IEnumerable<Dictionary<string, List<byte[]>>> Entries(string[] lines)
    {
        Dictionary<string, List<byte[]>>? entry = null;
        foreach (var line in lines.Where(line => line[0] != '#'))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            var name = line[..colon];
            var value = line[colon + 1] == ':' ? Convert.FromBase64String(line[(colon + 3)..]) : Encoding.UTF8.GetBytes(line[(colon + 2)..]);
            if (name == "dn")
            {
                if (entry is not null)
                {
                    yield return entry;
                }

                entry = new(StringComparer.OrdinalIgnoreCase);
            }

            (entry!.TryGetValue(name, out var values) ? values : entry[name] = []).Add(value);
        }

        if (entry is not null)
        {
            yield return entry;
        }
    }
}
