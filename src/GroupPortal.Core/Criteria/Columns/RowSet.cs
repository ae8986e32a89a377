using System.Numerics;
using System.Runtime.InteropServices;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>A set of rows of a <see cref="ReplicaTable"/>, one bit each. Rows beyond <see cref="Length"/> are in no set.</summary>
public sealed class RowSet
{
    private readonly ulong[] _words;

    public RowSet(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
        _words = new ulong[(length + 63) >> 6];
    }

    private RowSet(int length, ulong[] words) => (Length, _words) = (length, words);

    /// <summary>How many rows there are, in the set or not.</summary>
    public int Length { get; }

    public bool this[int row]
    {
        get => (uint)row < (uint)Length && (_words[row >> 6] & (1UL << (row & 63))) != 0;
        set
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Length, nameof(row));
            if (value)
            {
                _words[row >> 6] |= 1UL << (row & 63);
            }
            else
            {
                _words[row >> 6] &= ~(1UL << (row & 63));
            }
        }
    }

    /// <summary>How many rows are in the set.</summary>
    public int Count
    {
        get
        {
            var count = 0;
            foreach (var word in _words)
            {
                count += BitOperations.PopCount(word);
            }

            return count;
        }
    }

    public bool IsEmpty => !_words.AsSpan().ContainsAnyExcept(0UL);

    /// <summary>
    /// Tells sets apart, though not against whoever would make two alike on purpose; the same for sets of the same rows however
    /// many rows there are beyond them.
    /// </summary>
    public UInt128 Digest()
    {
        var (one, other) = (0x9E3779B97F4A7C15UL, 0xC2B2AE3D27D4EB4FUL);
        for (var index = 0; index < _words.Length; index++)
        {
            if (_words[index] != 0)
            {
                // A word is mixed with its place, so that the same rows elsewhere are another set.
                var high = Math.BigMul(_words[index] ^ 0xA0761D6478BD642FUL, ((ulong)index * 2) + 0xE7037ED1A0B428DBUL, out var low);
                one = BitOperations.RotateLeft(one ^ low, 29) * 0x9FB21C651E98DF25UL;
                other = BitOperations.RotateLeft(other + high + low, 31) * 0x8EBC6AF09C88C6E3UL;
            }
        }

        return new UInt128(one, other);
    }

    internal Span<ulong> Words => _words;

    public RowSet Copy() => new(Length, [.. _words]);

    /// <summary>How many rows are in both.</summary>
    public int CountWith(RowSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var count = 0;
        var words = Math.Min(_words.Length, other._words.Length);
        for (var index = 0; index < words; index++)
        {
            count += BitOperations.PopCount(_words[index] & other._words[index]);
        }

        return count;
    }

    /// <summary>Keeps what is in <paramref name="other"/> too. Changes this set, as the next three do, and gives it back.</summary>
    public RowSet And(RowSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var common = Common(other, out var theirs);
        var mine = _words.AsSpan(0, common);
        var vectors = MemoryMarshal.Cast<ulong, Vector<ulong>>(mine);
        var from = MemoryMarshal.Cast<ulong, Vector<ulong>>(theirs);
        for (var index = 0; index < vectors.Length; index++)
        {
            vectors[index] &= from[index];
        }

        for (var index = vectors.Length * Vector<ulong>.Count; index < common; index++)
        {
            mine[index] &= theirs[index];
        }

        _words.AsSpan(common).Clear();
        return this;
    }

    /// <summary>Adds what is in <paramref name="other"/>.</summary>
    public RowSet Or(RowSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var common = Common(other, out var theirs);
        var mine = _words.AsSpan(0, common);
        var vectors = MemoryMarshal.Cast<ulong, Vector<ulong>>(mine);
        var from = MemoryMarshal.Cast<ulong, Vector<ulong>>(theirs);
        for (var index = 0; index < vectors.Length; index++)
        {
            vectors[index] |= from[index];
        }

        for (var index = vectors.Length * Vector<ulong>.Count; index < common; index++)
        {
            mine[index] |= theirs[index];
        }

        ClearTail();
        return this;
    }

    /// <summary>Takes away what is in <paramref name="other"/>.</summary>
    public RowSet AndNot(RowSet other)
    {
        ArgumentNullException.ThrowIfNull(other);
        var common = Common(other, out var theirs);
        var mine = _words.AsSpan(0, common);
        var vectors = MemoryMarshal.Cast<ulong, Vector<ulong>>(mine);
        var from = MemoryMarshal.Cast<ulong, Vector<ulong>>(theirs);
        for (var index = 0; index < vectors.Length; index++)
        {
            vectors[index] = Vector.AndNot(vectors[index], from[index]);
        }

        for (var index = vectors.Length * Vector<ulong>.Count; index < common; index++)
        {
            mine[index] &= ~theirs[index];
        }

        return this;
    }

    /// <summary>Every row that was not in it; mind that rows of removed objects are among them.</summary>
    public RowSet Not()
    {
        for (var index = 0; index < _words.Length; index++)
        {
            _words[index] = ~_words[index];
        }

        ClearTail();
        return this;
    }

    /// <summary>The rows in the set, ascending.</summary>
    public IEnumerable<int> Rows()
    {
        for (var index = 0; index < _words.Length; index++)
        {
            for (var word = _words[index]; word != 0; word &= word - 1)
            {
                yield return (index << 6) + BitOperations.TrailingZeroCount(word);
            }
        }
    }

    /// <summary>Writes the rows in the set, ascending, as far as there is room, and says how many it wrote.</summary>
    public int CopyTo(Span<int> rows)
    {
        var count = 0;
        for (var index = 0; index < _words.Length; index++)
        {
            for (var word = _words[index]; word != 0; word &= word - 1)
            {
                if (count == rows.Length)
                {
                    return count;
                }

                rows[count++] = (index << 6) + BitOperations.TrailingZeroCount(word);
            }
        }

        return count;
    }

    internal RowSet Fill()
    {
        _words.AsSpan().Fill(ulong.MaxValue);
        ClearTail();
        return this;
    }

    private int Common(RowSet other, out ReadOnlySpan<ulong> theirs)
    {
        var common = Math.Min(_words.Length, other._words.Length);
        theirs = other._words.AsSpan(0, common);
        return common;
    }

    internal void ClearTail()
    {
        if ((Length & 63) != 0)
        {
            _words[^1] &= (1UL << (Length & 63)) - 1;
        }
    }
}
