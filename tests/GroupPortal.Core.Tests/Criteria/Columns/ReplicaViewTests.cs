using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Tests.Criteria.Columns;

public sealed class ReplicaViewTests
{
    [Theory]
    [InlineData(QueryObjectType.MailboxUsers, new[] { 1 })]
    [InlineData(QueryObjectType.ExternalAddressUsers, new[] { 2 })]
    [InlineData(QueryObjectType.ExternalAddressContacts, new[] { 4 })]
    [InlineData(QueryObjectType.MailEnabledGroups, new[] { 5 })]
    [InlineData(QueryObjectType.MailEnabledPublicFolders, new int[0])]
    [InlineData(QueryObjectType.Users, new[] { 1, 2, 3 })]
    [InlineData(QueryObjectType.Contacts, new[] { 4 })]
    [InlineData(QueryObjectType.Groups, new[] { 5, 6 })]
    [InlineData(QueryObjectType.Workstations, new[] { 7 })]
    [InlineData(QueryObjectType.Servers, new[] { 8 })]
    [InlineData(QueryObjectType.DomainControllers, new[] { 9 })]
    [InlineData(QueryObjectType.Devices, new int[0])]
    public void Kinds_are_told_apart_by_what_the_objects_have(QueryObjectType type, int[] expected)
    {
        using var table = Everything();
        Assert.Equal(expected, table.Numbers(view => view.OfTypes([type])));
    }

    [Fact]
    public void Where_there_are_mailbox_stores_only_they_make_mailbox_users()
    {
        using var table = Everything();
        table.Apply(People.Make(3, ObjectKind.User, "Store", ("homeMDB", "CN=DB1")));
        Assert.Equal([3], table.Numbers(view => view.OfTypes([QueryObjectType.MailboxUsers])));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void By_his_own_values_everybody_is_of_the_kinds_that_the_table_finds_him_in(bool hasStores)
    {
        using var table = Everything();
        if (hasStores)
        {
            table.Apply(People.Make(3, ObjectKind.User, "Store", ("homeMDB", "CN=DB1")));
        }

        foreach (var type in Enum.GetValues<QueryObjectType>())
        {
            var expected = table.Numbers(view => view.OfTypes([type]));
            Assert.Equal(expected, table.Read(view => view.All().Rows().Select(view.ObjectAt).Where(one => view.IsOfType(one, type)).Select(one => People.Number(one.Id)).Order().ToList()));
        }
    }

    [Theory]
    [InlineData("ou=people, dc=demo,dc=local", StartScope.Subtree, new[] { 1, 2 })]
    [InlineData("OU=People,DC=demo,DC=local", StartScope.OneLevel, new[] { 1 })]
    [InlineData("CN=Ana,OU=People,DC=demo,DC=local", StartScope.Base, new[] { 1 })]
    [InlineData("CN=Ana,OU=People,DC=demo,DC=local", StartScope.Subtree, new[] { 1 })]
    [InlineData("OU=People,DC=demo,DC=local", StartScope.Base, new int[0])]
    [InlineData("DC=local", StartScope.Subtree, new[] { 1, 2, 3 })]
    [InlineData("nonsense", StartScope.Subtree, new int[0])]
    public void Paths_are_names_whatever_way_they_are_written(string dn, StartScope scope, int[] expected)
    {
        using var table = People.Table(
            People.Make(1, ObjectKind.User, "Ana"),
            People.Make(2, ObjectKind.User, "Ben") with { Dn = "CN=Ben,OU=Old,OU=People,DC=demo,DC=local" },
            People.Make(3, ObjectKind.User, "Cid") with { Dn = "CN=Cid,OU=Other,DC=demo,DC=local" });
        Assert.Equal(expected, table.Numbers(view => view.Below([new StartPath(dn, scope)])));
    }

    [Fact]
    public void Many_paths_together_select_whom_each_selects_alone()
    {
        var names = new[] { "OU=A,DC=demo", "OU=B\\,C,OU=A,DC=demo", "OU=B,DC=demo", "OU=C,OU=A,DC=demo", "OU=A\\\\,DC=demo", "OU=D,OU=A\\\\,DC=demo", "OU= x,DC=demo".Replace(" ", "\\ ", StringComparison.Ordinal) };
        using var table = People.Table([.. names.SelectMany((name, index) => new[]
        {
            People.Make((2 * index) + 1, ObjectKind.User, "Ana") with { Dn = "CN=Ana," + name },
            People.Make((2 * index) + 2, ObjectKind.User, "Ben") with { Dn = "CN=Ben\\, B,OU=Deep," + name },
        })]);
        StartPath[] paths =
        [
            .. names.Append("DC=demo").Append("OU=Nobody's,DC=demo").Append("CN=Ana,OU=B,DC=demo")
                .SelectMany(name => Enum.GetValues<StartScope>().Select(scope => new StartPath(name, scope))),
        ];

        foreach (var path in paths)
        {
            var top = DistinguishedName.Parse(path.Dn);
            var expected = table.Numbers(view =>
            {
                var set = new RowSet(view.RowCount);
                for (var row = 0; row < view.RowCount; row++)
                {
                    var name = DistinguishedName.Parse(view.DnOf(row));
                    set[row] = path.Scope switch
                    {
                        StartScope.Base => name.Equals(top),
                        StartScope.OneLevel => name.Parent!.Equals(top),
                        _ => name.IsAtOrUnder(top),
                    };
                }

                return set;
            });
            Assert.Equal(expected, table.Numbers(view => view.Below([path])));
            foreach (var other in paths)
            {
                Assert.Equal(
                    table.Numbers(view => view.Below([path]).Or(view.Below([other]))),
                    table.Numbers(view => view.Below([path, other])));
            }
        }
    }

    [Fact]
    public void What_was_found_once_is_found_anew_when_somebody_changed()
    {
        using var table = People.Table(People.Make(1, ObjectKind.User, "Ana", ("department", "Sales")), People.Make(2, ObjectKind.User, "Ben", ("department", "IT")));
        var sales = new Criterion.Compare("department", CompareOperator.Equals, "sales");
        Assert.Equal([1], table.Numbers(view => view.Evaluate(sales, People.Now)));

        table.Apply(People.Make(2, ObjectKind.User, "Ben", ("department", "Sales")));
        Assert.Equal([1, 2], table.Numbers(view => view.Evaluate(sales, People.Now)));

        table.Remove(People.Id(1));
        Assert.Equal([2], table.Numbers(view => view.Evaluate(sales, People.Now)));
    }

    [Fact]
    public void A_set_that_somebody_got_is_his_own()
    {
        using var table = People.Table(People.Make(1, ObjectKind.User, "Ana", ("department", "Sales")), People.Make(2, ObjectKind.User, "Ben", ("department", "IT")));
        var sales = new Criterion.Compare("department", CompareOperator.Equals, "sales");

        Assert.Equal([2], table.Numbers(view => view.Evaluate(sales, People.Now).Not().And(view.All())));
        Assert.Empty(table.Numbers(view => view.Evaluate(new Criterion.AllOf([sales, new Criterion.Not(sales)]), People.Now)));
        Assert.Equal([1], table.Numbers(view => view.Evaluate(sales, People.Now)));
    }

    [Fact]
    public void Nobody_has_a_manager_who_is_gone_until_he_is_restored()
    {
        var boss = People.Make(1, ObjectKind.User, "Boss");
        using var table = People.Table(boss, People.Make(2, ObjectKind.User, "Ana", ("manager", boss.Dn)), People.Make(3, ObjectKind.User, "Ben", ("manager", boss.Id.ToString("D"))));
        var hasManager = new Criterion.Present("manager");
        Assert.Equal([2, 3], table.Numbers(view => view.Evaluate(hasManager, People.Now)));

        table.Remove(boss.Id);
        Assert.Empty(table.Numbers(view => view.Evaluate(hasManager, People.Now)));
        Assert.Equal([2, 3], table.Numbers(view => view.Evaluate(new Criterion.Not(hasManager), People.Now)));
        Assert.Empty(table.Numbers(view => view.Evaluate(new Criterion.Compare("manager", CompareOperator.Equals, boss.Id.ToString("D")), People.Now)));
        Assert.Empty(table.Read(view => view.ValuesOf(view.RowOf(People.Id(2)), "manager")));

        table.Apply(People.Make(3, ObjectKind.User, "Ben", ("manager", People.Id(2).ToString("D"))));
        table.Apply(boss);
        Assert.Equal([2], table.Numbers(view => view.Evaluate(new Criterion.Compare("manager", CompareOperator.Equals, boss.Id.ToString("D")), People.Now)));
    }

    [Fact]
    public void A_manager_of_another_domain_counts_though_he_is_not_here()
    {
        using var table = People.Table(People.Make(2, ObjectKind.User, "Ana", ("manager", "CN=Far,DC=other")));
        table.Remove(People.Id(9));

        Assert.Equal([2], table.Numbers(view => view.Evaluate(new Criterion.Present("manager"), People.Now)));
    }

    [Fact]
    public void What_depends_on_the_clock_is_asked_each_time()
    {
        using var table = People.Table(People.Make(1, ObjectKind.User, "Ana", ("whenCreated", "2026-02-20T00:00:00Z")));
        var fresh = new Criterion.Compare("whenCreated", CompareOperator.AtLeast, "now-P30D");

        Assert.Equal([1], table.Numbers(view => view.Evaluate(fresh, People.Now)));
        Assert.Empty(table.Numbers(view => view.Evaluate(fresh, People.Now.AddDays(60))));
    }

    [Fact]
    public void More_conditions_than_are_kept_are_answered_all_the_same()
    {
        using var table = People.Table([.. Enumerable.Range(1, 300).Select(number => People.Make(number, ObjectKind.User, "P" + number, ("department", "D" + number)))]);
        for (var round = 0; round < 2; round++)
        {
            Assert.All(Enumerable.Range(1, 300), number =>
                Assert.Equal([number], table.Numbers(view => view.Evaluate(new Criterion.Compare("department", CompareOperator.Equals, "d" + number), People.Now))));
        }
    }

    [Fact]
    public void A_rule_is_criteria_plus_Include_minus_Exclude_and_never_the_group_itself()
    {
        using var table = People.Table(
            [.. Enumerable.Range(1, 6).Select(number => People.Make(number, number == 6 ? ObjectKind.Group : ObjectKind.User, "P" + number, ("department", number < 4 || number == 6 ? "Sales" : "IT")))]);
        table.Apply(People.Make(6, ObjectKind.Group, "P6", ("department", "Sales")) with { Members = [People.Id(1), People.Id(5), People.Id(99)] });
        var rule = new SmartRule
        {
            Criteria = new Criterion.AllOf([new Criterion.Compare("department", CompareOperator.Equals, "sales"), new Criterion.Not(new Criterion.Present("title"))]),
            Text = string.Empty,
            Language = CriteriaLanguage.GroupId,
            ObjectTypes = [QueryObjectType.Users, QueryObjectType.Groups],
            Include = [Exception(4), Exception(3), Exception(5, People.Now), Exception(77)],
            Exclude = [Exception(3), Exception(2, People.Now.AddTicks(1))],
        };
        var (selected, excepted, difference, clauses, unknown) = table.Read(view =>
        {
            var rows = view.Select(rule, People.Id(6), People.Now);
            var against = rows.Against(view.MemberRowsOf(People.Id(6)));
            return (Numbers(view, rows.Selected), Numbers(view, rows.Excepted), (List<int>[])[Numbers(view, against.Joining), Numbers(view, against.Leaving), Numbers(view, against.Staying)], rows.Clauses, rows.Unknown);
        });
        Assert.Equal([1, 4], selected);
        Assert.Equal([2, 3, 4], excepted);
        Assert.Equal([[4], [5], [1]], difference);
        Assert.Equal([("", 4), ("0", 4), ("1", 6), ("1.0", 0)], clauses.Select(clause => (clause.Key, clause.Value)));
        Assert.Equal([People.Id(77)], unknown);
    }

    [Fact]
    public void Pages_are_sorted_with_ties_by_id_and_the_absent_last()
    {
        using var table = People.Table(
            People.Make(4, ObjectKind.User, "x", ("displayName", "ana"), ("department", "IT"), ("adminCount", "10")),
            People.Make(3, ObjectKind.User, "x", ("displayName", "Ana"), ("department", "it"), ("adminCount", "9")),
            People.Make(2, ObjectKind.User, "Zoe"),
            People.Make(1, ObjectKind.User, "x", ("displayName", "Bennington Carter"), ("department", "HR")),
            People.Make(5, ObjectKind.User, "x", ("displayName", "Bennington Albert"), ("department", "HR")));
        Assert.Equal([3, 4, 5, 1, 2], Page(table, null, isDescending: false, 0, 10));
        Assert.Equal([2, 1, 5, 3, 4], Page(table, null, isDescending: true, 0, 10));
        Assert.Equal([5, 1], Page(table, "displayName", isDescending: false, 2, 2).Take(2));
        Assert.Equal([1, 5, 3, 4, 2], Page(table, "department", isDescending: false, 0, 10));
        Assert.Equal([4, 3, 1, 2, 5], Page(table, "adminCount", isDescending: true, 0, 10));
        Assert.Empty(Page(table, null, isDescending: false, 5, 10));
    }

    [Fact]
    public void A_part_of_a_long_list_is_what_sorting_it_all_would_give()
    {
        using var table = People.Table([.. Enumerable.Range(1, 3000).Select(number => People.Make(number, ObjectKind.User, "x", ("displayName", "Person " + (number * 7919 % 3001)), ("title", "T" + (number % 7))))]);
        var whole = Page(table, "title", isDescending: true, 0, 3000);
        Assert.Equal(whole.Skip(1234).Take(50), Page(table, "title", isDescending: true, 1234, 50));
        var names = Page(table, null, isDescending: false, 0, 3000);
        Assert.Equal(names.Skip(77).Take(50), Page(table, null, isDescending: false, 77, 50));
        Assert.Equal(
            names, Enumerable.Range(1, 3000).OrderBy(number => "PERSON " + (number * 7919 % 3001).ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal).ThenBy(number => number));
    }

    [Theory]
    [InlineData("sch", new[] { 1 })]
    [InlineData("SCHMIDT mül", new[] { 1 })]
    [InlineData("amu", new[] { 1 })]
    [InlineData("ue", new int[0])]
    [InlineData("cn", new int[0])]
    [InlineData("be", new[] { 2 })]
    [InlineData("", new[] { 1, 2 })]
    public void People_are_found_by_the_beginnings_of_words(string typed, int[] expected)
    {
        using var table = People.Table(
            People.Make(1, ObjectKind.User, "x", ("displayName", "Ana Müller-Schmidt"), ("sAMAccountName", "amueller")), People.Make(2, ObjectKind.User, "Ben"));
        Assert.Equal(expected, table.Numbers(view => view.Search(typed)));
    }

    [Fact]
    public void Values_are_counted_suggested_and_resembled()
    {
        using var table = People.Table(
            [.. new[] { "Sales", "Sales", "Engineering", "Engineering", "Engineering", "Re-engineering" }.Select((value, index) => People.Make(index, ObjectKind.User, "x", ("department", value), ("mail", $"m{index}@demo.local"))), People.Make(9, ObjectKind.User, "x")]);
        table.Read(view =>
        {
            Assert.Equal([("Engineering", 3), ("Sales", 2), ("Re-engineering", 1)], view.ValueCounts("department").Select(pair => (pair.Key, pair.Value)));
            Assert.Equal([("Sales", 1)], view.ValueCounts("department", view.RowsOf([People.Id(0), People.Id(9)], out _)).Select(pair => (pair.Key, pair.Value)));
            Assert.Equal(["Engineering", "Re-engineering"], view.Suggest("department", "eng", 5).Select(pair => pair.Key));
            Assert.Equal(["m3@demo.local"], view.Suggest("mail", "M3", 5).Select(pair => pair.Key));
            Assert.Equal("Engineering", view.NearestValue("department", "enginering"));
            Assert.Equal(1, view.CountWithout("department", view.All()));
            return 0;
        });
    }

    [Fact]
    public void Disabled_accounts_are_known()
    {
        using var table = Everything();
        Assert.Equal([3], table.Numbers(view => view.Disabled()));
    }

    [Fact]
    public async Task A_reader_sees_all_of_a_page_or_nothing_of_it()
    {
        using var table = People.Table();
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var reader = Task.Run(() =>
        {
            ready.TrySetResult();
            int count;
            do
            {
                count = table.Read(view => view.Evaluate(new Criterion.Present("mail"), People.Now).Count);
                Assert.Equal(0, count % 100);
            }
            while (count < 2000);
        });
        await ready.Task;
        for (var page = 0; page < 20; page++)
        {
            var first = page * 100;
            table.Apply(new ReplicaPage([.. Enumerable.Range(first, 100).Select(number => People.Make(number, ObjectKind.User, "P" + number, ("mail", "m" + number)))], [], string.Empty, HasMore: false));
        }

        await reader;
    }

    private static MembershipException Exception(int number, DateTimeOffset? until = null) => new(People.Id(number), "why", until, "ada");

    private static List<int> Numbers(ReplicaView view, RowSet rows) => [.. rows.Rows().Select(row => People.Number(view.IdOf(row))).Order()];

    private static List<int> Page(ReplicaTable table, string? sortBy, bool isDescending, int skip, int take) =>
        table.Read(view => view.Page(view.All(), sortBy, isDescending, skip, take).Select(row => People.Number(view.IdOf(row))).ToList());

    private static ReplicaTable Everything() => People.Table(
        People.Make(1, ObjectKind.User, "Mail", ("mail", "a@demo.local")),
        People.Make(2, ObjectKind.User, "Extern", ("mail", "b@demo.local"), ("targetAddress", "SMTP:b@else")),
        People.Make(3, ObjectKind.User, "Off", ("userAccountControl", "514")),
        People.Make(4, ObjectKind.Contact, "Contact", ("mail", "c@else")),
        People.Make(5, ObjectKind.Group, "List", ("mail", "list@demo.local")),
        People.Make(6, ObjectKind.Group, "Group"),
        People.Make(7, ObjectKind.Computer, "PC", ("operatingSystem", "Windows 11")),
        People.Make(8, ObjectKind.Computer, "SRV", ("operatingSystem", "Windows Server 2022")),
        People.Make(9, ObjectKind.Computer, "DC", ("operatingSystem", "Windows Server 2022"), ("userAccountControl", "532480")));
}
