using System.Buffers.Binary;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>Lists of people: searched, sorted, by page.</summary>
public sealed partial class ReplicaView
{
    private static readonly string[] WholeNames = ["sAMAccountName", "userPrincipalName", "mail", "mailNickname"];

    /// <summary>
    /// Everybody of whom each typed word begins a word of the name, or the account name or mail address (<see cref="NameWords"/>);
    /// all where nothing was typed.
    /// </summary>
    public RowSet Search(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        var folding = Vocabulary.Folding;
        var all = All();
        foreach (var word in NameWords.Typed(typed, folding))
        {
            var found = new RowSet(RowCount);
            AddWords("displayName", word, isWholeOnly: false, found);
            AddWords("cn", word, isWholeOnly: false, found);
            foreach (var name in WholeNames)
            {
                AddWords(name, word, isWholeOnly: true, found);
            }

            foreach (var row in All().AndNot(Having("displayName")).Rows())
            {
                if (NameWords.Of(LabelOf(row), folding).Any(part => part.StartsWith(word, StringComparison.Ordinal)))
                {
                    found[row] = true;
                }
            }

            all.And(found);
        }

        return all;
    }

    /// <summary>
    /// Part of a set in order: by name, or by an attribute's first value, without regard to case; those without a value come last
    /// either way. Ties are in the order of ids. Costs no more than a walk when only the first rows are wanted.
    /// </summary>
    /// <param name="sortBy">Null for the name.</param>
    public IReadOnlyList<int> Page(RowSet set, string? sortBy, bool isDescending, int skip, int take)
    {
        ArgumentNullException.ThrowIfNull(set);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfNegative(take);
        var order = new RowOrder(this, sortBy, isDescending);
        var wanted = (int)Math.Min((long)skip + take, set.Count);
        if (wanted <= skip)
        {
            return [];
        }

        // The worst of the best so far stands in front: most rows are compared with it only.
        var best = new PriorityQueue<int, RowKey>(wanted, Comparer<RowKey>.Create((left, right) => order.Compare(right, left)));
        foreach (var row in set.Rows())
        {
            var key = order.KeyOf(row);
            if (best.Count < wanted)
            {
                best.Enqueue(row, key);
            }
            else if (best.TryPeek(out _, out var worst) && order.Compare(key, worst) < 0)
            {
                best.EnqueueDequeue(row, key);
            }
        }

        var rows = new int[wanted - skip];
        for (var place = rows.Length - 1; place >= 0; place--)
        {
            rows[place] = best.Dequeue();
        }

        return rows;
    }

    private void AddWords(string attribute, string word, bool isWholeOnly, RowSet found)
    {
        switch (ColumnOf(attribute))
        {
            case PooledColumn pooled:
                pooled.AddWordsThatBegin(word, isWholeOnly, Vocabulary.Folding, found);
                break;
            case { } column:
                foreach (var row in column.Present(RowCount).Rows())
                {
                    found[row] |= column.Get(row).SelectMany(value => isWholeOnly ? [NameWords.Whole(value, Vocabulary.Folding)] : NameWords.Of(value, Vocabulary.Folding))
                        .Any(part => part.StartsWith(word, StringComparison.Ordinal));
                }

                break;
        }
    }

    /// <param name="Head">The first bytes, or the whole of a number: enough to tell most rows apart.</param>
    private readonly record struct RowKey(bool IsAbsent, ulong Head, int Row);

    private sealed class RowOrder
    {
        private readonly ReplicaView _view;
        private readonly ReplicaColumn? _column;
        private readonly int[] _ranks = [];
        private readonly bool _isByName;
        private readonly bool _isDescending;

        public RowOrder(ReplicaView view, string? sortBy, bool isDescending)
        {
            (_view, _isDescending) = (view, isDescending);
            _column = sortBy is null ? null : view.ColumnOf(sortBy);
            _isByName = sortBy is null || string.Equals(sortBy, "displayName", StringComparison.OrdinalIgnoreCase);
            if (_column is CodedColumn coded)
            {
                var isNumber = view.Vocabulary.TryGet(sortBy!, out var attribute) && attribute.Syntax is CriteriaSyntaxes.Number or CriteriaSyntaxes.Flags;
                _ranks = coded.Ranks(isNumber ? Comparer<string>.Create(CompareNumbers) : StringComparer.OrdinalIgnoreCase);
            }
        }

        public RowKey KeyOf(int row)
        {
            switch (_column)
            {
                case CodedColumn coded when !_isByName:
                    var rank = _ranks[coded.CodeAt(row)];
                    return new RowKey(rank == 0, (ulong)rank, row);
                case TimeColumn times when !_isByName:
                    var ticks = times.TicksAt(row);
                    return new RowKey(ticks == 0, (ulong)ticks, row);
                default:
                    var bytes = BytesOf(row);
                    Span<byte> head = stackalloc byte[8];
                    head.Clear();
                    for (var index = 0; index < Math.Min(8, bytes.Length); index++)
                    {
                        head[index] = Upper(bytes[index]);
                    }

                    return new RowKey(bytes.IsEmpty, BinaryPrimitives.ReadUInt64BigEndian(head), row);
            }
        }

        public int Compare(RowKey left, RowKey right)
        {
            if (left.IsAbsent != right.IsAbsent)
            {
                return left.IsAbsent ? 1 : -1;
            }

            var order = left.Head.CompareTo(right.Head);
            if (order == 0 && !left.IsAbsent && (_isByName || _column is not (CodedColumn or TimeColumn)))
            {
                order = CompareBytes(BytesOf(left.Row), BytesOf(right.Row));
            }

            return order != 0 ? (_isDescending ? -order : order) : _view.IdOf(left.Row).CompareTo(_view.IdOf(right.Row));
        }

        private ReadOnlySpan<byte> BytesOf(int row)
        {
            if (_isByName)
            {
                return _view.LabelBytes(row);
            }

            return _column switch
            {
                PooledColumn pooled => pooled.First(row),
                ReferenceColumn references => references.Targets(row).FirstOrDefault(-1) is var target and >= 0 ? _view.LabelBytes(target) : [],
                _ => [],
            };
        }

        /// <summary>What is no number comes after all numbers.</summary>
        private static int CompareNumbers(string? left, string? right)
        {
            var isNumber = CriteriaValues.TryNumber(left ?? string.Empty, out var one);
            var isOtherNumber = CriteriaValues.TryNumber(right ?? string.Empty, out var other);
            return isNumber && isOtherNumber ? one.CompareTo(other)
                : isNumber != isOtherNumber ? (isNumber ? -1 : 1)
                : string.Compare(left, right, StringComparison.OrdinalIgnoreCase);
        }

        private static int CompareBytes(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
        {
            var length = Math.Min(left.Length, right.Length);
            for (var index = 0; index < length; index++)
            {
                var order = Upper(left[index]) - Upper(right[index]);
                if (order != 0)
                {
                    return order;
                }
            }

            return left.Length - right.Length;
        }

        private static byte Upper(byte letter) => char.IsAsciiLetterLower((char)letter) ? (byte)(letter - 0x20) : letter;
    }
}
