using System.Globalization;
using System.Security.Cryptography;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Tests;
using Xunit.Abstractions;

namespace GroupPortal.Directories.Tests.Criteria;

/// <summary>What filters mean to a real domain controller is what the tree means.</summary>
public sealed class LdapCriteriaTests(CriteriaDomain domain, ITestOutputHelper output) : IClassFixture<CriteriaDomain>
{
    private const int Trees = 400;

    /// <summary>Another seed for the criteria that are new in every run: one that failed, or many more of them.</summary>
    private const string SeedSetting = "GROUPPORTAL_CRITERIA_SEED";

    private static readonly CriteriaVocabulary Vocabulary = CriteriaVocabulary.For(StoreKind.ActiveDirectory);

    private readonly CriteriaContext _context = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)) { References = domain };

    /// <summary>The same in every run, and others.</summary>
    public static TheoryData<string> Seeds => ["20260301", Environment.GetEnvironmentVariable(SeedSetting) ?? "new"];

    [SambaTheory]
    [MemberData(nameof(Seeds))]
    public async Task Searching_with_the_filter_and_looking_at_the_rest_selects_whom_the_tree_selects(string seed)
    {
        var (exact, selective, wrong) = (0, 0, new List<string>());
        var number = SeedOf(seed);
        var criteria = new RandomCriteria(number, domain.Objects);
        for (var round = 0; round < Trees; round++)
        {
            var tree = criteria.Next();
            var written = CriteriaText.Write(CriteriaLanguage.Ldap, tree, Vocabulary);
            var meant = Selected(tree);
            var found = await domain.SearchAsync(written.Text!);
            var selected = written.Residual is null ? found : Selected(written.Residual).Where(found.Contains).ToHashSet();

            exact += written.IsExact ? 1 : 0;
            selective += meant.Count > 0 && meant.Count < domain.Objects.Count ? 1 : 0;
            if (!meant.IsSubsetOf(found) || !meant.SetEquals(selected))
            {
                wrong.Add($"{round}: {CriteriaText.Write(CriteriaLanguage.GroupId, tree, Vocabulary).Text}\n   {written.Text}\n   residual: {written.Residual is not null}, not found {meant.Count(id => !found.Contains(id))}, missing {meant.Count(id => !selected.Contains(id))}, too many {selected.Count(id => !meant.Contains(id))} of {meant.Count}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Prepend($"Seed {number}")));
        Assert.True(exact > Trees / 3, $"Only {exact} trees were said whole.");
        Assert.True(selective > Trees / 3, $"Only {selective} trees select some and not others.");
    }

    [SambaTheory]
    [MemberData(nameof(Seeds))]
    public void A_text_that_is_read_back_selects_whom_the_tree_selects_of_the_same_people(string seed)
    {
        var (written, wrong) = (new Dictionary<CriteriaLanguage, int>(), new List<string>());
        var number = SeedOf(seed);
        var criteria = new RandomCriteria(number, domain.Objects);
        for (var round = 0; round < Trees; round++)
        {
            // What no reader makes: a value of blanks is refused.
            var tree = criteria.Next();
            if (HasBlank(tree))
            {
                continue;
            }

            var meant = Selected(tree);
            foreach (var language in new[] { CriteriaLanguage.GroupId, CriteriaLanguage.Ldap, CriteriaLanguage.Entra })
            {
                if (CriteriaText.Write(language, tree, Vocabulary) is not { Text: { } text } said)
                {
                    continue;
                }

                written[language] = written.GetValueOrDefault(language) + 1;
                var read = CriteriaText.Read(language, text, Vocabulary);
                var wider = read.IsValid ? Selected(read.Root!) : new HashSet<Guid>();
                var selected = said.Residual is null ? wider : Selected(said.Residual).Where(wider.Contains).ToHashSet();
                if (!read.IsValid || !meant.SetEquals(selected))
                {
                    wrong.Add($"{round}: {language} {text}\n   {string.Join(' ', read.Problems.Select(problem => problem.Message))} missing {meant.Count(id => !selected.Contains(id))}, too many {selected.Count(id => !meant.Contains(id))} of {meant.Count}");
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Prepend($"Seed {number}")));
        Assert.True(written[CriteriaLanguage.GroupId] > Trees / 2, $"Only {written[CriteriaLanguage.GroupId]} texts were written.");
        Assert.True(written[CriteriaLanguage.Entra] > Trees / 10, $"Only {written[CriteriaLanguage.Entra]} rules were written.");
    }

    private ulong SeedOf(string text)
    {
        if (!ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed))
        {
            seed = (ulong)RandomNumberGenerator.GetInt32(int.MaxValue);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Seed {seed}"));
        return seed;
    }

    private static bool HasBlank(Criterion tree) =>
        (tree is Criterion.Compare compare && string.IsNullOrWhiteSpace(compare.Value)) || tree.Children.Any(HasBlank);

    private HashSet<Guid> Selected(Criterion tree)
    {
        var holds = CriteriaPredicate.Compile(tree, Vocabulary, _context);
        return domain.Objects.Where(holds).Select(person => person.Id).ToHashSet();
    }
}
