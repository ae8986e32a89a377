using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace GroupPortal.ActiveDirectory.Schema;

/// <summary>A SID ([MS-DTYP] 2.4.2), by its octets. .NET's own is for Windows only.</summary>
internal sealed record SecurityIdentifier
{
    private const int MaximumParts = 15;

    private readonly byte[] _octets;

    private SecurityIdentifier(byte[] octets) => _octets = octets;

    public ReadOnlyMemory<byte> Octets => _octets;

    /// <summary>The last part: of an account, its number within the domain.</summary>
    public uint Rid => BinaryPrimitives.ReadUInt32LittleEndian(_octets.AsSpan(_octets.Length - 4));

    public static SecurityIdentifier? Of(ReadOnlyMemory<byte>? octets) =>
        octets is { Length: >= 12 } value && value.Span[0] == 1 && value.Span[1] is > 0 and <= MaximumParts && value.Length == 8 + (4 * value.Span[1])
            ? new SecurityIdentifier(value.ToArray())
            : null;

    /// <summary>The account of that number in this domain.</summary>
    public SecurityIdentifier Account(uint rid)
    {
        var octets = new byte[_octets.Length + 4];
        _octets.CopyTo(octets, 0);
        octets[1]++;
        BinaryPrimitives.WriteUInt32LittleEndian(octets.AsSpan(_octets.Length), rid);
        return new SecurityIdentifier(octets);
    }

    /// <summary>Whether it is an account of that domain.</summary>
    public bool IsOf(SecurityIdentifier domain) =>
        _octets.Length == domain._octets.Length + 4 && _octets.AsSpan(2, domain._octets.Length - 2).SequenceEqual(domain._octets.AsSpan(2));

    public bool Equals(SecurityIdentifier? other) => other is not null && _octets.AsSpan().SequenceEqual(other._octets);

    public override int GetHashCode() => (int)Rid;

    /// <summary><c>S-1-5-32-544</c>.</summary>
    public override string ToString()
    {
        long authority = 0;
        foreach (var octet in _octets.AsSpan(2, 6))
        {
            authority = (authority << 8) | octet;
        }

        var text = new StringBuilder("S-1-").Append(authority.ToString(CultureInfo.InvariantCulture));
        for (var place = 8; place < _octets.Length; place += 4)
        {
            text.Append('-').Append(BinaryPrimitives.ReadUInt32LittleEndian(_octets.AsSpan(place)).ToString(CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }
}
