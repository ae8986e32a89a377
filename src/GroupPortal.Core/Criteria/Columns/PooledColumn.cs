using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>
/// Texts that are nearly as many as the people: UTF-8 in blocks of 1,024 rows, in the order of rows, so that there is never any
/// garbage and a search runs through memory once. The texts keep their case; a search compares ASCII letters without it and
/// looks closer where there are others. Texts whose blanks fold, that are not
/// well-formed, or whose other letters fold to ASCII, are kept aside too and asked one by one.
/// </summary>
internal sealed class PooledColumn(bool foldsBlanks) : ReplicaColumn
{
    private const int BlockRows = 1024;

    // How far from the guessed row is looked, row by row, before halving is quicker.
    private const int NearSteps = 8;

    // Never part of UTF-8: no text that is searched for holds it.
    private const byte Separator = 0xFE;

    // The long s, whose capital is S: a search for ASCII bytes would miss it.
    private static readonly SearchValues<char> HiddenAscii = SearchValues.Create(
        [.. Enumerable.Range(0x80, 0xFF80).Select(code => (char)code).Where(character => char.IsAscii(char.ToUpperInvariant(character)))]);

    private Block?[] _blocks = [];
    private Dictionary<int, string[]> _aside = [];
    private int _count;

    public override int Count => _count;

    public override long Bytes =>
        (8 * _blocks.LongLength)
        + _blocks.Sum(block => block is null ? 0 : 72 + block.Texts.LongLength + (4L * (BlockRows + 1)))
        + _aside.Values.Sum(values => 80L + values.Sum(value => 24 + (2L * value.Length)));

    /// <summary>The text of the row's values as UTF-8; the first only where there are more.</summary>
    public ReadOnlySpan<byte> First(int row)
    {
        var text = Text(row);
        var end = text.IndexOf(Separator);
        return end < 0 ? text : text[..end];
    }

    public override IReadOnlyList<string> Get(int row)
    {
        var text = Text(row);
        if (text.IsEmpty)
        {
            return [];
        }

        if (_aside.Count > 0 && _aside.TryGetValue(row, out var aside))
        {
            return aside;
        }

        if (!text.Contains(Separator))
        {
            return [Encoding.UTF8.GetString(text)];
        }

        var values = new List<string>();
        foreach (var range in text.Split(Separator))
        {
            values.Add(Encoding.UTF8.GetString(text[range]));
        }

        return values;
    }

    public override void Set(int row, IReadOnlyList<string> values)
    {
        if (values.Count == 0 && (row / BlockRows >= _blocks.Length || _blocks[row / BlockRows] is null))
        {
            return;
        }

        var hadValue = !Text(row).IsEmpty;
        if (hadValue)
        {
            _aside.Remove(row);
        }

        Growth.Fit(ref _blocks, (row / BlockRows) + 1);
        var block = _blocks[row / BlockRows] ??= new Block();
        var length = Math.Max(0, values.Count - 1);
        var isPlain = true;
        foreach (var value in values)
        {
            length += Encoding.UTF8.GetByteCount(value);
            isPlain &= IsPlain(value);
        }

        var into = block.Replace(row % BlockRows, length);
        for (var index = 0; index < values.Count; index++)
        {
            into = into[Encoding.UTF8.GetBytes(values[index], into)..];
            if (index < values.Count - 1)
            {
                into[0] = Separator;
                into = into[1..];
            }
        }

        if (!isPlain)
        {
            _aside[row] = [.. values];
        }

        _count += (values.Count > 0 ? 1 : 0) - (hadValue ? 1 : 0);
    }

    public override RowSet Present(int rows)
    {
        var set = new RowSet(rows);
        for (var index = 0; index < _blocks.Length; index++)
        {
            if (_blocks[index] is { } block)
            {
                // Eight rows at a time: a text is there where the next one begins elsewhere.
                var words = set.Words[Math.Min(index * (BlockRows / 64), set.Words.Length)..];
                ref var starts = ref MemoryMarshal.GetArrayDataReference(block.Starts);
                for (var row = 0; row < BlockRows && row >> 6 < words.Length; row += 8)
                {
                    var isEmpty = Vector256.Equals(Vector256.LoadUnsafe(ref starts, (nuint)row), Vector256.LoadUnsafe(ref starts, (nuint)row + 1));
                    words[row >> 6] |= (ulong)(byte)~isEmpty.ExtractMostSignificantBits() << (row & 63);
                }
            }
        }

        return set;
    }

    public override RowSet Evaluate(
        Criterion criterion, CriteriaAttribute attribute, Func<IReadOnlyList<string>, bool> test, CriteriaCompiler compiler, int rows)
    {
        if (criterion is not Criterion.Compare compare || attribute.Syntax != CriteriaSyntaxes.Text)
        {
            return criterion is Criterion.Present ? Present(rows) : ByRow(test, rows);
        }

        var match = TextMatch.Of(compare.Operator, compare.Value, compiler.Folding);
        if (match.IsNever)
        {
            return new RowSet(rows);
        }

        var search = match.Parts.Select(Ascii).MaxBy(part => part.Length) ?? [];
        if (search.Length == 0)
        {
            return ByRow(test, rows);
        }

        var set = new RowSet(rows);
        var isWhole = match.Parts.Count == 1 && search.Length == match.Parts[0].Length;
        for (var index = 0; index < _blocks.Length; index++)
        {
            if (_blocks[index] is { } block)
            {
                Search(block, index * BlockRows, search, isWhole ? match : null, test, set);
            }
        }

        foreach (var (row, values) in _aside)
        {
            set[row] = test(values);
        }

        return set;
    }

    /// <summary>Rows in which a word begins with the text: at a value's beginning, or after anything but a letter, digit or mark.</summary>
    /// <param name="folded">Folded, not empty.</param>
    public void AddWordsThatBegin(string folded, bool isWholeOnly, Folding folding, RowSet set)
    {
        var search = Ascii(folded);
        for (var index = 0; index < _blocks.Length; index++)
        {
            if (_blocks[index] is not { } block)
            {
                continue;
            }

            var first = index * BlockRows;
            if (search.Length == 0)
            {
                for (var row = 0; row < BlockRows; row++)
                {
                    if (block.Starts[row] < block.Starts[row + 1] && BeginsWord(Get(first + row), folded, isWholeOnly, folding))
                    {
                        set[first + row] = true;
                    }
                }

                continue;
            }

            var texts = block.Texts.AsSpan(0, block.Starts[BlockRows]);
            for (var (at, row) = (Find(texts, 0, search), 0); at >= 0; at = Find(texts, at, search))
            {
                row = block.RowAt(at, row);
                if (BeginsWord(Get(first + row), folded, isWholeOnly, folding))
                {
                    set[first + row] = true;
                }

                at = block.Starts[row + 1];
            }
        }
    }

    public override void Save(ReplicaWriter writer)
    {
        writer.Int(_count);
        writer.Int(_blocks.Length);
        foreach (var block in _blocks)
        {
            writer.Array<int>(block is null ? [] : block.Starts);
            writer.Array<byte>(block is null ? [] : block.Texts.AsSpan(0, block.Starts[BlockRows]));
        }

        SaveRows(writer, _aside);
    }

    public static PooledColumn Load(ReplicaReader reader, bool foldsBlanks)
    {
        var column = new PooledColumn(foldsBlanks) { _count = reader.Int(), _blocks = new Block?[reader.Length()] };
        for (var index = 0; index < column._blocks.Length; index++)
        {
            var (starts, texts) = (reader.Array<int>(), reader.Array<byte>());
            column._blocks[index] = starts.Length == 0 ? null : new Block(starts, texts);
        }

        column._aside = LoadRows(reader);
        return column;
    }

    private static bool BeginsWord(IReadOnlyList<string> values, string folded, bool isWholeOnly, Folding folding) =>
        values.Any(value => isWholeOnly
            ? NameWords.Whole(value, folding).StartsWith(folded, StringComparison.Ordinal)
            : NameWords.Of(value, folding).Any(word => word.StartsWith(folded, StringComparison.Ordinal)));

    private void Search(Block block, int first, byte[] search, TextMatch? whole, Func<IReadOnlyList<string>, bool> test, RowSet set)
    {
        var texts = block.Texts.AsSpan(0, block.Starts[BlockRows]);
        var row = 0;
        for (var at = Find(texts, 0, search); at >= 0; at = Find(texts, at, search))
        {
            row = block.RowAt(at, row);
            var end = at + search.Length;
            var holds = whole is null
                ? test(Get(first + row))
                : (!whole.IsAnchoredAtStart || at == block.Starts[row] || texts[at - 1] == Separator)
                    && (!whole.IsAnchoredAtEnd || end == block.Starts[row + 1] || texts[end] == Separator);
            if (holds)
            {
                set[first + row] = true;
            }

            // A hit that is not at the wanted place may have another in the same row; a row that was asked whole has none.
            at = holds || whole is null ? block.Starts[row + 1] : at + 1;
        }
    }

    /// <summary>The longest run of ASCII in what is searched for: nothing else upper-cases to ASCII, so it must be there as it is.</summary>
    private static byte[] Ascii(string folded)
    {
        var (best, length, start) = (0, 0, 0);
        for (var index = 0; index <= folded.Length; index++)
        {
            if (index == folded.Length || !char.IsAscii(folded[index]))
            {
                if (index - start > length)
                {
                    (best, length) = (start, index - start);
                }

                start = index + 1;
            }
        }

        return Encoding.ASCII.GetBytes(folded.Substring(best, length));
    }

    /// <summary>Where the upper-case ASCII text stands from a place on, in any case; -1 for nowhere.</summary>
    private static int Find(ReadOnlySpan<byte> texts, int from, byte[] search)
    {
        var last = texts.Length - search.Length;
        ref var start = ref MemoryMarshal.GetReference(texts);
        var (first, end) = (search[0], search[^1]);
        if (Vector256.IsHardwareAccelerated)
        {
            var (firstCase, endCase) = (Vector256.Create(CaseBit(first)), Vector256.Create(CaseBit(end)));
            var (firstByte, endByte) = (Vector256.Create((byte)(first | CaseBit(first))), Vector256.Create((byte)(end | CaseBit(end))));
            for (; from + 31 <= last; from += 32)
            {
                var begins = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)from) | firstCase, firstByte);
                var ends = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)(from + search.Length - 1)) | endCase, endByte);
                for (var hits = (begins & ends).ExtractMostSignificantBits(); hits != 0; hits &= hits - 1)
                {
                    var at = from + int.TrailingZeroCount((int)hits);
                    if (Ascii(texts.Slice(at, search.Length), search))
                    {
                        return at;
                    }
                }
            }
        }

        for (; from <= last; from++)
        {
            if (Ascii(texts.Slice(from, search.Length), search))
            {
                return from;
            }
        }

        return -1;

        static byte CaseBit(byte letter) => char.IsAsciiLetterUpper((char)letter) ? (byte)0x20 : (byte)0;

        static bool Ascii(ReadOnlySpan<byte> text, byte[] upper)
        {
            for (var index = 0; index < upper.Length; index++)
            {
                var letter = text[index];
                if (letter != upper[index] && (!char.IsAsciiLetterLower((char)letter) || letter - 0x20 != upper[index]))
                {
                    return false;
                }
            }

            return true;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ReadOnlySpan<byte> Text(int row)
    {
        if (row / BlockRows >= _blocks.Length || _blocks[row / BlockRows] is not { } block)
        {
            return [];
        }

        var (start, end) = (block.Starts[row % BlockRows], block.Starts[(row % BlockRows) + 1]);
        return block.Texts.AsSpan(start, end - start);
    }

    private bool IsPlain(string value) =>
        (!foldsBlanks || (value[0] != ' ' && value[^1] != ' ' && !value.Contains("  ", StringComparison.Ordinal)))
        && !value.AsSpan().ContainsAny(HiddenAscii)
        && string.Equals(CriteriaValues.WellFormed(value), value, StringComparison.Ordinal);

    private sealed class Block
    {
        public Block() => (Starts, Texts) = (new int[BlockRows + 1], []);

        public Block(int[] starts, byte[] texts) => (Starts, Texts) = (starts, texts);

        /// <summary>Where each row's text begins; one more for the end.</summary>
        public int[] Starts { get; }

        public byte[] Texts { get; private set; }

        /// <summary>Makes room of a length in place of a row's text.</summary>
        public Span<byte> Replace(int row, int length)
        {
            var (start, end, all) = (Starts[row], Starts[row + 1], Starts[BlockRows]);
            var change = length - (end - start);
            if (change != 0)
            {
                var texts = Texts;
                Growth.Fit(ref texts, all + change);
                Texts = texts;
                texts.AsSpan(end, all - end).CopyTo(texts.AsSpan(end + change));
                foreach (ref var later in Starts.AsSpan(row + 1))
                {
                    later += change;
                }
            }

            return Texts.AsSpan(start, length);
        }

        /// <summary>The row whose text holds a place, at or after a row.</summary>
        public int RowAt(int at, int from)
        {
            // Texts of a block are of much the same length: the row is nearly where that has it.
            var row = Math.Min(BlockRows - 1, from + ((at - Starts[from]) / ((Starts[BlockRows] / BlockRows) + 1)));
            for (var step = 0; step < NearSteps; step++)
            {
                if (Starts[row] > at)
                {
                    row--;
                }
                else if (Starts[row + 1] <= at)
                {
                    row++;
                }
                else
                {
                    return row;
                }
            }

            var (low, high) = (from, BlockRows - 1);
            while (low < high)
            {
                var middle = (low + high + 1) >>> 1;
                if (Starts[middle] <= at)
                {
                    low = middle;
                }
                else
                {
                    high = middle - 1;
                }
            }

            return low;
        }
    }
}
