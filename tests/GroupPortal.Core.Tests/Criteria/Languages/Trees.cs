using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Languages;

/// <summary>Random trees as readers make them: known attributes, conditions that are for them, values in the tree's form.</summary>
internal static class Trees
{
    private static readonly string[] Texts =
    [
        "Engineering", "a", "A B", " a", "a ", "a  b", "\"", "\"\"", "say \"hi\"", "*", "**", "a*b", "(", ")", "a)(b=c", "\\", "\\*", "\\\\", "\\2a", "\0", "\n", "é", "ß", "🎈",
        "and", "or", "not", "not (a", "everyone", "Doesn't", "’", "“", "a;b=c", "\u00a0x", "x\u0301", "<GUID=1>", "#1", "=", "~=", ":=",
    ];

    private static readonly string[] Patterns = ["^a", "a.*b$", "[a-z]+", "\\d{3}", "a|b", "\\\"", "\\("];

    private static readonly string[] Names =
        ["CN=Ana,OU=Staff,DC=demo,DC=local", "CN=Smith\\, Ana,DC=demo", "CN=\\#a\\*(b)\\\\,DC=x", "6bd67b4a-eb06-4b05-94a8-43914fb2e19a", "CN=Zoë,DC=demo"];

    private static readonly string[] Times =
        ["2026-03-01T00:00:00Z", "2026-03-01T08:30:59Z", "2026-03-01T08:30:59.5Z", "1999-12-31T23:59:59.9999999Z", "1500-01-01T00:00:00Z", "now", "now-P30D", "now+P1Y2M3DT4H5M6S"];

    private static readonly string[] Numbers = ["0", "1", "-1", "2", "514", "65568", "2147483647", "-2147483648", "2147483648", "4294967295", "9223372036854775807"];

    public static Arbitrary<Criterion> Of(StoreKind kind) => Arb.From(Gen.Sized(size => Tree(kind, Math.Min(5, 1 + (size / 12)))), Shrunk);

    private static Gen<Criterion> Tree(StoreKind kind, int depth)
    {
        var leaf = Leaf(kind);
        if (depth <= 1)
        {
            return leaf;
        }

        var part = Gen.Elements(1, 2).SelectMany(less => Tree(kind, depth - less));
        return Gen.Frequency<Criterion>(
            (4, leaf),
            (2, part.ListOf(0, 4).Select(parts => (Criterion)new Criterion.AllOf([.. parts]))),
            (2, part.ListOf(0, 4).Select(parts => (Criterion)new Criterion.AnyOf([.. parts]))),
            (2, part.Select(inner => (Criterion)new Criterion.Not(inner))),
            (1, Each(kind)));
    }

    private static Gen<Criterion> ListOf(Gen<Criterion> part, bool isAll) => Gen.Choose(0, 4).SelectMany(count => part.ListOf(count)).Select(parts =>
        isAll ? (Criterion)new Criterion.AllOf([.. parts]) : new Criterion.AnyOf([.. parts]));

    private static Gen<IEnumerable<Criterion>> ListOf(this Gen<Criterion> part, int fewest, int most) =>
        Gen.Choose(fewest, most).SelectMany(count => part.ListOf(count)).Select(parts => (IEnumerable<Criterion>)parts);

    private static Gen<Criterion> Leaf(StoreKind kind) =>
        Gen.Elements(CriteriaVocabulary.For(kind).Attributes.ToArray()).SelectMany(Clause);

    private static Gen<Criterion> Clause(CriteriaAttribute attribute) =>
        from condition in Gen.Elements(CriteriaOperators.For(attribute).ToArray())
        from value in Value(attribute, condition)
        from depth in Gen.Frequency((3, Gen.Constant<int?>(null)), (1, Gen.Elements<int?>(1, 2, 7)))
        select Limited(condition.On(attribute.Name, value), depth);

    private static Criterion Limited(Criterion criterion, int? depth) => criterion switch
    {
        Criterion.Chain chain => chain with { Depth = depth },
        Criterion.Not { Inner: Criterion.Chain chain } => new Criterion.Not(chain with { Depth = depth }),
        _ => criterion,
    };

    /// <summary>Items and their fields, with everything that can be asked of them.</summary>
    private static Gen<Criterion> Each(StoreKind kind) =>
        from attribute in Gen.Elements(CriteriaVocabulary.For(kind).Attributes.Where(attribute => attribute.IsMultiValued).ToArray())
        from quantifier in Gen.Elements(Quantifier.Any, Quantifier.All)
        let fields = attribute.Fields.Count > 0
            ? attribute.Fields.Select(field => new CriteriaAttribute(field)).ToArray()
            : [attribute with { Name = Criterion.Each.Item, Ldap = null }]
        let clause = Gen.Elements(fields).SelectMany(Clause)
        from inner in Gen.OneOf(clause, ListOf(clause, isAll: true), ListOf(clause, isAll: false), clause.Select(part => (Criterion)new Criterion.Not(part)))
        select (Criterion)new Criterion.Each(quantifier, attribute.Name, inner);

    private static Gen<string> Value(CriteriaAttribute attribute, CriteriaCondition condition) => attribute.Syntax switch
    {
        CriteriaSyntaxes.Number or CriteriaSyntaxes.Flags => Gen.OneOf(Gen.Elements(Numbers), Gen.Choose(-5, 100_000).Select(number => number.ToString(CultureInfo.InvariantCulture))),
        CriteriaSyntaxes.Boolean => Gen.Elements("TRUE", "FALSE"),
        CriteriaSyntaxes.Time => Gen.Elements(Times),
        CriteriaSyntaxes.Reference => Gen.Elements(Names),
        _ when condition.Operator == CompareOperator.Matches => Gen.Elements(Patterns),
        _ when attribute.Ldap == "objectGUID" && condition.Operator == CompareOperator.Equals => Gen.Fresh(() => new Guid("6bd67b4a-eb06-4b05-94a8-43914fb2e19a").ToString()),
        _ when attribute.Name is "objectCategory" or "objectClass" => Gen.Elements("person", "computer", "group", "user"),
        _ => Gen.OneOf(Gen.Elements(Texts), ArbMap.Default.GeneratorFor<NonEmptyString>().Select(text => text.Get))
            .Where(text => Folding.ActiveDirectory.Fold(text).Length > 0),
    };

    private static IEnumerable<Criterion> Shrunk(Criterion criterion)
    {
        foreach (var child in criterion is Criterion.Each ? [] : criterion.Children)
        {
            yield return child;
        }

        var parts = criterion switch { Criterion.AllOf all => all.Parts, Criterion.AnyOf any => any.Parts, _ => [] };
        for (var index = 0; index < parts.Count; index++)
        {
            IReadOnlyList<Criterion> fewer = [.. parts.Where((_, other) => other != index)];
            yield return criterion is Criterion.AllOf ? new Criterion.AllOf(fewer) : new Criterion.AnyOf(fewer);
        }

        if (criterion is Criterion.Not not)
        {
            foreach (var inner in Shrunk(not.Inner))
            {
                yield return new Criterion.Not(inner);
            }
        }
    }
}
