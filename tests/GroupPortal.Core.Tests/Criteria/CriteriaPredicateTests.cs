using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria;

public sealed class CriteriaPredicateTests
{
    private static readonly Guid Ana = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Boss = new("00000000-0000-0000-0000-00000000000b");
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(" Engineering ", CompareOperator.Equals, "engineering", true)]
    [InlineData("Real  Estate", CompareOperator.Contains, "l e", true)]
    [InlineData("Real Estate", CompareOperator.Contains, " estate", true)]
    [InlineData("Engineering", CompareOperator.Contains, " engineering", true)]
    [InlineData("Engineering", CompareOperator.Contains, "", false)]
    [InlineData("Engineering", CompareOperator.Contains, "  ", false)]
    [InlineData("Engineering", CompareOperator.StartsWith, "eng", true)]
    [InlineData("Engineering", CompareOperator.EndsWith, "ING", true)]
    [InlineData("Café", CompareOperator.Equals, "CAFE", false)]
    [InlineData("Café", CompareOperator.Equals, "CAFÉ", true)]
    [InlineData("abcabc", CompareOperator.Like, "a*c", true)]
    [InlineData("abc", CompareOperator.Like, "ab*bc", false)]
    [InlineData("a*c", CompareOperator.Like, @"a\*c", true)]
    [InlineData("abc", CompareOperator.Like, @"a\*c", false)]
    [InlineData("abc", CompareOperator.Like, "*", true)]
    [InlineData(@"a\b", CompareOperator.Like, @"*\\*", true)]
    [InlineData("Engineering", CompareOperator.Matches, "^eng.*g$", true)]
    [InlineData("Engineering", CompareOperator.Matches, "(", false)]
    [InlineData("5", CompareOperator.AtLeast, "4", false)]
    public void Text_compares_as_Active_Directory_does(string has, CompareOperator compare, string wanted, bool holds) =>
        Assert.Equal(holds, Holds(new Criterion.Compare("department", compare, wanted), Person(("department", [has]))));

    [Fact]
    public void Entra_keeps_blanks() =>
        Assert.False(Holds(new Criterion.Compare("department", CompareOperator.Equals, "Sales"), Person(("department", [" Sales"])), StoreKind.EntraId));

    [Theory]
    [InlineData("514", CompareOperator.AllBits, "2", true)]
    [InlineData("514", CompareOperator.AllBits, "3", false)]
    [InlineData("514", CompareOperator.AnyBits, "3", true)]
    [InlineData("-2147483646", CompareOperator.AllBits, "2147483648", true)]
    [InlineData("2147483650", CompareOperator.AllBits, "-2147483648", true)]
    [InlineData("514", CompareOperator.Equals, "0514", true)]
    [InlineData("514", CompareOperator.AtLeast, "60", true)]
    [InlineData("514", CompareOperator.Contains, "1", false)]
    public void Numbers_and_bits_compare_as_numbers(string has, CompareOperator compare, string wanted, bool holds) =>
        Assert.Equal(holds, Holds(new Criterion.Compare("userAccountControl", compare, wanted), Person(("userAccountControl", [has]))));

    [Theory]
    [InlineData(CompareOperator.AtMost, "now", true)]
    [InlineData(CompareOperator.AtLeast, "now-P30D", true)]
    [InlineData(CompareOperator.AtLeast, "now-P10D", false)]
    [InlineData(CompareOperator.AtLeast, "now - pt480h", true)]
    [InlineData(CompareOperator.Equals, "2026-02-09T01:00:00+01:00", true)]
    [InlineData(CompareOperator.AtMost, "tomorrow", false)]
    public void Times_compare_by_instant(CompareOperator compare, string wanted, bool holds) =>
        Assert.Equal(holds, Holds(new Criterion.Compare("lastLogonTimestamp", compare, wanted), Person(("lastLogonTimestamp", ["2026-02-09T00:00:00Z"]))));

    [Fact]
    public void Any_value_satisfies_and_Not_is_the_plain_negation()
    {
        var mail = new Criterion.Compare("proxyAddresses", CompareOperator.StartsWith, "smtp:");
        Assert.True(Holds(mail, Person(("proxyAddresses", ["x500:a", "SMTP:a@b"]))));
        Assert.False(Holds(new Criterion.Not(mail), Person(("proxyAddresses", ["x500:a", "SMTP:a@b"]))));
        Assert.True(Holds(new Criterion.Not(mail), Person()));
        Assert.False(Holds(new Criterion.Present("proxyAddresses"), Person(("proxyAddresses", [string.Empty]))));
    }

    [Theory]
    [InlineData("cn=boss, dc=demo,dc=local", true)]
    [InlineData("00000000-0000-0000-0000-00000000000B", true)]
    [InlineData("CN=Nobody,DC=demo,DC=local", false)]
    [InlineData("nonsense", false)]
    public void References_are_the_same_when_they_lead_to_the_same_object(string wanted, bool holds)
    {
        var compare = new Criterion.Compare("manager", CompareOperator.Equals, wanted);
        Assert.Equal(holds, Holds(compare, Person(("manager", [Boss.ToString("D")]))));
        Assert.Equal(holds, Holds(compare, Person(("manager", ["CN=Boss,DC=demo,DC=local"]))));
        Assert.Equal(holds, Holds(new Criterion.Chain("manager", wanted, Depth: 1), Person()));
    }

    [Fact]
    public void A_reference_that_leads_nowhere_is_itself()
    {
        var person = Person(("manager", ["CN=Gone,DC=demo,DC=local"]));
        Assert.True(Holds(new Criterion.Compare("manager", CompareOperator.Equals, "cn=gone,dc=DEMO,dc=local"), person));
        Assert.False(Holds(new Criterion.Chain("manager", "cn=gone,dc=DEMO,dc=local", Depth: null), person));
    }

    [Fact]
    public void Each_asks_the_items_of_a_collection()
    {
        var enabled = new Criterion.AllOf(
        [
            new Criterion.Compare("servicePlanId", CompareOperator.Equals, "p1"), new Criterion.Compare("capabilityStatus", CompareOperator.Equals, "Enabled"),
        ]);
        var person = Person(("assignedPlans", ["servicePlanId=p1;capabilityStatus=Deleted", "servicePlanId=p2;capabilityStatus=Enabled"]));
        Assert.False(Holds(new Criterion.Each(Quantifier.Any, "assignedPlans", enabled), person, StoreKind.EntraId));
        Assert.True(Holds(new Criterion.Each(Quantifier.Any, "assignedPlans", new Criterion.Present("servicePlanId")), person, StoreKind.EntraId));
        Assert.True(Holds(new Criterion.Each(Quantifier.All, "assignedPlans", enabled), Person(), StoreKind.EntraId));
        var item = new Criterion.Compare(Criterion.Each.Item, CompareOperator.EndsWith, "@demo.local");
        Assert.False(Holds(new Criterion.Each(Quantifier.All, "otherMails", item), Person(("otherMails", ["a@demo.local", "b@else"])), StoreKind.EntraId));
    }

    [Theory]
    [InlineData("objectGUID", "{00000000-0000-0000-0000-00000000000A}", true)]
    [InlineData("objectGUID", @"\00\00\00\00\00\00\00\00\00\00\00\00\00\00\00\0a", true)]
    [InlineData("objectClass", "PERSON", true)]
    [InlineData("objectClass", "computer", false)]
    [InlineData("objectCategory", "CN=Person,CN=Schema,CN=Configuration,DC=demo,DC=local", true)]
    [InlineData("distinguishedName", "cn=ANA,dc=demo, dc=local", true)]
    [InlineData("memberOf", "CN=Boss,DC=demo,DC=local", true)]
    [InlineData("memberOf", "00000000-0000-0000-0000-00000000000a", false)]
    public void Some_attributes_are_answered_from_the_object_itself(string attribute, string wanted, bool holds) =>
        Assert.Equal(holds, Holds(new Criterion.Compare(attribute, CompareOperator.Equals, wanted), Person()));

    [Fact]
    public void The_explanation_has_every_clause_with_the_values_of_its_own()
    {
        var rule = new Criterion.AllOf(
        [
            new Criterion.Compare("department", CompareOperator.Equals, "Sales"), new Criterion.Not(new Criterion.Present("title")),
        ]);
        var verdict = CriteriaPredicate.Explain(rule, Person(("department", ["Sales"]), ("title", ["Boss"])), CriteriaVocabulary.For(StoreKind.ActiveDirectory), Context);
        Assert.False(verdict.Holds);
        Assert.True(verdict.Parts[0].Holds);
        Assert.Equal(("1.0", true), (verdict.Parts[1].Parts[0].Path, verdict.Parts[1].Parts[0].Holds));
        Assert.Equal(["Boss"], verdict.Parts[1].Parts[0].Values);
    }

    private static CriteriaContext Context => new(Now) { References = new OneBoss() };

    private static bool Holds(Criterion criterion, ReplicaObject person, StoreKind kind = StoreKind.ActiveDirectory) =>
        CriteriaPredicate.Compile(criterion, CriteriaVocabulary.For(kind), Context)(person);

    private static ReplicaObject Person(params (string Name, string[] Values)[] values) =>
        new(Ana, ObjectKind.User, "CN=Ana,DC=demo,DC=local", [.. values.Select(value => KeyValuePair.Create<string, IReadOnlyList<string>>(value.Name, value.Values))]);

    private sealed class OneBoss : ICriteriaReferences
    {
        public Guid? Find(DistinguishedName name) => name.Equals(DistinguishedName.Parse("CN=Boss,DC=demo,DC=local")) ? Boss : null;

        public IReadOnlyList<Guid> MemberOf(Guid id) => [Boss];

        public bool Reaches(Guid from, string attribute, Guid target, int? depth) => from == Ana && target == Boss;
    }
}
