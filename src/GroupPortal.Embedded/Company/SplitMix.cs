namespace GroupPortal.Embedded.Company;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood 2014): the same numbers on every machine and run. One per subject, seeded by what it is
/// about, so that person 17 is the same in a company of 100 and of 100,000.
/// </summary>
internal struct SplitMix(ulong seed)
{
    private ulong _state = seed;

    public static SplitMix For(Subject subject, int index, int salt = 0)
    {
        var mix = new SplitMix(((ulong)subject << 48) ^ ((ulong)salt << 40) ^ (uint)index);
        return new SplitMix(mix.Next());
    }

    public ulong Next()
    {
        var mixed = _state += 0x9E3779B97F4A7C15;
        mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return mixed ^ (mixed >> 31);
    }

    public int Below(int limit) => (int)(Next() % (uint)limit);

    public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

    public bool Chance(int percent) => Below(100) < percent;

    /// <summary>A GUID of version 4 in form.</summary>
    public Guid Guid()
    {
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, Next());
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Next());
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}

/// <summary>What a row of numbers is about.</summary>
internal enum Subject
{
    Person = 1,
    PersonId,
    Contact,
    Machine,
    Group,
    GroupId,
    Container,
    Details,
}
