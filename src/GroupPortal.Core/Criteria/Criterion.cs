using System.Globalization;

namespace GroupPortal.Core.Criteria;

public enum Quantifier
{
    /// <summary>At least one item satisfies the inner criterion; false for no items.</summary>
    Any,

    /// <summary>Every item satisfies the inner criterion; true for no items.</summary>
    All,
}

/// <summary>
/// A rule as a tree: what every criteria language is read into and written from. There are no negative operators: "Isn't",
/// <c>-ne</c> and "Flags Off" are <see cref="Not"/> around a positive one, hence true for an absent value, as directories answer.
/// Attribute names are the vocabulary's own (<see cref="CriteriaVocabulary"/>). Trees are compared by content.
/// </summary>
public abstract record Criterion
{
    private Criterion()
    {
    }

    /// <summary>Everybody: <c>(&amp;)</c> in an LDAP filter (RFC 4526).</summary>
    public static Criterion Everyone { get; } = new AllOf([]);

    /// <summary>Nobody: <c>(|)</c> in an LDAP filter (RFC 4526).</summary>
    public static Criterion Nobody { get; } = new AnyOf([]);

    /// <summary>All of the parts hold; true without parts.</summary>
    public sealed record AllOf(IReadOnlyList<Criterion> Parts) : Criterion
    {
        public bool Equals(AllOf? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => HashOf(1, Parts);
    }

    /// <summary>At least one of the parts holds; false without parts.</summary>
    public sealed record AnyOf(IReadOnlyList<Criterion> Parts) : Criterion
    {
        public bool Equals(AnyOf? other) => other is not null && Parts.SequenceEqual(other.Parts);

        public override int GetHashCode() => HashOf(2, Parts);
    }

    public sealed record Not(Criterion Inner) : Criterion;

    /// <summary>Any value of the attribute stands in this relation to <paramref name="Value"/>; false for an absent attribute.</summary>
    /// <param name="Value">
    /// By the attribute's syntax. Text as typed; numbers and bits decimal; <c>TRUE</c> or <c>FALSE</c>; times ISO 8601 in UTC
    /// (<c>2026-03-01T00:00:00Z</c>), or <c>now</c>, <c>now+P1D</c>, <c>now-P30D</c>; references a DN or a GUID.
    /// </param>
    public sealed record Compare(string Attribute, CompareOperator Operator, string Value) : Criterion;

    /// <summary>The attribute has a value.</summary>
    public sealed record Present(string Attribute) : Criterion;

    /// <summary>
    /// Items of a collection. In <paramref name="Inner"/> the attribute <see cref="Item"/> is the item itself, any other name a
    /// field of it (<c>servicePlanId</c> of <c>assignedPlans</c>).
    /// </summary>
    public sealed record Each(Quantifier Quantifier, string Attribute, Criterion Inner) : Criterion
    {
        public const string Item = "_";
    }

    /// <summary>
    /// Following the reference attribute leads to the target: <c>manager</c> up the line, <c>memberOf</c> through nested groups.
    /// Cycle-safe.
    /// </summary>
    /// <param name="Target">A DN or a GUID.</param>
    /// <param name="Depth">At most so many steps; null for any number.</param>
    public sealed record Chain(string Attribute, string Target, int? Depth) : Criterion;

    /// <summary>The direct parts, in order; a criterion's path numbers them from 0 (<c>0.2.1</c>, the root's is empty).</summary>
    public IReadOnlyList<Criterion> Children => this switch
    {
        AllOf all => all.Parts,
        AnyOf any => any.Parts,
        Not not => [not.Inner],
        Each each => [each.Inner],
        _ => [],
    };

    /// <summary>The path of a part of the criterion at a path.</summary>
    public static string PathOf(string path, int part) =>
        path.Length == 0 ? part.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{path}.{part}");

    private static int HashOf(int kind, IReadOnlyList<Criterion> parts)
    {
        var hash = new HashCode();
        hash.Add(kind);
        foreach (var part in parts)
        {
            hash.Add(part);
        }

        return hash.ToHashCode();
    }
}
