using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Tests;
using Xunit.Abstractions;

namespace GroupPortal.Directories.Tests.Criteria;

/// <summary>What filters mean to a real domain controller is what the tree means.</summary>
public sealed class LdapCriteriaTests(CriteriaDomain domain, ITestOutputHelper output) : IClassFixture<CriteriaDomain>
{
    private const ulong Seed = 20260301;
    private const int Trees = 150;

    private static readonly CriteriaVocabulary Vocabulary = CriteriaVocabulary.For(StoreKind.ActiveDirectory);

    [SambaFact]
    public async Task Searching_with_the_filter_and_looking_at_the_rest_selects_whom_the_tree_selects()
    {
        output.WriteLine($"Seed {Seed}");
        var criteria = new RandomCriteria(Seed, domain.Objects);
        var context = new CriteriaContext(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)) { References = domain };
        var (exact, selective, wrong) = (0, 0, new List<string>());
        for (var round = 0; round < Trees; round++)
        {
            var tree = criteria.Next();
            var written = CriteriaText.Write(CriteriaLanguage.Ldap, tree, Vocabulary);
            var meant = Selected(tree, context);
            var found = await domain.SearchAsync(written.Text!);
            var selected = written.Residual is null ? found : Selected(written.Residual, context).Where(found.Contains).ToHashSet();

            exact += written.IsExact ? 1 : 0;
            selective += meant.Count > 0 && meant.Count < domain.Objects.Count ? 1 : 0;
            if (!meant.SetEquals(selected))
            {
                wrong.Add($"{round}: {CriteriaText.Write(CriteriaLanguage.GroupId, tree, Vocabulary).Text}\n   {written.Text}\n   residual: {written.Residual is not null}, missing {meant.Count(id => !selected.Contains(id))}, too many {selected.Count(id => !meant.Contains(id))} of {meant.Count}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(exact > Trees / 3, $"Only {exact} trees were said whole.");
        Assert.True(selective > Trees / 3, $"Only {selective} trees select some and not others.");
    }

    private IReadOnlySet<Guid> Selected(Criterion tree, CriteriaContext context)
    {
        var holds = CriteriaPredicate.Compile(tree, Vocabulary, context);
        return domain.Objects.Where(holds).Select(person => person.Id).ToHashSet();
    }
}
