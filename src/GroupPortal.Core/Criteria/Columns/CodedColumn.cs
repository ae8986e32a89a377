using System.Runtime.InteropServices;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>
/// Each distinct list of values once, and a code for each row: a condition is asked once per distinct list, then codes are
/// scanned. Code 0 is no value; codes of values that nobody has any more are used again.
/// </summary>
internal sealed class CodedColumn : ReplicaColumn
{
    private const int FewValues = 8192;

    private readonly Dictionary<IReadOnlyList<string>, int> _codes = new(ListComparer.Instance);
    private readonly List<IReadOnlyList<string>?> _values = [null];
    private readonly List<string?> _folded = [null];
    private readonly List<int> _counts = [0];
    private readonly Stack<int> _free = new();
    private CodeArray _rows = new();

    public override int Count => _codes.Count == 0 ? 0 : _counts.Sum();

    /// <summary>About so much: the codes, and for each distinct value its text, list and places in the dictionaries.</summary>
    public override long Bytes => _rows.Bytes + _codes.Keys.Sum(values => 120L + values.Sum(value => 24 + (2L * value.Length)));

    /// <summary>Values that are nearly as many as the people are better kept as they are.</summary>
    public bool ShouldPool { get; private set; }

    public override IReadOnlyList<string> Get(int row) => _values[_rows[row]] ?? [];

    public override void Set(int row, IReadOnlyList<string> values)
    {
        var before = _rows[row];
        if (values.Count == 0 ? before == 0 : before != 0 && ListComparer.Instance.Equals(_values[before], values))
        {
            return;
        }

        var code = values.Count == 0 ? 0 : CodeOf(values);
        _rows.Set(row, code);
        if (code != 0)
        {
            _counts[code]++;
        }

        if (before != 0 && --_counts[before] == 0)
        {
            _codes.Remove(_values[before]!);
            (_values[before], _folded[before]) = (null, null);
            _free.Push(before);
        }
    }

    public override RowSet Present(int rows)
    {
        var truth = new bool[_values.Count];
        truth.AsSpan(1).Fill(value: true);
        return _rows.Scan(truth, rows);
    }

    public override RowSet Evaluate(
        Criterion criterion, CriteriaAttribute attribute, Func<IReadOnlyList<string>, bool> test, CriteriaCompiler compiler, int rows)
    {
        var truth = new bool[_values.Count];
        truth[0] = test([]);
        var match = criterion is Criterion.Compare compare && attribute.Syntax == CriteriaSyntaxes.Text
            ? TextMatch.Of(compare.Operator, compare.Value, compiler.Folding) : null;
        for (var code = 1; code < truth.Length; code++)
        {
            truth[code] = _values[code] is { } values
                && (match is { IsRegex: false } && values.Count == 1 ? match.IsMatchFolded(Folded(code, compiler)) : test(values));
        }

        return _rows.Scan(truth, rows);
    }

    public override IEnumerable<KeyValuePair<string, int>> Counts(RowSet? within, int rows)
    {
        int[] counts = within is null ? [.. _counts] : new int[_counts.Count];
        foreach (var row in within?.Rows() ?? [])
        {
            counts[_rows[row]]++;
        }

        for (var code = 1; code < counts.Length; code++)
        {
            if (counts[code] > 0)
            {
                foreach (var value in _values[code]!)
                {
                    yield return KeyValuePair.Create(value, counts[code]);
                }
            }
        }
    }

    /// <summary>The places of rows in the order of their first values, 1 first, equal ones together; 0 for rows without one.</summary>
    public int[] Ranks(IComparer<string> comparer)
    {
        var ranks = new int[_values.Count];
        var rank = 0;
        string? last = null;
        foreach (var code in Enumerable.Range(1, _values.Count - 1).Where(code => _values[code] is not null).OrderBy(code => _values[code]![0], comparer))
        {
            var value = _values[code]![0];
            rank += last is null || comparer.Compare(last, value) != 0 ? 1 : 0;
            (ranks[code], last) = (rank, value);
        }

        return ranks;
    }

    public int CodeAt(int row) => _rows[row];

    public override void Save(ReplicaWriter writer)
    {
        _rows.Save(writer);
        writer.Int(_values.Count);
        for (var code = 1; code < _values.Count; code++)
        {
            SaveTexts(writer, _values[code] ?? []);
        }

        writer.Array<int>(CollectionsMarshal.AsSpan(_counts));
    }

    public static CodedColumn Load(ReplicaReader reader)
    {
        var column = new CodedColumn { _rows = CodeArray.Load(reader) };
        var codes = reader.Length();
        for (var code = 1; code < codes; code++)
        {
            var values = LoadTexts(reader);
            column._values.Add(values.Length == 0 ? null : values);
            column._folded.Add(null);
            if (values.Length == 0)
            {
                column._free.Push(code);
            }
            else
            {
                column._codes[values] = code;
            }
        }

        column._counts.Clear();
        column._counts.AddRange(reader.Array<int>());
        return column;
    }

    private string Folded(int code, CriteriaCompiler compiler) =>
        // Readers may both fold it: the same text either way.
        _folded[code] ?? (_folded[code] = compiler.Folding.Fold(CriteriaValues.WellFormed(_values[code]![0])));

    private int CodeOf(IReadOnlyList<string> values)
    {
        if (_codes.TryGetValue(values, out var code))
        {
            return code;
        }

        // The caller may change its list; ours is the key.
        string[] kept = [.. values];
        if (_free.TryPop(out code))
        {
            _values[code] = kept;
        }
        else
        {
            code = _values.Count;
            _values.Add(kept);
            _folded.Add(null);
            _counts.Add(0);
            // Asked now and then only: counting is a walk.
            ShouldPool = code >= FewValues && code % 1024 == 0 && _codes.Count * 2 > Count;
        }

        _codes[kept] = code;
        return code;
    }

    private sealed class ListComparer : IEqualityComparer<IReadOnlyList<string>>
    {
        public static readonly ListComparer Instance = new();

        public bool Equals(IReadOnlyList<string>? x, IReadOnlyList<string>? y)
        {
            if (x is null || y is null || x.Count != y.Count)
            {
                return ReferenceEquals(x, y);
            }

            for (var index = 0; index < x.Count; index++)
            {
                if (!string.Equals(x[index], y[index], StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return true;
        }

        public int GetHashCode(IReadOnlyList<string> obj) =>
            obj.Count == 1 ? string.GetHashCode(obj[0], StringComparison.Ordinal)
            : obj.Aggregate(obj.Count, (hash, value) => HashCode.Combine(hash, string.GetHashCode(value, StringComparison.Ordinal)));
    }
}
