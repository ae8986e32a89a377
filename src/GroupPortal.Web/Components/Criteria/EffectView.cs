using GroupPortal.Application.SmartGroups;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>Which part of the effect is looked at, and how.</summary>
public sealed record EffectView
{
    public PreviewShow Show { get; init; }

    public string Search { get; init; } = "";

    /// <summary>Null is by name.</summary>
    public string? SortBy { get; init; }

    public bool IsDescending { get; init; }

    /// <summary>By the vocabulary's names.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    public string? ChartBy { get; init; }

    public bool Equals(EffectView? other) =>
        other is not null && Show == other.Show && Search == other.Search && SortBy == other.SortBy && IsDescending == other.IsDescending
        && ChartBy == other.ChartBy && Columns.SequenceEqual(other.Columns, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Show, Search, SortBy, IsDescending, ChartBy);
}
