using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>Instants as UTC ticks, 0 for none; what is no single instant is kept aside as it is. An instant is given back in the contract's form.</summary>
internal sealed class TimeColumn : ReplicaColumn
{
    private long[] _ticks = [];
    private Dictionary<int, string[]> _aside = [];
    private int _count;

    public override int Count => _count;

    public override long Bytes => (8 * _ticks.LongLength) + (120L * _aside.Count);

    public override IReadOnlyList<string> Get(int row) =>
        _aside.Count > 0 && _aside.TryGetValue(row, out var aside) ? aside
        : TicksAt(row) is var ticks and not 0 ? [CriteriaValues.Text(new DateTimeOffset(ticks, TimeSpan.Zero))]
        : [];

    /// <summary>0 for none, or for what is no single instant.</summary>
    public long TicksAt(int row) => row < _ticks.Length ? _ticks[row] : 0;

    public override void Set(int row, IReadOnlyList<string> values)
    {
        var hadValue = TicksAt(row) != 0 || _aside.Remove(row);
        var ticks = values.Count == 1 && CriteriaValues.TryTime(values[0], out var time) ? time.UtcTicks : 0;
        if (ticks != 0 || row < _ticks.Length)
        {
            Growth.Fit(ref _ticks, row + 1);
            _ticks[row] = ticks;
        }

        if (ticks == 0 && values.Count > 0)
        {
            _aside[row] = [.. values];
        }

        _count += (values.Count > 0 ? 1 : 0) - (hadValue ? 1 : 0);
    }

    public override RowSet Present(int rows)
    {
        var set = Between(1, long.MaxValue, rows);
        foreach (var row in _aside.Keys)
        {
            set[row] = true;
        }

        return set;
    }

    public override RowSet Evaluate(
        Criterion criterion, CriteriaAttribute attribute, Func<IReadOnlyList<string>, bool> test, CriteriaCompiler compiler, int rows)
    {
        if (criterion is not Criterion.Compare compare)
        {
            return criterion is Criterion.Present ? Present(rows) : ByRow(test, rows);
        }

        if (!CriteriaValues.TryTime(compare.Value, compiler.Context.Now, out var time))
        {
            return new RowSet(rows);
        }

        var ticks = Math.Max(1, time.UtcTicks);
        var set = compare.Operator switch
        {
            CompareOperator.Equals => time.UtcTicks == 0 ? new RowSet(rows) : Between(ticks, ticks, rows),
            CompareOperator.AtLeast => Between(ticks, long.MaxValue, rows),
            CompareOperator.AtMost => time.UtcTicks == 0 ? new RowSet(rows) : Between(1, ticks, rows),
            _ => new RowSet(rows),
        };
        foreach (var (row, values) in _aside)
        {
            set[row] = test(values);
        }

        return set;
    }

    public override void Save(ReplicaWriter writer)
    {
        writer.Int(_count);
        writer.Array<long>(_ticks);
        SaveRows(writer, _aside);
    }

    public static TimeColumn Load(ReplicaReader reader) => new() { _count = reader.Int(), _ticks = reader.Array<long>(), _aside = LoadRows(reader) };

    private RowSet Between(long from, long to, int rows)
    {
        var set = new RowSet(rows);
        var ticks = _ticks.AsSpan(0, Math.Min(_ticks.Length, rows));
        var row = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            var (low, high) = (Vector256.Create(from), Vector256.Create(to));
            var vectors = MemoryMarshal.Cast<long, Vector256<long>>(ticks);
            for (var index = 0; index < vectors.Length; index++, row += 4)
            {
                var within = Vector256.GreaterThanOrEqual(vectors[index], low) & Vector256.LessThanOrEqual(vectors[index], high);
                set.Words[row >> 6] |= (ulong)within.ExtractMostSignificantBits() << (row & 63);
            }
        }

        for (; row < ticks.Length; row++)
        {
            if (ticks[row] >= from && ticks[row] <= to)
            {
                set[row] = true;
            }
        }

        return set;
    }
}
