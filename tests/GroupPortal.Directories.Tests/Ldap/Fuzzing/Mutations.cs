using GroupPortal.Directories.Tests.Ldap.Support;

namespace GroupPortal.Directories.Tests.Ldap.Fuzzing;

/// <summary>Valid answers made invalid, or valid in another way.</summary>
internal sealed class Mutations(IReadOnlyList<byte[]> corpus, SeededNumbers numbers)
{
    private static readonly byte[] Telling = [0x00, 0x01, 0x02, 0x04, 0x0a, 0x30, 0x31, 0x64, 0x65, 0x73, 0x78, 0x7f, 0x80, 0x81, 0x82, 0x84, 0xa0, 0xa3, 0xff];

    public byte[] Next()
    {
        var octets = Pick();
        for (var times = 1 + numbers.Below(4); times > 0 && octets.Length > 0; times--)
        {
            octets = Mutate(octets);
        }

        return octets;
    }

    public byte[] Pick() => corpus[numbers.Below(corpus.Count)];

    private byte[] Mutate(byte[] octets)
    {
        var at = numbers.Below(octets.Length);
        var length = numbers.Below(Math.Min(octets.Length - at, 40) + 1);
        var changed = (byte[])octets.Clone();
        switch (numbers.Below(7))
        {
            case 0:
                changed[at] ^= (byte)(1 << numbers.Below(8));
                return changed;
            case 1:
                changed[at] = Telling[numbers.Below(Telling.Length)];
                return changed;
            case 2:
                return octets[..at];
            case 3:
                return [.. octets[..at], .. octets[(at + length)..]];
            case 4:
                return [.. octets[..at], .. numbers.Octets(1 + numbers.Below(8)), .. octets[at..]];
            case 5:
                return [.. octets[..(at + length)], .. octets[at..]];
            default:
                var other = Pick();
                return [.. octets[..at], .. other[numbers.Below(other.Length)..]];
        }
    }
}
