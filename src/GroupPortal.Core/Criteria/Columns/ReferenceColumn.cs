using System.Runtime.Intrinsics;
using System.Runtime.InteropServices;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>
/// The row that each row refers to, plus one; 0 for none; below 0 the number of an unresolved name, minus one. What a row refers
/// to besides is kept aside: directories have one manager for each.
/// </summary>
internal sealed class ReferenceColumn(ReplicaRows rows) : ReplicaColumn
{
    private int[] _first = [];
    private readonly Dictionary<int, int[]> _more = [];

    /// <summary>Who referred to an object that is gone, and does so again when it is restored.</summary>
    private readonly Dictionary<int, HashSet<int>> _lost = [];
    private readonly HashSet<int> _losers = [];
    private int _count;

    public override int Count => _count;

    public override long Bytes => (4 * _first.LongLength) + _more.Values.Sum(more => 80 + (4L * more.Length));

    public override IReadOnlyList<string> Get(int row)
    {
        var first = FirstOf(row);
        return first == 0 ? []
            : _more.TryGetValue(row, out var more) ? [TextOf(first), .. more.Select(TextOf)]
            : [TextOf(first)];
    }

    public override void Set(int row, IReadOnlyList<string> values)
    {
        // What an object says of itself counts more than what was remembered of it.
        if (_losers.Remove(row))
        {
            foreach (var lost in _lost.Values)
            {
                lost.Remove(row);
            }
        }

        if (values.Count > 0 || row < _first.Length)
        {
            SetCodes(row, [.. values.Select(rows.CodeOf)]);
        }
    }

    private void SetCodes(int row, ReadOnlySpan<int> codes)
    {
        var hadValue = FirstOf(row) != 0;
        Growth.Fit(ref _first, row + 1);
        _first[row] = codes.IsEmpty ? 0 : codes[0];
        _more.Remove(row);
        if (codes.Length > 1)
        {
            _more[row] = codes[1..].ToArray();
        }

        _count += (codes.IsEmpty ? 0 : 1) - (hadValue ? 1 : 0);
    }

    /// <summary>Names that have appeared: the code of each becomes that of its row.</summary>
    public void Resolve(IReadOnlyDictionary<int, int> codes)
    {
        foreach (ref var code in _first.AsSpan())
        {
            if (code < 0 && codes.TryGetValue(code, out var found))
            {
                code = found;
            }
        }

        foreach (var more in _more.Values)
        {
            foreach (ref var code in more.AsSpan())
            {
                code = codes.GetValueOrDefault(code, code);
            }
        }
    }

    /// <summary>
    /// Objects that are gone: nobody refers to them any more. Directories drop such references by themselves, and say nothing of it
    /// in their feeds ([MS-ADTS] 3.1.1.5.5).
    /// </summary>
    public void Forget(IReadOnlySet<int> gone)
    {
        for (var row = 0; row < _first.Length; row++)
        {
            var isFirst = _first[row] > 0 && gone.Contains(_first[row] - 1);
            if (!isFirst && (!_more.TryGetValue(row, out var more) || !more.Any(code => code > 0 && gone.Contains(code - 1))))
            {
                continue;
            }

            int[] codes = [_first[row], .. _more.GetValueOrDefault(row) ?? []];
            foreach (var code in codes.Where(code => code > 0 && gone.Contains(code - 1)))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(_lost, code - 1, out _) ??= []).Add(row);
            }

            _losers.Add(row);
            SetCodes(row, [.. codes.Where(code => code <= 0 || !gone.Contains(code - 1))]);
        }
    }

    /// <summary>Objects that are there again: whoever referred to them, and has not been changed since, does so again.</summary>
    public void Return(IEnumerable<int> restored)
    {
        foreach (var target in restored)
        {
            if (_lost.Remove(target, out var rows))
            {
                foreach (var row in rows)
                {
                    SetCodes(row, [.. new[] { FirstOf(row) }.Concat(_more.GetValueOrDefault(row) ?? []).Where(code => code != 0), target + 1]);
                }
            }
        }
    }

    public override RowSet Present(int rows)
    {
        var set = Equal(0, rows).Not();
        for (var row = _first.Length; row < rows; row++)
        {
            set[row] = false;
        }

        return set;
    }

    public override RowSet Evaluate(
        Criterion criterion, CriteriaAttribute attribute, Func<IReadOnlyList<string>, bool> test, CriteriaCompiler compiler, int rows)
    {
        switch (criterion)
        {
            case Criterion.Present:
                return Present(rows);
            case Criterion.Compare { Operator: CompareOperator.Equals } compare:
                var code = CodeOf(compiler.ReferenceOf(compare.Value));
                if (code == 0)
                {
                    return new RowSet(rows);
                }

                var set = Equal(code, rows);
                foreach (var (row, more) in _more)
                {
                    if (more.Contains(code))
                    {
                        set[row] = true;
                    }
                }

                return set;
            case Criterion.Compare:
                return new RowSet(rows);
            default:
                return ByTarget(test, rows);
        }
    }

    /// <summary>Everybody whose references lead to the row: a walk from it downwards, each row once.</summary>
    public RowSet Reaching(int target, int? depth, int rows)
    {
        // Who refers to whom, as one list sorted by target with the beginning of each target's part.
        var starts = new int[rows + 1];
        foreach (var (_, to) in Edges())
        {
            starts[to + 1]++;
        }

        for (var row = 0; row < rows; row++)
        {
            starts[row + 1] += starts[row];
        }

        var from = new int[starts[rows]];
        var next = starts.AsSpan(0, rows).ToArray();
        foreach (var (row, to) in Edges())
        {
            from[next[to]++] = row;
        }

        return Walk.From(target, depth, rows, row => from.AsMemory(starts[row], starts[row + 1] - starts[row]));
    }

    /// <summary>The rows that a row refers to.</summary>
    public IEnumerable<int> Targets(int row)
    {
        if (FirstOf(row) > 0)
        {
            yield return FirstOf(row) - 1;
        }

        foreach (var code in _more.GetValueOrDefault(row) ?? [])
        {
            if (code > 0)
            {
                yield return code - 1;
            }
        }
    }

    public override void Save(ReplicaWriter writer)
    {
        writer.Int(_count);
        writer.Array<int>(_first);
        writer.Int(_more.Count);
        foreach (var (row, more) in _more)
        {
            writer.Int(row);
            writer.Array<int>(more);
        }
    }

    public static ReferenceColumn Load(ReplicaReader reader, ReplicaRows rows)
    {
        var column = new ReferenceColumn(rows) { _count = reader.Int(), _first = reader.Array<int>() };
        for (var left = reader.Length(); left > 0; left--)
        {
            column._more[reader.Int()] = reader.Array<int>();
        }

        return column;
    }

    private int FirstOf(int row) => row < _first.Length ? _first[row] : 0;

    private string TextOf(int code) => code > 0 ? rows.Ids[code - 1].ToString("D") : rows.Unresolved[-code - 1];

    private int CodeOf(CriteriaCompiler.Reference reference)
    {
        if (reference.Id is { } id)
        {
            return rows.Ids.Find(id) + 1;
        }

        return reference.Key is { } key && rows.Unresolved.Find(key) is var number and >= 0 ? -number - 1 : 0;
    }

    private IEnumerable<(int Row, int Target)> Edges()
    {
        for (var row = 0; row < _first.Length; row++)
        {
            if (_first[row] > 0)
            {
                yield return (row, _first[row] - 1);
            }
        }

        foreach (var (row, more) in _more)
        {
            foreach (var code in more)
            {
                if (code > 0)
                {
                    yield return (row, code - 1);
                }
            }
        }
    }

    /// <summary>Asks once for each that is referred to; rows with more than one reference are asked as they are.</summary>
    private RowSet ByTarget(Func<IReadOnlyList<string>, bool> test, int rows)
    {
        var verdicts = new Dictionary<int, bool> { [0] = test([]) };
        var set = new RowSet(rows);
        for (var row = 0; row < rows; row++)
        {
            var code = FirstOf(row);
            if (!verdicts.TryGetValue(code, out var holds))
            {
                verdicts[code] = holds = test([TextOf(code)]);
            }

            set[row] = holds;
        }

        foreach (var row in _more.Keys)
        {
            set[row] = test(Get(row));
        }

        return set;
    }

    private RowSet Equal(int code, int rows)
    {
        var set = new RowSet(rows);
        var codes = _first.AsSpan(0, Math.Min(_first.Length, rows));
        var row = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var wanted = Vector256.Create(code);
            foreach (var vector in MemoryMarshal.Cast<int, Vector256<int>>(codes))
            {
                set.Words[row >> 6] |= (ulong)Vector256.Equals(vector, wanted).ExtractMostSignificantBits() << (row & 63);
                row += 8;
            }
        }

        for (; row < codes.Length; row++)
        {
            if (codes[row] == code)
            {
                set[row] = true;
            }
        }

        return set;
    }
}
