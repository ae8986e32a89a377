using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Languages;

/// <summary>What holds for every tree written as a membershipRule.</summary>
public sealed class EntraLawTests
{
    private static readonly CriteriaContext Context = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    public static TheoryData<StoreKind> Kinds => [StoreKind.ActiveDirectory, StoreKind.EntraId];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_rule_that_says_it_all_reads_back_as_the_tree(StoreKind kind)
    {
        var vocabulary = CriteriaVocabulary.For(kind);
        var exact = 0;
        Check(kind, tree =>
        {
            var written = CriteriaText.Write(CriteriaLanguage.Entra, tree, vocabulary);
            if (written.Text is null)
            {
                Assert.NotEmpty(written.Problems);
                return;
            }

            var read = CriteriaText.Read(CriteriaLanguage.Entra, written.Text, vocabulary);
            Assert.Empty(read.Problems.Select(problem => $"{problem.Message} {written.Text}"));
            if (written.IsExact)
            {
                exact++;
                Assert.Equal(Normal(tree, vocabulary), Normal(read.Root!, vocabulary));
            }
        });
        Assert.True(exact > 100, $"Only {exact} trees were said whole.");
    }

    /// <summary>People who have the very values that the tree asks for, some of them, or none.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_rule_and_what_is_left_select_whom_the_tree_selects(StoreKind kind)
    {
        var vocabulary = CriteriaVocabulary.For(kind);
        var dice = new Dice(20260302);
        var asked = 0;
        Check(kind, tree =>
        {
            var written = CriteriaText.Write(CriteriaLanguage.Entra, tree, vocabulary);
            if (written.Text is null)
            {
                return;
            }

            asked++;
            var whole = CriteriaPredicate.Compile(tree, vocabulary, Context);
            var wider = CriteriaPredicate.Compile(CriteriaText.Read(CriteriaLanguage.Entra, written.Text, vocabulary).Root!, vocabulary, Context);
            var residual = CriteriaPredicate.Compile(written.Residual ?? Criterion.Everyone, vocabulary, Context);
            for (var person = 0; person < 8; person++)
            {
                var somebody = Somebody(tree, vocabulary, dice);
                Assert.True(whole(somebody) == (wider(somebody) && residual(somebody)), written.Text);
            }
        });
        Assert.True(asked > 100);
    }

    [Fact]
    public void No_rule_is_too_broken_to_be_read()
    {
        var dice = new Dice(20260303);
        var vocabulary = CriteriaVocabulary.For(StoreKind.EntraId);
        string[] signs = ["(", ")", "[", "]", ",", "\"", "'", "`", "\\", "-", "–", " -and ", " -or ", "-not", " -any ", "_", "null", "system.now", "user.", "Direct Reports for ", ".", "\ud800", "“", "1"];
        foreach (var tree in Trees.Of(StoreKind.EntraId).Generator.Sample(400, size: 50))
        {
            var text = CriteriaText.Write(CriteriaLanguage.Entra, tree, vocabulary).Text ?? "user.city -in [\"a\", 'b']";
            for (var round = 0; round < 10; round++)
            {
                var at = dice.Next(text.Length + 1);
                text = dice.Next(2) == 0 ? text.Insert(at, signs[dice.Next(signs.Length)]) : text.Remove(at, dice.Next(Math.Min(5, text.Length - at) + 1));
                var reading = CriteriaText.Read(CriteriaLanguage.Entra, text, vocabulary);

                Assert.True(reading.Root is not null || reading.Problems.Count > 0, text);
                Assert.All(reading.Problems, problem =>
                {
                    Assert.InRange(problem.Start, 0, text.Length);
                    Assert.InRange(problem.Length, 0, text.Length - problem.Start);
                    Assert.DoesNotContain("Criteria.", problem.Message, StringComparison.Ordinal);
                });
            }
        }
    }

    /// <summary>Everybody has an object id, which is how the language says everybody.</summary>
    private static Criterion Normal(Criterion tree, CriteriaVocabulary vocabulary)
    {
        vocabulary.TryGet("objectId", out var id);
        return CriterionNormal.Of(Replaced(CriterionNormal.Of(tree), id!.Name));
    }

    private static Criterion Replaced(Criterion tree, string id) => tree switch
    {
        Criterion.Present present when present.Attribute == id => Criterion.Everyone,
        Criterion.AllOf all => CriterionNormal.Of(new Criterion.AllOf([.. all.Parts.Select(part => Replaced(part, id))])),
        Criterion.AnyOf any => CriterionNormal.Of(new Criterion.AnyOf([.. any.Parts.Select(part => Replaced(part, id))])),
        Criterion.Not not => Replaced(not.Inner, id) switch
        {
            Criterion.AllOf { Parts.Count: 0 } => Criterion.Nobody,
            Criterion.AnyOf { Parts.Count: 0 } => Criterion.Everyone,
            var inner => new Criterion.Not(inner),
        },
        _ => tree,
    };

    private static ReplicaObject Somebody(Criterion tree, CriteriaVocabulary vocabulary, Dice dice)
    {
        Dictionary<string, List<string>> values = new(StringComparer.Ordinal);
        var open = new Stack<Criterion>([tree]);
        while (open.TryPop(out var node))
        {
            foreach (var child in node is Criterion.Each ? [] : node.Children)
            {
                open.Push(child);
            }

            if (node is Criterion.Compare compare && vocabulary.TryGet(compare.Attribute, out var attribute)
                && attribute.Syntax is CriteriaSyntaxes.Text or CriteriaSyntaxes.Flags or CriteriaSyntaxes.Boolean && attribute.IsReplicated && dice.Next(3) > 0
                && (attribute.IsMultiValued || !values.ContainsKey(compare.Attribute)))
            {
                (values.TryGetValue(compare.Attribute, out var known) ? known : values[compare.Attribute] = []).Add(compare.Value);
            }
        }

        return new ReplicaObject(
            new Guid("00000000-0000-0000-0000-00000000000a"), ObjectKind.User, "CN=A,DC=demo", [.. values.Select(pair => KeyValuePair.Create(pair.Key, (IReadOnlyList<string>)pair.Value))]);
    }

    private static void Check(StoreKind kind, Action<Criterion> law) =>
        Prop.ForAll(Trees.Of(kind), tree => law(tree)).Check(Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(60));
}
