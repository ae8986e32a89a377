using System.Numerics;

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

    /// <summary>How many rows there are, in the set or not.</summary>
    public int Length { get; }

    public bool this[int row] => (uint)row < (uint)Length && (_words[row >> 6] & (1UL << (row & 63))) != 0;

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

    internal Span<ulong> Words => _words;
}
