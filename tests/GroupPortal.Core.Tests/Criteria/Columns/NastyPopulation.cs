using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Columns;

/// <summary>Objects, changes and rules with everything that goes wrong: blanks, accents, stars, circles, names that nobody has.</summary>
internal static class NastyPopulation
{
    private const int Few = 14;
    private const int Many = 150;

    private static readonly string[] Texts =
    [
        "Engineering", "engineering", " Engineering ", "Real  Estate", "real estate", "Café", "CAFE", "cafe\u0301", "a*b", "a(b)", @"a\b", "  ", "x", "ß", "SS",
        "ı", "\u212a", "\u017f", "k", "😀 smile", "\ud83d", "5", "05", "Senior Engineer", "engineering engineering", "tab\there", "\0",
    ];

    private static readonly string[] Searches =
    [
        "engineering", "ENG", " eng", "ing", "l e", "estate ", "é", "afé", "café", "a*b", "*", "e*e", "*er*ing*", "", " ", "k", "s", "\ude00", "smile", @"a\*b", "(", "^e", "5", "\0",
    ];

    private static readonly string[] AdTexts = ["displayName", "mail", "proxyAddresses", "department", "title", "description", "cn"];
    private static readonly string[] EntraTexts = ["displayName", "mail", "otherMails", "department", "jobTitle", "systemLabels", "city"];
    private static readonly string[] Numbers = ["0", "1", "2", "512", "514", "-2147483646", "2147483650", "007", "none", "9223372036854775807"];
    private static readonly string[] Instants =
        ["2026-03-01T00:00:00Z", "2026-02-01T00:00:00Z", "2025-01-01T12:30:00.1234567Z", "2026-03-01T01:00:00+01:00", "0001-01-01T00:00:00Z", "never"];

    public static Gen<IReadOnlyList<Change>> Changes(StoreKind kind) =>
        from shape in Gen.Choose(0, 39)
        from count in shape == 0 ? Gen.Choose(200, 400) : Gen.Choose(1, 40)
        from changes in Change(kind, shape == 0 ? Many : Few).ListOf(count)
        select (IReadOnlyList<Change>)[.. changes];

    public static Gen<Criterion> Rule(StoreKind kind) => Rule(kind, 3);

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    private static Gen<Change> Change(StoreKind kind, int ids) =>
        from shape in Gen.Choose(0, 9)
        from id in Gen.Choose(1, ids)
        from subject in Subject(kind, id, ids)
        select shape < 2 ? new Change(Id(id), null) : new Change(Id(id), subject);

    private static Gen<ReplicaObject> Subject(StoreKind kind, int id, int ids) =>
        from number in Gen.Choose(0, 6)
        from dn in Dn(id)
        from values in Values(kind)
        from members in Gen.Choose(1, ids + 2).ListOf(5)
        from left in Gen.Choose(0, 5)
        from isProtected in Gen.Elements(true, false)
        select new ReplicaObject(Id(id), (ObjectKind)number, dn, values, number == (int)ObjectKind.Group ? [.. members.Take(left).Select(Id)] : null) { IsProtected = isProtected };

    // Most objects keep their name; now and then one moves, or has a name that cannot be read.
    private static Gen<string> Dn(int id) => Gen.Choose(0, 9).Select(shape => shape switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"CN=Person {id},OU=Moved,DC=demo,DC=local"),
        1 => string.Create(CultureInfo.InvariantCulture, $"cn=Person\\2c {id}, ou=people,dc=DEMO,dc=local"),
        2 => string.Create(CultureInfo.InvariantCulture, $"nonsense {id}"),
        3 => string.Empty,
        _ => Name(id),
    });

    private static string Name(int id) => string.Create(CultureInfo.InvariantCulture, $"CN=Person  {id},OU=People,DC=demo,DC=local");

    private static Gen<IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>>> Values(StoreKind kind)
    {
        var texts = from name in Gen.Elements(kind == StoreKind.ActiveDirectory ? AdTexts : EntraTexts)
                    from count in Gen.Choose(0, 2)
                    from values in Gen.Elements([.. Texts, string.Empty]).ListOf(count)
                    select KeyValuePair.Create(name, (IReadOnlyList<string>)[.. values]);
        var others = kind == StoreKind.ActiveDirectory
            ? Gen.OneOf(Some(["userAccountControl", "adminCount"], Gen.Elements(Numbers)), Some(["lastLogonTimestamp", "whenCreated"], Gen.Elements(Instants)), Some(["manager", "managedBy"], Reference()))
            : Gen.OneOf(Some(["accountEnabled"], Gen.Elements("TRUE", "FALSE", "maybe")), Some(["employeeHireDate"], Gen.Elements(Instants)), Some(["manager"], Reference()), Some(["assignedPlans"], Plan()));
        return from few in texts.ListOf(4)
               from more in others.ListOf(4)
               select (IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>>)[.. few.Concat(more).DistinctBy(pair => pair.Key)];
    }

    private static Gen<KeyValuePair<string, IReadOnlyList<string>>> Some(string[] names, Gen<string> value) =>
        from name in Gen.Elements(names)
        from count in Gen.Elements(1, 1, 1, 2)
        from values in value.ListOf(count)
        select KeyValuePair.Create(name, (IReadOnlyList<string>)[.. values]);

    private static Gen<string> Reference() =>
        from id in Gen.Choose(1, Few + 2)
        from shape in Gen.Choose(0, 4)
        select shape switch { 0 => Name(id).ToUpperInvariant(), 1 => "nobody's name", _ => Id(id).ToString("D") };

    private static Gen<string> Plan() =>
        from plan in Gen.Elements("p1", "p2")
        from status in Gen.Elements("Enabled", "Deleted", "")
        select $"servicePlanId={plan};capabilityStatus={status}";

    private static Gen<Criterion> Rule(StoreKind kind, int depth)
    {
        if (depth == 0)
        {
            return Leaf(kind);
        }

        var parts = from count in Gen.Choose(0, 3) from list in Rule(kind, depth - 1).ListOf(count) select (IReadOnlyList<Criterion>)[.. list];
        return Gen.OneOf(
            Leaf(kind), Leaf(kind), parts.Select(Criterion (list) => new Criterion.AllOf(list)), parts.Select(Criterion (list) => new Criterion.AnyOf(list)),
            Rule(kind, depth - 1).Select(Criterion (inner) => new Criterion.Not(inner)));
    }

    private static Gen<Criterion> Leaf(StoreKind kind)
    {
        var isAd = kind == StoreKind.ActiveDirectory;
        var text = Gen.Elements([.. isAd ? AdTexts : EntraTexts, .. isAd ? ["objectGUID", "objectClass", "objectCategory", "distinguishedName", "nothing"] : (string[])["objectId", "accountEnabled"]]);
        var other = Gen.Elements(isAd ? ["userAccountControl", "adminCount", "lastLogonTimestamp", "manager", "memberOf", "managedBy"] : (string[])["employeeHireDate", "manager", "memberOf", "accountEnabled"]);
        var value = Gen.OneOf(
            Gen.Elements(Searches), Gen.Elements(Searches), Gen.Elements(Texts), Gen.Elements(Numbers), Gen.Elements([.. Instants, "now", "now-P20D", "now+P1D", "now-what"]),
            Reference(), Gen.Elements("person", "TRUE", "ou=people,dc=demo,dc=local", "CN=Computer,CN=Schema"));
        var compare = Gen.Elements(Enum.GetValues<CompareOperator>());
        return Gen.OneOf(
            from name in text from relation in compare from wanted in value select (Criterion)new Criterion.Compare(name, relation, wanted),
            from name in text from relation in compare from wanted in Gen.Elements(Searches) select (Criterion)new Criterion.Compare(name, relation, wanted),
            from name in other from relation in compare from wanted in value select (Criterion)new Criterion.Compare(name, relation, wanted),
            from name in Gen.Elements("manager", "memberOf") from wanted in Reference() select (Criterion)new Criterion.Compare(name, CompareOperator.Equals, wanted),
            from name in Gen.OneOf(text, other) select (Criterion)new Criterion.Present(name),
            from name in Gen.Elements("manager", "memberOf", "department") from target in Reference() from depth in Gen.Elements<int?>(null, 0, 1, 2, 3)
            select (Criterion)new Criterion.Chain(name, target, depth),
            from quantifier in Gen.Elements(Quantifier.Any, Quantifier.All)
            from name in Gen.OneOf(text, other, Gen.Constant(isAd ? "proxyAddresses" : "assignedPlans"))
            from inner in Inner()
            select (Criterion)new Criterion.Each(quantifier, name, inner));
    }

    private static Gen<Criterion> Inner()
    {
        var leaf = Gen.OneOf(
            from name in Gen.Elements(Criterion.Each.Item, "servicePlanId", "capabilityStatus")
            from relation in Gen.Elements(CompareOperator.Equals, CompareOperator.Contains)
            from wanted in Gen.OneOf(Gen.Elements("p1", "Enabled", "e"), Reference(), Gen.Elements(Searches))
            select (Criterion)new Criterion.Compare(name, relation, wanted),
            Reference().Select(Criterion (target) => new Criterion.Chain(Criterion.Each.Item, target, Depth: null)));
        return Gen.OneOf(
            leaf, leaf.Select(Criterion (inner) => new Criterion.Not(inner)), leaf.ListOf(2).Select(Criterion (parts) => new Criterion.AllOf([.. parts])));
    }
}

/// <summary>What becomes of an object; null when it is removed.</summary>
internal sealed record Change(Guid Id, ReplicaObject? Subject);
