using GroupPortal.Core.Resources;

namespace GroupPortal.Core.Criteria;

/// <summary>One thing that is wrong with a criteria text, at its place.</summary>
/// <param name="Code">Stable; the resource key of its sentence is <c>Criteria.{Code}</c>.</param>
/// <param name="Start">UTF-16 offset in the text.</param>
/// <param name="Length">0 where something is missing.</param>
public sealed record CriteriaProblem(string Code, int Start, int Length, params IReadOnlyList<string> Arguments)
{
    /// <summary>What could have stood there, as it would be written.</summary>
    public IReadOnlyList<string> Expected { get; init; } = [];

    /// <summary>What was probably meant; null when nothing resembles it.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The sentence in the person's language: what is wrong, what was expected, what was probably meant.</summary>
    public string Message
    {
        get
        {
            var text = Texts.Format("Criteria." + Code, [.. Arguments]);
            if (Expected.Count > 0)
            {
                text += " " + Texts.Format("Criteria.Expected", string.Join(", ", Expected));
            }

            return Suggestion is null ? text : text + " " + Texts.Format("Criteria.DidYouMean", Suggestion);
        }
    }

    public bool Equals(CriteriaProblem? other) =>
        other is not null && Code == other.Code && Start == other.Start && Length == other.Length && Suggestion == other.Suggestion
        && Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal) && Expected.SequenceEqual(other.Expected, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Code, Start, Length);
}
