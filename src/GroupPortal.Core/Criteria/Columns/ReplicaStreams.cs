using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>Writes numbers, texts and arrays in frames of a megabyte, each with a checksum over its place and content.</summary>
internal sealed class ReplicaWriter(Stream stream)
{
    internal const int FrameLength = 1 << 20;

    private readonly byte[] _frame = new byte[FrameLength];
    private int _used;
    private int _frames;

    public void Int(int value) => Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<int>(ref value)));

    public void Long(long value) => Bytes(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(ref value)));

    public void Text(string value) => Array<byte>(Encoding.UTF8.GetBytes(value));

    public void Array<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Int(values.Length);
        Bytes(MemoryMarshal.AsBytes(values));
    }

    /// <summary>An empty frame ends the whole.</summary>
    public void End()
    {
        if (_used > 0)
        {
            Flush();
        }

        Flush();
    }

    private void Bytes(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, FrameLength - _used)];
            part.CopyTo(_frame.AsSpan(_used));
            _used += part.Length;
            bytes = bytes[part.Length..];
            if (_used == FrameLength)
            {
                Flush();
            }
        }
    }

    private void Flush()
    {
        Span<byte> head = stackalloc byte[12];
        var content = _frame.AsSpan(0, _used);
        MemoryMarshal.Write(head, in _used);
        var checksum = Checksum(content, _frames++);
        MemoryMarshal.Write(head[4..], in checksum);
        stream.Write(head);
        stream.Write(content);
        _used = 0;
    }

    /// <summary>Every step is reversible, so that one changed word always changes the result.</summary>
    internal static ulong Checksum(ReadOnlySpan<byte> content, int frame)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)(uint)frame ^ ((ulong)content.Length << 32);
        var words = MemoryMarshal.Cast<byte, ulong>(content);
        foreach (var word in words)
        {
            hash = BitOperations.RotateLeft((hash ^ word) * 0xBF58476D1CE4E5B9UL, 29);
        }

        foreach (var single in content[(words.Length * 8)..])
        {
            hash = BitOperations.RotateLeft((hash ^ single) * 0x94D049BB133111EBUL, 31);
        }

        return hash;
    }
}

/// <summary>Reads what <see cref="ReplicaWriter"/> wrote; nothing is handed on before its checksum is right.</summary>
internal sealed class ReplicaReader(Stream stream)
{
    private byte[] _frame = [];
    private int _used;
    private int _frames;

    public int Int()
    {
        var value = 0;
        Bytes(MemoryMarshal.AsBytes(new Span<int>(ref value)));
        return value;
    }

    public long Long()
    {
        var value = 0L;
        Bytes(MemoryMarshal.AsBytes(new Span<long>(ref value)));
        return value;
    }

    public string Text() => Encoding.UTF8.GetString(Array<byte>());

    /// <exception cref="InvalidDataException">Not a length.</exception>
    public int Length()
    {
        var length = Int();
        return length >= 0 ? length : throw new InvalidDataException("The replica's file has a length below 0.");
    }

    public T[] Array<T>()
        where T : unmanaged
    {
        var length = Length();
        // The frames are checked as they come: what they say of lengths was written by us.
        var values = length * (long)Unsafe.SizeOf<T>() > int.MaxValue ? throw new InvalidDataException("The replica's file has too long a part.") : new T[length];
        Bytes(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    public void End()
    {
        Next();
        if (_frame.Length != 0)
        {
            throw new InvalidDataException("The replica's file does not end where it should.");
        }
    }

    private void Bytes(Span<byte> into)
    {
        while (!into.IsEmpty)
        {
            if (_used == _frame.Length)
            {
                Next();
                if (_frame.Length == 0)
                {
                    throw new InvalidDataException("The replica's file ends too early.");
                }
            }

            var part = _frame.AsSpan(_used, Math.Min(into.Length, _frame.Length - _used));
            part.CopyTo(into);
            into = into[part.Length..];
            _used += part.Length;
        }
    }

    private void Next()
    {
        try
        {
            Span<byte> head = stackalloc byte[12];
            stream.ReadExactly(head);
            var length = MemoryMarshal.Read<int>(head);
            if (length is < 0 or > ReplicaWriter.FrameLength)
            {
                throw new InvalidDataException("The replica's file is damaged.");
            }

            _frame = _frame.Length == length ? _frame : new byte[length];
            stream.ReadExactly(_frame);
            if (ReplicaWriter.Checksum(_frame, _frames++) != MemoryMarshal.Read<ulong>(head[4..]))
            {
                throw new InvalidDataException("The replica's file is damaged.");
            }

            _used = 0;
        }
        catch (EndOfStreamException exception)
        {
            throw new InvalidDataException("The replica's file ends too early.", exception);
        }
    }
}
