namespace GroupPortal.GraphEmulation.Delta;

/// <summary>One object of a page of delta, perhaps with a part of its links only.</summary>
/// <param name="Reason">Null: it is there.</param>
internal sealed record DeltaEntry(Guid Id, string? Reason, IReadOnlyList<DeltaLink> Links)
{
    /// <summary>What it takes of a page.</summary>
    public int Weight => 1 + Links.Count;
}

/// <summary>A member or owner that came or went.</summary>
internal sealed record DeltaLink(string Relation, Guid Id, bool IsGone);
