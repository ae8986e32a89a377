using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Columns;

public sealed class ColumnTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(200)]
    [InlineData(300)]
    [InlineData(5000)]
    [InlineData(70_000)]
    public void Codes_of_any_width_are_found_by_every_way_of_scanning(int codes)
    {
        var (array, rows) = (new CodeArray(), Math.Max(1000, codes) + 37);
        for (var row = 0; row < rows - 10; row++)
        {
            array.Set(row, row * 31 % (codes + 1));
        }

        foreach (var every in new[] { 1, 7, Math.Max(1, codes / 5) })
        {
            bool[] truth = [.. Enumerable.Range(0, codes + 1).Select(code => code % every == 0)];
            Assert.Equal(Enumerable.Range(0, rows).Where(row => truth[array[row]]), array.Scan(truth, rows).Rows());
        }
    }

    [Theory]
    [InlineData(CompareOperator.Contains, "son 12")]
    [InlineData(CompareOperator.StartsWith, "per")]
    [InlineData(CompareOperator.EndsWith, "99")]
    [InlineData(CompareOperator.Equals, "PERSON 2048 É")]
    [InlineData(CompareOperator.Contains, "é")]
    [InlineData(CompareOperator.Like, "*5*9*")]
    [InlineData(CompareOperator.Contains, "1")]
    public void Texts_are_found_in_many_blocks_after_changes(CompareOperator compare, string wanted)
    {
        const int Count = 5000;
        var vocabulary = CriteriaVocabulary.For(StoreKind.ActiveDirectory);
        using var table = People.Table([.. Enumerable.Range(1, Count).Select(number => People.Make(number, ObjectKind.User, "x", ("displayName", "someone")))]);
        for (var number = Count; number > 0; number -= 2)
        {
            table.Apply(People.Make(number, ObjectKind.User, "x", ("displayName", string.Create(CultureInfo.InvariantCulture, $"Person {number} é"))));
            table.Apply(People.Make(number - 1, ObjectKind.User, "x", ("displayName", string.Create(CultureInfo.InvariantCulture, $"Person  {number}{(number % 3 == 0 ? "99" : " ")}"))));
        }

        var rule = new Criterion.Compare("displayName", compare, wanted);
        var (found, expected) = table.Read(view => (
            view.Evaluate(rule, People.Now).Rows().ToList(),
            view.All().Rows().Where(row => CriteriaPredicate.Compile(rule, vocabulary, view.ContextAt(People.Now))(view.ObjectAt(row))).ToList()));
        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void A_column_of_nearly_unique_values_is_kept_as_text()
    {
        const int Count = 20_000;
        using var table = People.Table([.. Enumerable.Range(0, Count).Select(number => People.Make(number, ObjectKind.User, "x", ("streetAddress", "Street " + number)))]);
        var report = table.MemoryReport().Single(column => column.Attribute == "streetAddress");
        Assert.Equal(Count, report.Values);
        Assert.InRange(report.Bytes, Count * 10, Count * 30);
        Assert.Equal([19_999], table.Numbers(view => view.Evaluate(new Criterion.Compare("streetAddress", CompareOperator.Equals, "street 19999"), People.Now)));
    }

    [Fact]
    public void A_column_that_nobody_has_a_value_in_is_not_there()
    {
        using var table = People.Table(People.Make(1, ObjectKind.User, "x", ("title", string.Empty)));
        Assert.DoesNotContain(table.MemoryReport(), column => column.Attribute == "title");
    }

    [Fact]
    public void Values_that_nobody_has_any_more_are_forgotten()
    {
        using var table = People.Table();
        for (var turn = 0; turn < 1000; turn++)
        {
            table.Apply(People.Make(1, ObjectKind.User, "x", ("department", "Department " + turn)));
        }

        Assert.Equal(["Department 999"], table.Read(view => view.ValueCounts("department").Select(pair => pair.Key).ToList()));
        Assert.InRange(table.MemoryReport().Single(column => column.Attribute == "department").Bytes, 1, 1000);
    }

    [Fact]
    public void A_long_line_of_managers_with_a_circle_is_walked_once()
    {
        const int Count = 20_000;
        using var table = People.Table(
            [.. Enumerable.Range(0, Count).Select(number => People.Make(number, ObjectKind.User, "P" + number, ("manager", People.Id((number + 1) % Count).ToString("D"))))]);
        Assert.Equal(Count, table.Read(view => view.Evaluate(new Criterion.Chain("manager", People.Id(5).ToString("D"), Depth: null), People.Now).Count));
        Assert.Equal([3, 4], table.Numbers(view => view.Evaluate(new Criterion.Chain("manager", People.Id(5).ToString("D"), Depth: 2), People.Now)));
    }
}
