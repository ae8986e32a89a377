using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Core.Criteria.Columns;

namespace GroupPortal.Core.Tests.Criteria.Columns;

public sealed class RowSetTests
{
    private const int Rows = 300;

    private static readonly Gen<HashSet<int>> Some = Gen.Choose(0, Rows - 1).ListOf().Select(rows => rows.ToHashSet());

    [Fact]
    public void Sets_have_the_same_digest_exactly_when_they_have_the_same_rows() => Check.QuickThrowOnFailure(Prop.ForAll(
        (from one in Some from other in Gen.OneOf(Some, Gen.Choose(0, Rows - 1).Select(row => new HashSet<int>(one) { row })) select (one, other)).ToArbitrary(),
        pair => pair.one.SetEquals(pair.other) == (Of(pair.one, Rows).Digest() == Of(pair.other, Rows).Digest())));

    [Fact]
    public void Rows_that_have_come_since_do_not_change_the_digest() =>
        Assert.Equal(Of([3, 64, 299], Rows).Digest(), Of([3, 64, 299], 5000).Digest());

    [Fact]
    public void The_same_rows_at_another_place_are_another_set()
    {
        var digests = Enumerable.Range(0, 40).Select(word => Of([(word * 64) + 5], 5000).Digest()).Append(Of([], 5000).Digest()).ToList();

        Assert.Equal(digests.Count, digests.Distinct().Count());
    }

    private static RowSet Of(IEnumerable<int> rows, int length)
    {
        var set = new RowSet(length);
        foreach (var row in rows)
        {
            set[row] = true;
        }

        return set;
    }
}
