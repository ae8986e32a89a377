using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>A small number for each row, one, two or four bytes wide as the largest needs; nothing while all are 0.</summary>
internal sealed class CodeArray
{
    // Beyond so many codes that satisfy a condition, a table is quicker than comparing with each.
    private const int FewCodes = 12;

    private byte[] _bytes = [];
    private ushort[] _shorts = [];
    private int[] _ints = [];
    private int _width;

    public long Bytes => _bytes.LongLength + (2 * _shorts.LongLength) + (4 * _ints.LongLength);

    public int this[int row] => _width switch
    {
        1 => (uint)row < (uint)_bytes.Length ? _bytes[row] : 0,
        2 => (uint)row < (uint)_shorts.Length ? _shorts[row] : 0,
        4 => (uint)row < (uint)_ints.Length ? _ints[row] : 0,
        _ => 0,
    };

    public void Set(int row, int code)
    {
        if (code == 0 && row >= Length)
        {
            return;
        }

        Widen(code <= byte.MaxValue ? 1 : code <= ushort.MaxValue ? 2 : 4);
        switch (_width)
        {
            case 1:
                Growth.Fit(ref _bytes, row + 1);
                _bytes[row] = (byte)code;
                break;
            case 2:
                Growth.Fit(ref _shorts, row + 1);
                _shorts[row] = (ushort)code;
                break;
            default:
                Growth.Fit(ref _ints, row + 1);
                _ints[row] = code;
                break;
        }
    }

    /// <summary>Puts every row whose code is true into the set; a code beyond the table is false.</summary>
    public RowSet Scan(ReadOnlySpan<bool> truth, int rows)
    {
        var set = new RowSet(rows);
        var trueCodes = 0;
        foreach (var holds in truth)
        {
            trueCodes += holds ? 1 : 0;
        }

        if (trueCodes == 0)
        {
            return set;
        }

        var length = Math.Min(Length, rows);
        switch (_width)
        {
            case 1:
                ScanBytes(_bytes.AsSpan(0, length), truth, set.Words);
                break;
            case 2:
                ScanShorts(_shorts.AsSpan(0, length), truth, trueCodes, set.Words);
                break;
            case 4:
                ScanInts(_ints.AsSpan(0, length), truth, set.Words);
                break;
        }

        if (truth[0])
        {
            for (var row = length; row < rows; row++)
            {
                set[row] = true;
            }
        }

        return set;
    }

    public void Save(ReplicaWriter writer)
    {
        writer.Int(_width);
        writer.Array<byte>(_bytes);
        writer.Array<ushort>(_shorts);
        writer.Array<int>(_ints);
    }

    public static CodeArray Load(ReplicaReader reader) => new()
    {
        _width = reader.Int(), _bytes = reader.Array<byte>(), _shorts = reader.Array<ushort>(), _ints = reader.Array<int>(),
    };

    private int Length => _width switch { 1 => _bytes.Length, 2 => _shorts.Length, 4 => _ints.Length, _ => 0 };

    private void Widen(int width)
    {
        if (width <= _width)
        {
            return;
        }

        var before = _width;
        _width = width;
        if (before == 1 && width == 2)
        {
            (_shorts, _bytes) = (Array.ConvertAll(_bytes, code => (ushort)code), []);
        }
        else if (before == 1)
        {
            (_ints, _bytes) = (Array.ConvertAll(_bytes, code => (int)code), []);
        }
        else if (before == 2)
        {
            (_ints, _shorts) = (Array.ConvertAll(_shorts, code => (int)code), []);
        }
    }

    /// <summary>Each code's bit is looked up by its low half (a byte of eight bits) and its high half (which of the eight).</summary>
    private static void ScanBytes(ReadOnlySpan<byte> codes, ReadOnlySpan<bool> truth, Span<ulong> into)
    {
        Span<bool> table = stackalloc bool[256];
        table.Clear();
        truth[..Math.Min(truth.Length, 256)].CopyTo(table);
        var row = 0;
        if (Avx2.IsSupported)
        {
            Span<byte> low = stackalloc byte[32];
            Span<byte> high = stackalloc byte[32];
            low.Clear();
            high.Clear();
            for (var code = 0; code < 256; code++)
            {
                var half = (code >> 4) < 8 ? low : high;
                half[code & 15] |= (byte)(table[code] ? 1 << ((code >> 4) & 7) : 0);
            }

            low[..16].CopyTo(low[16..]);
            high[..16].CopyTo(high[16..]);
            var (lows, highs) = (Vector256.Create<byte>(low), Vector256.Create<byte>(high));
            var bits = Vector256.Create(0x8040201008040201UL).AsByte();
            var nibble = Vector256.Create((byte)15);
            for (; row + 64 <= codes.Length; row += 64)
            {
                var word = 0UL;
                for (var half = 0; half < 64; half += 32)
                {
                    var code = Vector256.Create(codes.Slice(row + half, 32));
                    var first = code & nibble;
                    var second = (code.AsUInt16() >> 4).AsByte() & nibble;
                    var has = Avx2.BlendVariable(Avx2.Shuffle(lows, first), Avx2.Shuffle(highs, first), code);
                    var found = ~Vector256.Equals(has & Avx2.Shuffle(bits, second), Vector256<byte>.Zero);
                    word |= (ulong)found.ExtractMostSignificantBits() << half;
                }

                into[row >> 6] = word;
            }
        }

        for (; row < codes.Length; row++)
        {
            into[row >> 6] |= (table[codes[row]] ? 1UL : 0UL) << (row & 63);
        }
    }

    private static void ScanShorts(ReadOnlySpan<ushort> codes, ReadOnlySpan<bool> truth, int trueCodes, Span<ulong> into)
    {
        var row = 0;
        if (Vector256.IsHardwareAccelerated && trueCodes <= FewCodes)
        {
            Span<ushort> wanted = stackalloc ushort[FewCodes];
            var count = 0;
            for (var code = 0; code < truth.Length; code++)
            {
                if (truth[code])
                {
                    wanted[count++] = (ushort)code;
                }
            }

            for (; row + 64 <= codes.Length; row += 64)
            {
                var word = 0UL;
                for (var part = 0; part < 64; part += 32)
                {
                    var (first, second) = (Vector256.Create(codes.Slice(row + part, 16)), Vector256.Create(codes.Slice(row + part + 16, 16)));
                    var (one, two) = (Vector256<ushort>.Zero, Vector256<ushort>.Zero);
                    for (var index = 0; index < count; index++)
                    {
                        var code = Vector256.Create(wanted[index]);
                        one |= Vector256.Equals(first, code);
                        two |= Vector256.Equals(second, code);
                    }

                    word |= (one.ExtractMostSignificantBits() | ((ulong)two.ExtractMostSignificantBits() << 16)) << part;
                }

                into[row >> 6] = word;
            }
        }

        // As many entries as a code can say: no bounds to check in the loop's own terms.
        var table = new byte[ushort.MaxValue + 1];
        MemoryMarshal.AsBytes(truth[..Math.Min(truth.Length, table.Length)]).CopyTo(table);
        for (; row + 64 <= codes.Length; row += 64)
        {
            var word = 0UL;
            var part = codes.Slice(row, 64);
            for (var bit = 0; bit < part.Length; bit++)
            {
                word |= (ulong)table[part[bit]] << bit;
            }

            into[row >> 6] = word;
        }

        for (; row < codes.Length; row++)
        {
            into[row >> 6] |= (ulong)table[codes[row]] << (row & 63);
        }
    }

    private static void ScanInts(ReadOnlySpan<int> codes, ReadOnlySpan<bool> truth, Span<ulong> into)
    {
        for (var row = 0; row < codes.Length; row++)
        {
            var code = codes[row];
            into[row >> 6] |= ((uint)code < (uint)truth.Length && truth[code] ? 1UL : 0UL) << (row & 63);
        }
    }
}

/// <summary>Arrays by row: they grow by an eighth, so that little of a large one lies idle.</summary>
internal static class Growth
{
    public static void Fit<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            Array.Resize(ref array, Math.Max(length, Math.Min(Array.MaxLength, length + (length >> 3) + 64)));
        }
    }
}
