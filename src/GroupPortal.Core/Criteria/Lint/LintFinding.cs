using GroupPortal.Core.Resources;

namespace GroupPortal.Core.Criteria.Lint;

public enum LintLevel
{
    /// <summary>Worth knowing.</summary>
    Hint,

    /// <summary>Probably not what was meant.</summary>
    Warning,
}

/// <summary>Something about a valid rule that its author would like to know.</summary>
/// <param name="Code">Stable; the resource key of its sentence is <c>Lint.{Code}</c>.</param>
/// <param name="Path">The criterion concerned, as <see cref="Criterion.Children"/> numbers it; empty for the whole.</param>
public sealed record LintFinding(string Code, LintLevel Level, string Path, params IReadOnlyList<string> Arguments)
{
    /// <summary>The whole rule with this mended, for a button; null where there is no single answer.</summary>
    public Criterion? Fixed { get; init; }

    /// <summary>The sentence in the person's language.</summary>
    public string Message => Texts.Format("Lint." + Code, [.. Arguments]);

    public bool Equals(LintFinding? other) =>
        other is not null && Code == other.Code && Level == other.Level && Path == other.Path && Equals(Fixed, other.Fixed)
        && Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Code, Level, Path);
}
