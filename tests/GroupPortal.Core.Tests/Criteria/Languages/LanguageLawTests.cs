using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Languages;

/// <summary>What holds for every tree and every text.</summary>
public sealed class LanguageLawTests
{
    public static TheoryData<StoreKind> Kinds => [StoreKind.ActiveDirectory, StoreKind.EntraId];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void GroupID_text_says_every_tree_and_reads_back_as_it(StoreKind kind)
    {
        var vocabulary = CriteriaVocabulary.For(kind);
        Check(kind, tree =>
        {
            var written = CriteriaText.Write(CriteriaLanguage.GroupId, tree, vocabulary);
            Assert.True(written.IsExact);
            var read = CriteriaText.Read(CriteriaLanguage.GroupId, written.Text!, vocabulary);

            Assert.Empty(read.Problems.Select(problem => $"{problem.Message} {written.Text}"));
            Assert.Equal(WithoutListsOfOne(tree), read.Root);
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_filter_that_says_it_all_reads_back_as_the_tree(StoreKind kind)
    {
        var vocabulary = CriteriaVocabulary.For(kind);
        var exact = 0;
        Check(kind, tree =>
        {
            var written = CriteriaText.Write(CriteriaLanguage.Ldap, tree, vocabulary);
            Assert.NotNull(written.Text);
            var read = CriteriaText.Read(CriteriaLanguage.Ldap, written.Text, vocabulary);

            Assert.Empty(read.Problems.Select(problem => $"{problem.Message} {written.Text}"));
            if (written.IsExact)
            {
                exact++;
                Assert.Equal(CriterionNormal.Of(tree), CriterionNormal.Of(read.Root!));
            }
            else
            {
                Assert.NotEmpty(written.Problems);
            }
        });
        Assert.True(exact > 200, $"Only {exact} trees were said whole.");
    }

    /// <summary>A category goes by the name of any class that has it in the directory, and the tree knows the categories alone.</summary>
    [Theory]
    [InlineData("user", false)]
    [InlineData("USER", false)]
    [InlineData("contact", false)]
    [InlineData("inetOrgPerson", false)]
    [InlineData("person", true)]
    [InlineData("Computer", true)]
    [InlineData("group", true)]
    [InlineData("CN=Person,CN=Schema,CN=Configuration,DC=demo,DC=local", true)]
    public void A_category_is_said_whole_only_where_it_is_read_back_as_itself(string category, bool isExact)
    {
        var vocabulary = CriteriaVocabulary.For(StoreKind.ActiveDirectory);
        var tree = new Criterion.Compare("objectCategory", CompareOperator.Equals, category);

        var written = CriteriaText.Write(CriteriaLanguage.Ldap, tree, vocabulary);

        Assert.Equal(isExact, written.IsExact);
        Assert.Equal(!isExact, written.Problems.Count > 0);
        Assert.Equal(isExact ? null : tree, written.Residual);
        var read = CriteriaText.Read(CriteriaLanguage.Ldap, written.Text!, vocabulary);
        Assert.Equal(isExact, CriterionNormal.Of(tree).Equals(CriterionNormal.Of(read.Root!)));
    }

    /// <summary>Filters that end within something: the problem is at the end, and not beyond.</summary>
    [Theory]
    [InlineData("(l=a)(")]
    [InlineData("(l=a)(st")]
    [InlineData("(l=a)(st=")]
    [InlineData("(l=a)(st=b")]
    [InlineData("(l=a)(&")]
    [InlineData("(l=a)(!")]
    [InlineData("(l=a)(|(st=b)")]
    [InlineData("l=a)(")]
    [InlineData("(&(accountExpires>=1)(!(accountExpires=0)")]
    [InlineData("(&(accountExpires>=1)(!(accountExpires=9223372036854775807))")]
    public void A_filter_that_ends_early_has_its_problems_in_it(string filter)
    {
        var vocabulary = CriteriaVocabulary.For(StoreKind.ActiveDirectory);
        var reading = CriteriaText.Read(CriteriaLanguage.Ldap, filter, vocabulary);

        Assert.NotEmpty(reading.Problems);
        AssertIsReading(reading, filter, CriteriaLanguage.Ldap, vocabulary);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_normal_form_stays_as_it_is(StoreKind kind) =>
        Check(kind, tree => Assert.Equal(CriterionNormal.Of(tree), CriterionNormal.Of(CriterionNormal.Of(tree))));

    /// <summary>Texts that were right, with something cut, doubled, moved or exchanged; and texts of signs.</summary>
    [Theory]
    [InlineData(CriteriaLanguage.GroupId)]
    [InlineData(CriteriaLanguage.Ldap)]
    public void No_text_is_too_broken_to_be_read(CriteriaLanguage language)
    {
        var dice = new Dice(20260301);
        var vocabulary = CriteriaVocabulary.For(StoreKind.ActiveDirectory);
        var trees = Trees.Of(StoreKind.ActiveDirectory).Generator.Sample(400, size: 50);
        string[] signs = ["(", ")", "\"", "*", "\\", "&", "|", "!", "=", ":", ":=", ">", "<=", "~=", " ", "and", "or", "not", "any", "all", "department", "Contains", "within", "\\zz", "\ud800", "\0", ";", "’", "”"];
        foreach (var tree in trees)
        {
            var text = CriteriaText.Write(language, tree, vocabulary).Text!;
            for (var round = 0; round < 25; round++)
            {
                var mutated = text;
                for (var change = 1 + dice.Next(3); change > 0; change--)
                {
                    var at = dice.Next(mutated.Length + 1);
                    var length = dice.Next(Math.Min(8, mutated.Length - at) + 1);
                    mutated = dice.Next(3) switch
                    {
                        0 => mutated.Remove(at, length),
                        1 => mutated.Insert(at, signs[dice.Next(signs.Length)]),
                        _ => mutated.Insert(dice.Next(mutated.Length + 1), mutated.Substring(at, length)),
                    };
                }

                AssertIsReading(CriteriaText.Read(language, mutated, vocabulary), mutated, language, vocabulary);
            }

            var noise = string.Concat(Enumerable.Range(0, dice.Next(40)).Select(_ => signs[dice.Next(signs.Length)] + (dice.Next(2) == 0 ? " " : string.Empty)));
            AssertIsReading(CriteriaText.Read(language, noise, vocabulary), noise, language, vocabulary);
        }
    }

    /// <summary>As somebody types it, sign by sign; and its end alone, as somebody pastes who missed the beginning.</summary>
    [Theory]
    [InlineData(CriteriaLanguage.GroupId)]
    [InlineData(CriteriaLanguage.Ldap)]
    [InlineData(CriteriaLanguage.Entra)]
    public void Every_beginning_and_every_end_of_a_text_is_read_with_its_problems_in_it(CriteriaLanguage language)
    {
        var vocabulary = CriteriaVocabulary.For(StoreKind.EntraId);
        foreach (var tree in Trees.Of(StoreKind.EntraId).Generator.Sample(120, size: 40))
        {
            var text = CriteriaText.Write(language, tree, vocabulary).Text ?? string.Empty;
            for (var length = 0; length < Math.Min(text.Length, 400); length++)
            {
                AssertIsReading(CriteriaText.Read(language, text[..length], vocabulary), text[..length], language, vocabulary);
                AssertIsReading(CriteriaText.Read(language, text[^length..], vocabulary), text[^length..], language, vocabulary);
            }
        }
    }

    [Theory]
    [InlineData(CriteriaLanguage.GroupId, "(")]
    [InlineData(CriteriaLanguage.GroupId, ")")]
    [InlineData(CriteriaLanguage.GroupId, "not ")]
    [InlineData(CriteriaLanguage.GroupId, "any proxyAddresses (")]
    [InlineData(CriteriaLanguage.GroupId, "not (l Present and ")]
    [InlineData(CriteriaLanguage.GroupId, "l Present or ")]
    [InlineData(CriteriaLanguage.GroupId, "deparment ")]
    [InlineData(CriteriaLanguage.GroupId, "x \"")]
    [InlineData(CriteriaLanguage.GroupId, "a Contain \"b\" and ")]
    [InlineData(CriteriaLanguage.Ldap, "(")]
    [InlineData(CriteriaLanguage.Ldap, ")")]
    [InlineData(CriteriaLanguage.Ldap, "(!")]
    [InlineData(CriteriaLanguage.Ldap, "(&(l=a)(|")]
    [InlineData(CriteriaLanguage.Ldap, "(l=a)")]
    [InlineData(CriteriaLanguage.Ldap, "(&(accountExpires")]
    [InlineData(CriteriaLanguage.Ldap, "(l=(")]
    [InlineData(CriteriaLanguage.Ldap, "(deparment=a*")]
    [InlineData(CriteriaLanguage.Ldap, "(l:")]
    [InlineData(CriteriaLanguage.Ldap, "\\")]
    public void A_hundred_thousand_of_anything_is_read_to_its_end(CriteriaLanguage language, string again)
    {
        var vocabulary = CriteriaVocabulary.For(StoreKind.ActiveDirectory);
        var text = string.Concat(Enumerable.Repeat(again, 100_000));
        var longest = text[..CriteriaLimits.TextLength];

        Assert.Equal("TooLong", Assert.Single(CriteriaText.Read(language, text, vocabulary).Problems).Code);
        var reading = CriteriaText.Read(language, longest, vocabulary);
        AssertIsReading(reading, longest, language, vocabulary);
        Assert.NotEmpty(reading.Problems);
    }

    /// <summary>Problems lie in the text, one place at a time, and only a right text makes a rule; what is right can be written.</summary>
    private static void AssertIsReading(CriteriaReading reading, string text, CriteriaLanguage language, CriteriaVocabulary vocabulary)
    {
        Assert.True(reading.Root is not null || reading.Problems.Count > 0, text);
        Assert.All(reading.Problems, problem =>
        {
            Assert.InRange(problem.Start, 0, text.Length);
            Assert.InRange(problem.Length, 0, text.Length - problem.Start);
            Assert.DoesNotContain("Criteria.", problem.Message, StringComparison.Ordinal);
        });
        if (reading.Root is { } root)
        {
            var size = CriterionSize.Of(root);
            Assert.True(size.Depth <= CriteriaLimits.Depth && size.Terms <= CriteriaLimits.Terms, text);
        }

        if (reading.IsValid)
        {
            var written = CriteriaText.Write(language, reading.Root!, vocabulary);
            Assert.True(written.Text is not null, text);
            Assert.Equal(CriterionNormal.Of(reading.Root!), written.IsExact ? CriterionNormal.Of(CriteriaText.Read(language, written.Text, vocabulary).Root!) : CriterionNormal.Of(reading.Root!));
        }
    }

    /// <summary>A list of one part is its part, as texts have it; nothing else is changed.</summary>
    private static Criterion WithoutListsOfOne(Criterion criterion) => criterion switch
    {
        Criterion.AllOf { Parts: [var only] } => WithoutListsOfOne(only),
        Criterion.AnyOf { Parts: [var only] } => WithoutListsOfOne(only),
        Criterion.AllOf all => new Criterion.AllOf([.. all.Parts.Select(WithoutListsOfOne)]),
        Criterion.AnyOf any => new Criterion.AnyOf([.. any.Parts.Select(WithoutListsOfOne)]),
        Criterion.Not not => new Criterion.Not(WithoutListsOfOne(not.Inner)),
        Criterion.Each each => each with { Inner = WithoutListsOfOne(each.Inner) },
        _ => criterion,
    };

    private static void Check(StoreKind kind, Action<Criterion> law) =>
        Prop.ForAll(Trees.Of(kind), tree => law(tree)).Check(Config.QuickThrowOnFailure.WithMaxTest(1500).WithEndSize(60));
}
