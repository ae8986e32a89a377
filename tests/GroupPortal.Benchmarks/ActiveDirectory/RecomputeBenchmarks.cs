using System.Globalization;
using System.Text;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;

namespace GroupPortal.Benchmarks.ActiveDirectory;

/// <summary>Smart groups of a real domain controller with 2,000 people more, over OpenLDAP's own programs doing the same by hand.</summary>
internal sealed class RecomputeBenchmarks(DirectoryPortal portal, LdapTools tools)
{
    private const string Base = "DC=demo,DC=local";
    private const string PeopleUnit = "OU=Moving," + Base;
    private const string GroupUnit = "OU=Groups," + Base;
    private const string Criteria = "(department contains \"moving eng\") and (title starts with \"senior\")";
    private const int People = 2000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("groupportal-ldif-").FullName;
        await using (var controller = await SambaDomainController.StartAsync())
        await using (var portal = await DomainPortal.StartAsync(controller))
        {
            var benchmarks = new RecomputeBenchmarks(portal, new LdapTools(controller, folder));
            await benchmarks.LoadAsync();
            await benchmarks.PreviewAsync();
            await benchmarks.ChangesAsync(10);
            await benchmarks.ChangesAsync(100);
            await benchmarks.ChangesAsync(1000);
            await benchmarks.CountsAsync();
        }

        Directory.Delete(folder, recursive: true);
    }

    private static string Person(int number) => string.Create(CultureInfo.InvariantCulture, $"CN=Moving {number:0000},{PeopleUnit}");

    /// <summary>Every fifth is a senior engineer: 400 of them.</summary>
    private async Task LoadAsync()
    {
        var ldif = new StringBuilder();
        await tools.AddAsync($"dn: {PeopleUnit}\nobjectClass: organizationalUnit\n");
        for (var number = 0; number < People; number++)
        {
            ldif.Append(CultureInfo.InvariantCulture, $"dn: {Person(number)}\nobjectClass: user\nsAMAccountName: moving{number:0000}\ndisplayName: Moving {number:0000}\n")
                .Append(CultureInfo.InvariantCulture, $"department: {(number % 5 == 0 ? "Moving Engineering" : "Sales")}\ntitle: Senior Consultant\n\n");
        }

        await tools.AddAsync(ldif.ToString());
    }

    private async Task PreviewAsync()
    {
        var group = await SmartGroupAsync("preview");
        await UpdateAsync(group.Id);
        var reading = CriteriaText.Read(CriteriaLanguage.GroupId, Criteria, portal.Directory.Vocabulary);
        var rule = new SmartRule { Criteria = reading.Root!, Text = Criteria, Language = CriteriaLanguage.GroupId };
        var query = new PreviewQuery(rule, group.Id) { Attributes = ["department", "title", "mail"], ChartBy = "department" };
        await Comparison.RunAsync(
            "Preview of a rule over 2,000 people, with diff and 50 rows, over ldapsearch of its filter", "at most 0.05", rounds: 15, repeats: 3,
            async () => Check(await portal.Previews.PreviewAsync(portal.Directory.Store.Id, query, CancellationToken.None) is PreviewAnswer.Ok { Preview.Counts.Total: People / 5 }),
            async () => Check((await tools.NamesAsync(Filter, "department", "title", "mail")).Count == People / 5),
            warmUp: 10);
    }

    /// <summary>People come and go by their department in turn; both sides have a group of their own, and the same people.</summary>
    private async Task ChangesAsync(int changes)
    {
        var ours = await SmartGroupAsync($"ours{changes}");
        var theirs = await GroupAsync($"theirs{changes}");
        await UpdateAsync(ours.Id);
        await ByHandAsync(theirs);
        var isIn = false;
        await MoveAsync(changes, isIn = !isIn);
        var requests = string.Empty;
        using var counter = new RequestCounter();
        await Comparison.RunAsync(
            $"An update by rule with {changes:N0} changes, journal, history and all, over ldapsearch, reading member and one ldapmodify", "at most 1.2", rounds: 11, repeats: 1,
            async () =>
            {
                counter.Reset();
                var task = await UpdateAsync(ours.Id);
                requests = counter.ToString();
                Check(task.Outcome == TaskOutcome.Applied && task.Adds + task.Removes == changes);
            },
            async () => Check(await ByHandAsync(theirs) == changes),
            warmUp: 5,
            betweenRounds: () => MoveAsync(changes, isIn = !isIn));
        Console.WriteLine($"  requests of one update: {requests}");
        if (isIn)
        {
            await MoveAsync(changes, isIn: false);
        }
    }

    private async Task CountsAsync()
    {
        var group = await SmartGroupAsync("counted");
        await MoveAsync(1100, isIn: true);
        using var counter = new RequestCounter();
        var task = await UpdateAsync(group.Id);
        Console.WriteLine($"  a first fill of {task.Adds:N0} people: {counter}   goal one Modify for each 1,000: {(task.Adds + 999) / 1000}");
        Check(task.Adds == 1500 && counter["Modify"] == 2);

        counter.Reset();
        task = await UpdateAsync(group.Id);
        Console.WriteLine($"  an update without a change: {counter}   goal 0 Modify");
        Check(task.Outcome == TaskOutcome.NoChange && counter["Modify"] == 0);
    }

    private string Filter => CriteriaText.Write(
        CriteriaLanguage.Ldap, CriteriaText.Read(CriteriaLanguage.GroupId, Criteria, portal.Directory.Vocabulary).Root!, portal.Directory.Vocabulary).Text!;

    /// <summary>What an administrator's script does: ask, read the members, compare, and write the difference.</summary>
    private async Task<int> ByHandAsync(string group)
    {
        var wanted = await tools.NamesAsync($"(&(objectCategory=person)(objectClass=user){Filter})", "1.1");
        var present = await tools.ValuesAsync(group, "member");
        var (adds, removes) = (wanted.Except(present).ToList(), present.Except(wanted).ToList());
        if (adds.Count + removes.Count > 0)
        {
            await tools.ModifyAsync($"dn: {group}\nchangetype: modify\n" + Lines("add", adds) + Lines("delete", removes));
        }

        return adds.Count + removes.Count;

        static string Lines(string what, List<string> members) =>
            members.Count == 0 ? string.Empty : $"{what}: member\n" + string.Concat(members.Select(member => $"member: {member}\n")) + "-\n";
    }

    /// <summary>The first of those who are no engineers become ones, or cease to be.</summary>
    private Task MoveAsync(int count, bool isIn) => tools.ModifyAsync(string.Concat(Enumerable.Range(0, People).Where(number => number % 5 != 0).Take(count)
        .Select(number => $"dn: {Person(number)}\nchangetype: modify\nreplace: department\ndepartment: {(isIn ? "Moving Engineering" : "Sales")}\n\n")));

    private async Task<TaskInfo> UpdateAsync(Guid group)
    {
        var storeId = portal.Directory.Store.Id;
        var answer = (await portal.Updates.StartAsync(storeId, [group], DirectoryPortal.Ada, CancellationToken.None))[0];
        return answer is UpdateAnswer.Started started && await portal.Updates.WaitAsync(storeId, started.TaskId, CancellationToken.None) is { } task
            ? task
            : throw new InvalidOperationException(answer.ToString());
    }

    private async Task<(Guid Id, string Dn)> SmartGroupAsync(string name)
    {
        var id = await portal.DoAsync(new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = name,
            Container = GroupUnit,
            Attributes =
            [
                Set("groupType", "-2147483640"), Set("sAMAccountName", name), Set(AttributeNames.ManagedGroupType, "2"),
                Set(AttributeNames.Criteria, Criteria), Set(AttributeNames.CriteriaLanguage, "groupid"), Set(AttributeNames.ObjectTypes, "6"),
            ],
        });
        return (id, $"CN={name},{GroupUnit}");
    }

    private async Task<string> GroupAsync(string name)
    {
        await tools.AddAsync($"dn: CN={name},{GroupUnit}\nobjectClass: group\ngroupType: -2147483640\nsAMAccountName: {name}\n\n");
        return $"CN={name},{GroupUnit}";
    }

    private static AttributeChange Set(string name, string value) => new(name, ChangeMode.Set, [value]);

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("A measured operation did not do what was measured.");
        }
    }
}
