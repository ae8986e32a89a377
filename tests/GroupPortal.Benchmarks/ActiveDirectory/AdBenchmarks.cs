using System.Globalization;
using System.Text;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;

namespace GroupPortal.Benchmarks.ActiveDirectory;

/// <summary>The figures of a real domain controller: what the portal adds to OpenLDAP's own programs doing the same.</summary>
internal sealed class AdBenchmarks(SambaDomainController controller, DirectoryPortal portal, LdapTools tools)
{
    private const string Groups = "OU=Groups," + Base;
    private const string Base = "DC=demo,DC=local";
    private const string Owner = "CN=Administrator,CN=Users," + Base;
    private const int People = 5000;
    private const int Rounds = 7;

    /// <summary>A portal runs for weeks: its first thousand requests, while the just-in-time compiler is at work, are not what counts.</summary>
    private const int WarmUp = 15;

    private static readonly string[] Shown = ["displayName", "mail", "department", "title", "sAMAccountName", "objectGUID"];

    private readonly List<(Guid Id, string Name)> _people = [];
    private int _number;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("groupportal-ldif-").FullName;
        await using (var controller = await SambaDomainController.StartAsync())
        await using (var portal = await DomainPortal.StartAsync(controller))
        {
            var benchmarks = new AdBenchmarks(controller, portal, new LdapTools(controller, folder));
            await benchmarks.LoadAsync();
            await benchmarks.SearchAsync();
            await benchmarks.ReadsAsync();
            await benchmarks.CreatesAsync();
            await benchmarks.UpdatesAsync();
            await benchmarks.MembersAsync(1000, 1000);
            await benchmarks.MembersAsync(5000, 1000);
            await benchmarks.MembersAsync(5000, 5000);
            await benchmarks.MemberPageAsync();
            await benchmarks.CountsAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>People enough for a group of 5,000, by the raw tool.</summary>
    private async Task LoadAsync()
    {
        var ldif = new StringBuilder();
        await tools.AddAsync($"dn: OU=Many,{Base}\nobjectClass: organizationalUnit\n");
        for (var number = 0; number < People; number++)
        {
            ldif.Append(CultureInfo.InvariantCulture, $"dn: CN=Many {number:00000},OU=Many,{Base}\nobjectClass: user\nsAMAccountName: many{number:00000}\n")
                .Append(CultureInfo.InvariantCulture, $"displayName: Many {number:00000}\ndepartment: {(number % 12 == 0 ? "Software Engineering" : "Sales")}\ntitle: Engineer\n\n");
        }

        await tools.AddAsync(ldif.ToString());
        await using var client = new LdapClient(DomainPortal.OptionsFor(controller), TimeProvider.System);
        var found = await client.SearchPagesAsync(
            new LdapSearch(LdapName.FromEscaped($"OU=Many,{Base}"), LdapScope.OneLevel, LdapFilter.Equal("objectClass", "user"), ["objectGUID", "cn"]), 1000, CancellationToken.None);
        _people.AddRange(found.Found.Entries.Select(entry => (entry.Guid("objectGUID")!.Value, entry.Name.ToString())));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  a domain with {_people.Count} people more"));
    }

    private async Task SearchAsync()
    {
        await using var client = new LdapClient(DomainPortal.OptionsFor(controller), TimeProvider.System);
        var filter = LdapFilter.And(LdapFilter.Equal("objectCategory", "person"), LdapFilter.Contains("department", "engineering"));
        var search = new LdapSearch(LdapName.FromEscaped(Base), LdapScope.Subtree, filter, Shown);
        await Comparison.RunAsync(
            "Contains-search, paged by 1,000, 6 attributes, over ldapsearch", "at most 1.1", Rounds, repeats: 3,
            async () => Check((await client.SearchPagesAsync(search, 1000, CancellationToken.None)).Found.Entries.Count > 400),
            async () => Check(await tools.SearchAsync(filter.ToString(), 1000, Shown) > 400));
    }

    private async Task ReadsAsync()
    {
        await using (var client = new LdapClient(DomainPortal.OptionsFor(controller) with { MaximumConnections = 1 }, TimeProvider.System))
        {
            await ReadsAsync(client, "Base reads on one connection, one at a time over 16 in flight", _people.Count);
        }

        // On one machine an answer comes within 0.1 ms, most of which is the server's own work; a domain controller is further away.
        await using var network = FaultProxy.Start(controller.LdapsEndPoint);
        network.Mode = new FaultMode.Delay(TimeSpan.FromMilliseconds(1));
        var server = new LdapServer(controller.Address.ToString(), network.EndPoint.Port, LdapSecurity.Ldaps);
        await using var distant = new LdapClient(DomainPortal.OptionsFor(controller) with { MaximumConnections = 1, Servers = [server] }, TimeProvider.System);
        await ReadsAsync(distant, "The same with 1 ms of network each way", 256);
    }

    private Task ReadsAsync(LdapClient client, string title, int count)
    {
        var names = _people.Take(count).Select(person => LdapName.FromEscaped(person.Name)).ToList();
        return Comparison.RunAsync(
            title, "at least 3", Rounds, repeats: 1,
            async () =>
            {
                foreach (var name in names)
                {
                    await ReadAsync(client, name);
                }
            },
            () => Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (name, _) => await ReadAsync(client, name)));
    }

    private Task CreatesAsync() => Comparison.RunAsync(
        "100 creates through the service, journal and all, over one ldapadd", "at most 1.25", Rounds, repeats: 1,
        () => Parallel.ForEachAsync(Numbers(100), AtOnce, async (number, _) => await portal.DoAsync(new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = Name(number),
            Container = Groups,
            Attributes =
            [
                Set("groupType", "-2147483640"), Set("sAMAccountName", Name(number)), Set("displayName", "Measured"), Set("description", "A group"), Set("mail", "a@demo.local"),
            ],
            Owners = [new ReferenceChange(ChangeMode.Set, [Owner])],
        })),
        () => tools.AddAsync(string.Concat(Numbers(100).Select(Ldif))),
        WarmUp);

    private async Task UpdatesAsync()
    {
        var names = Numbers(200).Select(Name).ToList();
        await tools.AddAsync(string.Concat(names.Select(name => Ldif(name))));
        var ids = new Dictionary<string, Guid>();
        foreach (var chunk in names.Chunk(50))
        {
            var answer = await portal.Directory.ResolveAsync(chunk, [ObjectKind.Group], CancellationToken.None);
            foreach (var (name, match) in ((DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok)answer).Value)
            {
                ids[name] = ((ReferenceMatch.Found)match).Object.Id;
            }
        }

        var round = 0;
        await Comparison.RunAsync(
            "200 updates of 5 attributes through the service, journal and all, over one ldapmodify", "at most 1.25", Rounds, repeats: 1,
            () =>
            {
                round++;
                return Parallel.ForEachAsync(names, AtOnce, async (name, _) => await portal.DoAsync(new GroupRequest
                {
                    Kind = PlanKind.Update,
                    GroupId = ids[name],
                    Attributes = [.. Changed(round).Select(one => Set(one.Name, one.Value))],
                }));
            },
            () =>
            {
                round++;
                return tools.ModifyAsync(string.Concat(names.Select(name =>
                    $"dn: CN={name},{Groups}\nchangetype: modify\n" + string.Concat(Changed(round).Select(one => $"replace: {one.Name}\n{one.Name}: {one.Value}\n-\n")) + "\n")));
            },
            WarmUp);
    }

    /// <summary>The plan is made before: it is what somebody looks at. Both sides begin with an empty group and leave one.</summary>
    /// <param name="perChange">How many the raw tool puts into one modify; the portal takes 1,000.</param>
    private async Task MembersAsync(int count, int perChange)
    {
        var members = _people.Take(count).ToList();
        var ours = await GroupAsync();
        var theirs = await GroupAsync();
        var plans = new Queue<GroupPlan>();
        var planning = System.Diagnostics.Stopwatch.StartNew();
        plans.Enqueue(await AddingAsync(ours.Id, members));
        // The first of them; what the just-in-time compiler takes is in it.
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  a plan that adds {count} people by their ids: {planning.ElapsedMilliseconds} ms"));
        var requests = string.Empty;
        using var counter = new RequestCounter();
        await Comparison.RunAsync(
            string.Create(CultureInfo.InvariantCulture, $"{count} members added, journal and all, over one ldapmodify of {perChange} at a time"), perChange <= 1000 ? "at most 1.1" : "(stricter: at most 1.1)", Rounds, repeats: 1,
            async () =>
            {
                counter.Reset();
                await portal.ApplyAsync(plans.Dequeue());
                requests = counter.ToString();
            },
            () => tools.ModifyAsync(string.Concat(members.Chunk(perChange).Select(chunk =>
                $"dn: {theirs.Dn}\nchangetype: modify\nadd: member\n" + string.Concat(chunk.Select(member => $"member: {member.Name}\n")) + "\n"))),
            betweenRounds: async () =>
            {
                await tools.ModifyAsync($"dn: {ours.Dn}\nchangetype: modify\nreplace: member\n\ndn: {theirs.Dn}\nchangetype: modify\nreplace: member\n");
                plans.Enqueue(await AddingAsync(ours.Id, members));
            },
            warmUp: 3);
        Console.WriteLine($"  requests of one run: {requests}");
    }

    private async Task MemberPageAsync()
    {
        var group = await GroupAsync();
        await tools.ModifyAsync($"dn: {group.Dn}\nchangetype: modify\nadd: member\n" + string.Concat(_people.Select(member => $"member: {member.Name}\n")));
        await using var client = new LdapClient(DomainPortal.OptionsFor(controller), TimeProvider.System);
        var all = new LdapSearch(LdapName.FromEscaped(Base), LdapScope.Subtree, LdapFilter.Equal("memberOf", group.Dn), Shown);
        await Comparison.RunAsync(
            "50 members of 5,000 on a page over (memberOf=…) of all, paged", "at most 0.05", Rounds, repeats: 1,
            async () => Check(await portal.Directory.MembersAsync(new MemberQuery(group.Id, Skip: 100), CancellationToken.None) is DirectoryAnswer<Page<DirectoryObject>>.Ok { Value: { Items.Count: 50, Total: 5000 } }),
            async () => Check((await client.SearchPagesAsync(all, 1000, CancellationToken.None)).Found.Entries.Count == People));
    }

    private async Task CountsAsync()
    {
        var group = await GroupAsync();
        var plan = await portal.PlanAsync(new GroupRequest { Kind = PlanKind.Update, GroupId = group.Id, Attributes = [.. Changed(1000).Select(one => Set(one.Name, one.Value))] });
        using var counter = new RequestCounter();
        await portal.ApplyAsync(plan);
        Console.WriteLine($"  a clean update of 5 attributes: {counter}   goal exactly 1 Modify");
        Check(counter["Modify"] == 1);

        var adding = await AddingAsync(group.Id, [.. _people.Take(2500)]);
        counter.Reset();
        await portal.ApplyAsync(adding);
        Console.WriteLine($"  2,500 members added: {counter}   goal exactly 3 Modify");
        Check(counter["Modify"] == 3);
    }

    private Task<GroupPlan> AddingAsync(Guid group, IReadOnlyList<(Guid Id, string Name)> members) => portal.PlanAsync(new GroupRequest
    {
        Kind = PlanKind.Update,
        GroupId = group,
        Members = [new ReferenceChange(ChangeMode.Add, [.. members.Select(member => member.Id.ToString())])],
    }, isLookedAt: true);

    private async Task<(Guid Id, string Dn)> GroupAsync()
    {
        var name = Name(++_number);
        await tools.AddAsync(Ldif(name));
        var answer = (DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>.Ok)await portal.Directory.ResolveAsync([name], [ObjectKind.Group], CancellationToken.None);
        return (((ReferenceMatch.Found)answer.Value[name]).Object.Id, $"CN={name},{Groups}");
    }

    private List<int> Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => ++_number)];

    /// <summary>As many at once as the worker runs.</summary>
    private static ParallelOptions AtOnce { get; } = new() { MaxDegreeOfParallelism = 8 };

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"bench-{number:00000}");

    private static string Ldif(int number) => Ldif(Name(number));

    private static string Ldif(string name) =>
        $"dn: CN={name},{Groups}\nobjectClass: group\ngroupType: -2147483640\nsAMAccountName: {name}\ndisplayName: Measured\ndescription: A group\nmail: a@demo.local\nmanagedBy: {Owner}\n\n";

    private static AttributeChange Set(string name, string value) => new(name, ChangeMode.Set, [value]);

    private static IEnumerable<(string Name, string Value)> Changed(int round) =>
    [
        ("displayName", Value("Measured", round)), ("description", Value("What it is for", round)), ("mail", $"m{round}@demo.local"), ("info", Value("More", round)), ("telephoneNumber", Value("+49 1", round)),
    ];

    private static string Value(string text, int round) => string.Create(CultureInfo.InvariantCulture, $"{text} {round}");

    private static async Task ReadAsync(LdapClient client, LdapName name) =>
        Check((await client.SearchAsync(new LdapSearch(name, LdapScope.Base, LdapFilter.Present("objectClass"), Shown), CancellationToken.None)).Entries.Count == 1);

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A measured operation did not do what was measured.");
        }
    }
}
