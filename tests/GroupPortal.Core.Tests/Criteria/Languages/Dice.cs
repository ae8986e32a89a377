namespace GroupPortal.Core.Tests.Criteria.Languages;

/// <summary>The same throws in every run.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>From 0, less than <paramref name="sides"/>.</summary>
    public int Next(int sides)
    {
        _state = unchecked((_state * 6364136223846793005) + 1442695040888963407);
        return (int)((_state >> 33) % (ulong)sides);
    }
}
