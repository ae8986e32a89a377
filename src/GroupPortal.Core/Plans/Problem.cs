using GroupPortal.Core.Resources;

namespace GroupPortal.Core.Plans;

/// <summary>Whether a problem makes the request impossible or only one of its lines.</summary>
public enum ProblemScope
{
    /// <summary>Nothing is written: malformed, unknown store or group, name, container, type, owners.</summary>
    Request,

    /// <summary>One attribute or member is refused, the others are carried out (unless strictness was asked for).</summary>
    Line,
}

/// <summary>One thing that is wrong, at the field where it is wrong.</summary>
/// <param name="Field">The field as the person or script named it: an attribute, <c>members</c>, a JSON path.</param>
/// <param name="Code">Stable; the key of its text in Texts.resx.</param>
/// <param name="Arguments">What the text names: the limit, the value, the length.</param>
public sealed record Problem(string Field, string Code, ProblemScope Scope, params IReadOnlyList<string> Arguments)
{
    /// <summary>The sentence in the person's language: what is wrong, with its limit, and what to do.</summary>
    public string Message => Texts.Format("Problem." + Code, [.. Arguments]);

    public bool Equals(Problem? other) =>
        other is not null && Field == other.Field && Code == other.Code && Scope == other.Scope && Arguments.SequenceEqual(other.Arguments, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Field, Code, Scope);
}
