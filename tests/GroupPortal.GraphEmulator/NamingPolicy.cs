namespace GroupPortal.GraphEmulation;

/// <summary>The naming policy of Microsoft 365 groups.</summary>
public sealed record NamingPolicy
{
    /// <summary>Before the name; may hold [Department], [CompanyName], [Office], [StateOrProvince], [CountryOrRegion] and [Title] of the person.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>After the name, likewise.</summary>
    public string Suffix { get; init; } = "";

    /// <summary>Whole names, in any case, that nobody may use.</summary>
    public IReadOnlyList<string> BlockedWords { get; init; } = [];
}
