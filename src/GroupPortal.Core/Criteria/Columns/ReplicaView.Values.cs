namespace GroupPortal.Core.Criteria.Columns;

/// <summary>What values there are, for charts, suggestions and lint.</summary>
public sealed partial class ReplicaView
{
    /// <summary>So many rows tell enough of what the values of a nearly unique attribute are like.</summary>
    private const int SuggestedRows = 500;

    /// <summary>How many of a set have each value, the most frequent first; everybody for no set. Those without one are not counted.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> ValueCounts(string attribute, RowSet? within = null) =>
        ColumnOf(attribute) is { } column ? Ordered(column.Counts(within, RowCount)) : [];

    /// <summary>How many of a set have no value of an attribute.</summary>
    public int CountWithout(string attribute, RowSet within)
    {
        ArgumentNullException.ThrowIfNull(within);
        return within.Count - (ColumnOf(attribute)?.Present(RowCount).CountWith(within) ?? 0);
    }

    /// <summary>
    /// The values that begin with what was typed, then those that contain it; the most frequent first. Of nearly unique
    /// attributes, the first that are found.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, int>> Suggest(string attribute, string typed, int take)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        var folding = Vocabulary.Folding;
        var search = folding.Fold(typed);
        switch (ColumnOf(attribute))
        {
            case null:
                return [];
            case CodedColumn coded:
                return Suggested(coded.Counts(within: null, RowCount));
            case PooledColumn pooled when search.Length > 0:
                var begins = Evaluate(new Criterion.Compare(attribute, CompareOperator.StartsWith, typed), DateTimeOffset.MinValue);
                var others = begins.Count >= take
                    ? new RowSet(0)
                    : Evaluate(new Criterion.Compare(attribute, CompareOperator.Contains, typed), DateTimeOffset.MinValue).AndNot(begins);
                return Suggested(Values(pooled, begins.Rows().Take(SuggestedRows).Concat(others.Rows().Take(SuggestedRows))));
            case var column:
                return Suggested(Values(column, column.Present(RowCount).Rows().Take(SuggestedRows)));
        }

        IEnumerable<KeyValuePair<string, int>> Values(ReplicaColumn column, IEnumerable<int> rows) =>
            rows.SelectMany(column.Get).CountBy(value => value, StringComparer.Ordinal);

        IReadOnlyList<KeyValuePair<string, int>> Suggested(IEnumerable<KeyValuePair<string, int>> values) =>
        [
            .. Ordered(values)
                .Select(pair => (Pair: pair, At: folding.Fold(pair.Key).IndexOf(search, StringComparison.Ordinal)))
                .Where(one => one.At >= 0)
                .OrderBy(one => one.At == 0 ? 0 : 1)
                .Take(take)
                .Select(one => one.Pair),
        ];
    }

    /// <summary>The value that somebody has and that resembles what was typed most; null when none does, or when values are nearly unique.</summary>
    public string? NearestValue(string attribute, string typed) =>
        ColumnOf(attribute) is CodedColumn column ? NearestWord.Of(typed, Ordered(column.Counts(within: null, RowCount)).Select(pair => pair.Key)) : null;

    /// <summary>A value in two rows' lists counts for both; equal counts are in the order of the values.</summary>
    private static IReadOnlyList<KeyValuePair<string, int>> Ordered(IEnumerable<KeyValuePair<string, int>> counts) =>
    [
        .. counts.GroupBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(group => KeyValuePair.Create(group.Key, group.Sum(pair => pair.Value)))
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase)
            .ThenBy(pair => pair.Key, StringComparer.Ordinal),
    ];
}
