using System.Runtime.InteropServices;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>Ids and rows. A row belongs to its id for good: what refers to a removed object refers to it again when it is restored.</summary>
internal sealed class RowIndex
{
    private Guid[] _ids = [];
    private int[] _slots = new int[64];

    public int Count { get; private set; }

    public long Bytes => (16 * _ids.LongLength) + (4 * _slots.LongLength);

    public Guid this[int row] => _ids[row];

    /// <summary>-1 for an unknown id.</summary>
    public int Find(Guid id)
    {
        for (var slot = Slot(id); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            var row = _slots[slot] - 1;
            if (row < 0 || _ids[row] == id)
            {
                return row;
            }
        }
    }

    public int FindOrAdd(Guid id)
    {
        var row = Find(id);
        if (row >= 0)
        {
            return row;
        }

        row = Count++;
        Growth.Fit(ref _ids, Count);
        _ids[row] = id;
        if (Count * 4L > _slots.Length * 3L)
        {
            _slots = new int[_slots.Length * 2];
            for (var each = 0; each < Count; each++)
            {
                Place(each);
            }
        }
        else
        {
            Place(row);
        }

        return row;
    }

    public void Save(ReplicaWriter writer) => writer.Array<Guid>(_ids.AsSpan(0, Count));

    public static RowIndex Load(ReplicaReader reader)
    {
        var index = new RowIndex { _ids = reader.Array<Guid>() };
        index.Count = index._ids.Length;
        while (index.Count * 4L > index._slots.Length * 3L)
        {
            index._slots = new int[index._slots.Length * 2];
        }

        for (var row = 0; row < index.Count; row++)
        {
            index.Place(row);
        }

        return index;
    }

    private void Place(int row)
    {
        var slot = Slot(_ids[row]);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = row + 1;
    }

    private int Slot(Guid id)
    {
        var halves = MemoryMarshal.Cast<Guid, ulong>(new ReadOnlySpan<Guid>(in id));
        var hash = (halves[0] ^ (halves[1] * 0x9E3779B97F4A7C15UL)) * 0xBF58476D1CE4E5B9UL;
        return (int)(hash >> 33) & (_slots.Length - 1);
    }
}
