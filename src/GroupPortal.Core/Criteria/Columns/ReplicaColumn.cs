namespace GroupPortal.Core.Criteria.Columns;

/// <summary>One attribute of everybody. Empty texts never arrive here.</summary>
internal abstract class ReplicaColumn
{
    /// <summary>How many rows have a value.</summary>
    public abstract int Count { get; }

    public abstract long Bytes { get; }

    /// <summary>The values as they were set; empty for none.</summary>
    public abstract IReadOnlyList<string> Get(int row);

    public abstract void Set(int row, IReadOnlyList<string> values);

    /// <summary>The rows with a value.</summary>
    public abstract RowSet Present(int rows);

    /// <summary>
    /// The rows whose values pass. <paramref name="test"/> is the meaning; <paramref name="criterion"/> is what it was made of, for
    /// shorter ways to the same answer.
    /// </summary>
    public abstract RowSet Evaluate(Criterion criterion, CriteriaAttribute attribute, Func<IReadOnlyList<string>, bool> test, CriteriaCompiler compiler, int rows);

    /// <summary>How many rows of a set have each value. The order is not said.</summary>
    public virtual IEnumerable<KeyValuePair<string, int>> Counts(RowSet? within, int rows)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var set = Present(rows);
        foreach (var row in (within is null ? set : set.And(within)).Rows())
        {
            foreach (var value in Get(row))
            {
                counts[value] = counts.GetValueOrDefault(value) + 1;
            }
        }

        return counts;
    }

    public abstract void Save(ReplicaWriter writer);

    /// <summary>The slow way, right for every question: row by row.</summary>
    protected RowSet ByRow(Func<IReadOnlyList<string>, bool> test, int rows)
    {
        var present = Present(rows);
        var set = new RowSet(rows);
        foreach (var row in present.Rows())
        {
            set[row] = test(Get(row));
        }

        return test([]) ? set.Or(present.Not()) : set;
    }

    protected static void SaveRows(ReplicaWriter writer, Dictionary<int, string[]> rows)
    {
        writer.Int(rows.Count);
        foreach (var (row, values) in rows)
        {
            writer.Int(row);
            SaveTexts(writer, values);
        }
    }

    protected static Dictionary<int, string[]> LoadRows(ReplicaReader reader)
    {
        var rows = new Dictionary<int, string[]>();
        for (var left = reader.Length(); left > 0; left--)
        {
            rows[reader.Int()] = LoadTexts(reader);
        }

        return rows;
    }

    protected static void SaveTexts(ReplicaWriter writer, IReadOnlyList<string> texts)
    {
        writer.Int(texts.Count);
        foreach (var text in texts)
        {
            writer.Text(text);
        }
    }

    protected static string[] LoadTexts(ReplicaReader reader)
    {
        var texts = new string[reader.Length()];
        for (var index = 0; index < texts.Length; index++)
        {
            texts[index] = reader.Text();
        }

        return texts;
    }
}
