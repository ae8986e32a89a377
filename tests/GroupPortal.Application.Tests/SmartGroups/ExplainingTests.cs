using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>Why somebody is in or out, and what would be, had he other values.</summary>
public sealed class ExplainingTests : IDisposable
{
    private static readonly Guid Boss = Guid.NewGuid();
    private static readonly Guid Chief = Guid.NewGuid();
    private static readonly Guid Ana = Guid.NewGuid();
    private static readonly Guid Ben = Guid.NewGuid();
    private static readonly Guid Outer = Guid.NewGuid();
    private static readonly Guid Inner = Guid.NewGuid();
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Ana's chief is Chief, whose is Boss; Ben is in Inner, which is in Outer.</summary>
    private readonly ReplicaTable _table = new(CriteriaVocabulary.For(StoreKind.ActiveDirectory));

    public ExplainingTests() => _table.Apply(new ReplicaPage(
    [
        One(Boss, ObjectKind.User, "Boss"),
        One(Chief, ObjectKind.User, "Chief", ("manager", "CN=Boss,DC=demo")),
        One(Ana, ObjectKind.User, "Ana", ("manager", "CN=Chief,DC=demo"), ("mail", "ana@demo")),
        One(Ben, ObjectKind.User, "Ben", ("targetAddress", "SMTP:ben@else")),
        One(Inner, ObjectKind.Group, "Inner") with { Members = [Ben] },
        One(Outer, ObjectKind.Group, "Outer") with { Members = [Inner] },
    ], [], string.Empty, HasMore: false));

    public void Dispose() => _table.Dispose();

    [Fact]
    public void Another_manager_leads_up_another_line()
    {
        var rule = Rule(new Criterion.Chain("manager", Boss.ToString(), Depth: null));

        Assert.True(Holds(rule, Ana));
        Assert.False(Holds(rule, Ana, ("manager", [])));
        Assert.False(Holds(rule, Ana, ("manager", ["CN=Ben,DC=demo"])));
        Assert.False(Holds(rule, Ben));
        Assert.True(Holds(rule, Ben, ("manager", ["CN=Chief,DC=demo"])));
        Assert.True(Holds(rule, Ben, ("MANAGER", [Chief.ToString()])));
        Assert.True(Holds(Rule(new Criterion.Chain("manager", Boss.ToString(), Depth: 1)), Ana, ("manager", [Boss.ToString()])));
        Assert.False(Holds(Rule(new Criterion.Chain("manager", Boss.ToString(), Depth: 1)), Ben, ("manager", [Chief.ToString()])));
    }

    [Fact]
    public void A_circle_of_changed_managers_ends()
    {
        var rule = Rule(new Criterion.Chain("manager", Ana.ToString(), Depth: null));

        Assert.True(Holds(rule, Boss, ("manager", ["CN=Ana,DC=demo"])));
        Assert.True(Holds(rule, Ana, ("manager", [Ana.ToString()])));
        Assert.False(Holds(Rule(new Criterion.Chain("manager", Ben.ToString(), Depth: null)), Boss, ("manager", ["CN=Ana,DC=demo"])));
    }

    [Fact]
    public void Other_groups_lead_to_others_around_them()
    {
        var direct = Rule(new Criterion.Compare("memberOf", CompareOperator.Equals, Inner.ToString()));
        var around = Rule(new Criterion.Chain("memberOf", Outer.ToString(), Depth: null));

        Assert.Equal((true, true), (Holds(direct, Ben), Holds(around, Ben)));
        Assert.Equal((false, false), (Holds(direct, Ben, ("memberOf", [])), Holds(around, Ben, ("memberOf", []))));
        Assert.Equal((false, false), (Holds(direct, Ana), Holds(around, Ana)));
        Assert.Equal((true, true), (Holds(direct, Ana, ("memberOf", ["CN=Inner,DC=demo"])), Holds(around, Ana, ("memberOf", ["CN=Inner,DC=demo"]))));
    }

    [Fact]
    public void Whether_the_rule_looks_at_him_is_judged_by_the_changed_values()
    {
        var rule = Rule(Criterion.Everyone) with { ObjectTypes = [QueryObjectType.MailboxUsers] };

        Assert.True(Explain(rule, Ana)!.IsInScope);
        Assert.False(Explain(rule, Ana, ("mail", []))!.IsInScope);
        Assert.False(Explain(rule, Ana, ("targetAddress", ["SMTP:ana@else"]))!.IsMember);
        Assert.True(Explain(rule, Ben, ("targetAddress", []), ("mail", ["ben@demo"]))!.IsMember);
    }

    [Fact]
    public void A_group_is_never_its_own_member()
    {
        var rule = Rule(Criterion.Everyone) with { ObjectTypes = [QueryObjectType.Groups], Include = [new MembershipException(Inner, string.Empty, Until: null, string.Empty)] };

        Assert.False(_table.Read(view => Explaining.Of(view, rule, Inner, Inner, Nothing(), Now))!.IsMember);
        Assert.True(_table.Read(view => Explaining.Of(view, rule, Inner, Outer, Nothing(), Now))!.IsMember);
        Assert.True(_table.Read(view => Explaining.Of(view, rule, null, Inner, Nothing(), Now))!.IsMember);
    }

    private static Dictionary<string, IReadOnlyList<string>> Nothing() => [];

    private static SmartRule Rule(Criterion criteria) => new() { Criteria = criteria, Text = "", Language = CriteriaLanguage.GroupId };

    private static ReplicaObject One(Guid id, ObjectKind kind, string name, params (string Name, string Value)[] values) =>
        new(id, kind, $"CN={name},DC=demo", [.. values.Select(value => KeyValuePair.Create<string, IReadOnlyList<string>>(value.Name, [value.Value]))]);

    private bool Holds(SmartRule rule, Guid who, params (string Name, string[] Values)[] changed) => Explain(rule, who, changed)!.Criteria.Holds;

    private Explanation? Explain(SmartRule rule, Guid who, params (string Name, string[] Values)[] changed) => _table.Read(view => Explaining.Of(
        view, rule, null, who, changed.ToDictionary(one => one.Name, one => (IReadOnlyList<string>)one.Values, StringComparer.OrdinalIgnoreCase), Now));
}
