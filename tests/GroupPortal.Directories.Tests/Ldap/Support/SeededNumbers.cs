namespace GroupPortal.Directories.Tests.Ldap.Support;

/// <summary>Numbers that a seed repeats (xorshift64*).</summary>
internal sealed class SeededNumbers(ulong seed)
{
    private ulong _state = seed == 0 ? 1 : seed;

    public ulong Next()
    {
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1D;
    }

    /// <summary>At least 0, below the bound.</summary>
    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public byte[] Octets(int count)
    {
        var octets = new byte[count];
        for (var index = 0; index < count; index++)
        {
            octets[index] = (byte)Next();
        }

        return octets;
    }
}
