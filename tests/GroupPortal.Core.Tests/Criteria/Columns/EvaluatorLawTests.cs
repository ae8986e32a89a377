using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Columns;

public sealed class EvaluatorLawTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(StoreKind.ActiveDirectory)]
    [InlineData(StoreKind.EntraId)]
    public void Columns_select_exactly_whom_the_predicate_selects(StoreKind kind)
    {
        var vocabulary = CriteriaVocabulary.For(kind);
        var cases = from changes in NastyPopulation.Changes(kind)
                    from rules in NastyPopulation.Rule(kind).ListOf(12)
                    from isPaged in Gen.Elements(true, false)
                    select (Changes: changes, Rules: rules.ToList(), IsPaged: isPaged);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(cases.ToArbitrary(), one =>
            {
                var (expected, table) = (new PlainReplica(vocabulary), new ReplicaTable(vocabulary));
                foreach (var change in one.Changes)
                {
                    expected.Apply(change);
                }

                Apply(table, one.Changes, one.IsPaged);
                if (one.IsPaged)
                {
                    table = Reloaded(table);
                }

                foreach (var rule in one.Rules)
                {
                    var holds = CriteriaPredicate.Compile(rule, vocabulary, new CriteriaContext(Now) { References = expected });
                    var wanted = expected.Objects.Where(holds).Select(subject => subject.Id).Order().ToList();
                    var found = table.Read(view => view.Evaluate(rule, Now).Rows().Select(view.IdOf).Order().ToList());
                    Assert.True(wanted.SequenceEqual(found), $"{rule}: the predicate selects {string.Join(' ', wanted)}, the columns {string.Join(' ', found)}");
                }
            }));
    }

    [Theory]
    [InlineData(StoreKind.ActiveDirectory)]
    [InlineData(StoreKind.EntraId)]
    public void An_object_comes_back_as_it_was_put_in(StoreKind kind)
    {
        var vocabulary = CriteriaVocabulary.For(kind);
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(NastyPopulation.Changes(kind).ToArbitrary(), changes =>
            {
                var (expected, table) = (new PlainReplica(vocabulary), new ReplicaTable(vocabulary));
                foreach (var change in changes)
                {
                    expected.Apply(change);
                }

                Apply(table, changes, isPaged: false);
                Assert.Equal(expected.Objects.Count, table.Count);
                foreach (var subject in expected.Objects)
                {
                    var found = table.Read(view => view.ObjectAt(view.RowOf(subject.Id)));
                    Assert.Equal((subject.Kind, subject.Dn, subject.IsProtected), (found.Kind, found.Dn, found.IsProtected));
                    Assert.Equal(subject.Members?.Distinct().Order(), found.Members?.Order());
                    foreach (var attribute in vocabulary.Attributes.Where(attribute => attribute.Syntax is CriteriaSyntaxes.Text or CriteriaSyntaxes.Flags && attribute.IsReplicated))
                    {
                        Assert.Equal(ValuesOf(subject, attribute.Name), ValuesOf(found, attribute.Name));
                    }
                }
            }));
    }

    private static IEnumerable<string> ValuesOf(ReplicaObject subject, string attribute) =>
        subject.Values.Where(pair => pair.Key == attribute).SelectMany(pair => pair.Value).Where(value => value.Length > 0);

    private static void Apply(ReplicaTable table, IReadOnlyList<Change> changes, bool isPaged)
    {
        if (!isPaged)
        {
            foreach (var change in changes)
            {
                if (change.Subject is null)
                {
                    table.Remove(change.Id);
                }
                else
                {
                    table.Apply(change.Subject);
                }
            }

            return;
        }

        // A page holds an object once: changed or deleted.
        foreach (var change in changes)
        {
            table.Apply(new ReplicaPage(change.Subject is null ? [] : [change.Subject], change.Subject is null ? [change.Id] : [], string.Empty, HasMore: false));
        }
    }

    private static ReplicaTable Reloaded(ReplicaTable table)
    {
        using var stream = new MemoryStream();
        table.Save(stream);
        stream.Position = 0;
        return ReplicaTable.Load(stream, table.Vocabulary);
    }
}
