using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace GroupPortal.Core.Groups;

/// <summary>The attributes of one object: names without regard to case, values in the directory's order. Immutable.</summary>
[SuppressMessage("Design", "CA1710:Identifiers should have correct suffix", Justification = "It reads as what it is.")]
public sealed class AttributeValues : IEnumerable<KeyValuePair<string, IReadOnlyList<string>>>
{
    public static readonly AttributeValues None = new(new Dictionary<string, IReadOnlyList<string>>());

    private readonly Dictionary<string, IReadOnlyList<string>> _values;

    public AttributeValues(IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> values) =>
        _values = new Dictionary<string, IReadOnlyList<string>>(values, StringComparer.OrdinalIgnoreCase);

    /// <summary>The values of an attribute; empty when it has none.</summary>
    public IReadOnlyList<string> this[string name] => _values.GetValueOrDefault(name, []);

    /// <summary>The first value, or null.</summary>
    public string? First(string name) => this[name] is [var first, ..] ? first : null;

    /// <summary>The same attributes with one of them exchanged; no values remove it.</summary>
    public AttributeValues With(string name, params IReadOnlyList<string> values)
    {
        var copy = new Dictionary<string, IReadOnlyList<string>>(_values, StringComparer.OrdinalIgnoreCase);
        copy.Remove(name);
        if (values.Count > 0)
        {
            copy.Add(name, values);
        }

        return new AttributeValues(copy);
    }

    public IEnumerator<KeyValuePair<string, IReadOnlyList<string>>> GetEnumerator() => _values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
