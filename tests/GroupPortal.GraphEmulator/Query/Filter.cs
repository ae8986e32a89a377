using System.Globalization;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;
using Test = System.Func<GroupPortal.GraphEmulation.Store.DirectoryObject, object?, bool>;

namespace GroupPortal.GraphEmulation.Query;

/// <summary>
/// A $filter as a test of an object. What Graph answers only with ConsistencyLevel: eventual is refused without it.
/// </summary>
internal sealed class Filter
{
    private readonly IReadOnlyList<ResourceType> _types;
    private readonly bool _isAdvanced;
    private readonly List<FilterToken> _tokens;
    private int _at;

    /// <summary>The variable of the any() around, its property beside it.</summary>
    private (string Name, Property Property)? _item;

    private Filter(string text, IReadOnlyList<ResourceType> types, bool isAdvanced)
    {
        _types = types;
        _isAdvanced = isAdvanced;
        _tokens = FilterLexer.Read(text);
    }

    private FilterToken Current => _tokens[_at];

    public static Func<DirectoryObject, bool> Compile(string text, IReadOnlyList<ResourceType> types, bool isAdvanced)
    {
        var filter = new Filter(text, types, isAdvanced);
        var test = filter.Or();
        filter.Expect(FilterTokenKind.End);
        return item => test(item, null);
    }

    private Test Or()
    {
        var test = And();
        while (TakeWord("or"))
        {
            var (left, right) = (test, And());
            test = (item, value) => left(item, value) || right(item, value);
        }

        return test;
    }

    private Test And()
    {
        var test = Not();
        while (TakeWord("and"))
        {
            var (left, right) = (test, Not());
            test = (item, value) => left(item, value) && right(item, value);
        }

        return test;
    }

    private Test Not()
    {
        if (!TakeWord("not"))
        {
            return Primary();
        }

        NeedAdvanced("Not");
        var test = Not();
        return (item, value) => !test(item, value);
    }

    private Test Primary()
    {
        if (Take(FilterTokenKind.Open))
        {
            var inner = Or();
            Expect(FilterTokenKind.Close);
            return inner;
        }

        var word = Expect(FilterTokenKind.Word);
        if (Current.Kind == FilterTokenKind.Open && !word.Contains('/', StringComparison.Ordinal))
        {
            return Function(word);
        }

        if (word.EndsWith("/any", StringComparison.OrdinalIgnoreCase) || word.EndsWith("/all", StringComparison.OrdinalIgnoreCase))
        {
            return Any(word);
        }

        if (word.EndsWith("/$count", StringComparison.OrdinalIgnoreCase))
        {
            return CountOf(word[..^"/$count".Length]);
        }

        return Comparison(word);
    }

    private Test Function(string name)
    {
        Expect(FilterTokenKind.Open);
        var read = Path(Expect(FilterTokenKind.Word));
        Expect(FilterTokenKind.Comma);
        var text = Expect(FilterTokenKind.String);
        Expect(FilterTokenKind.Close);
        switch (name.ToUpperInvariant())
        {
            case "STARTSWITH":
                return (item, value) => read(item, value) is string found && found.StartsWith(text, StringComparison.OrdinalIgnoreCase);
            case "ENDSWITH":
                NeedAdvanced("EndsWith");
                return (item, value) => read(item, value) is string found && found.EndsWith(text, StringComparison.OrdinalIgnoreCase);
            default:
                throw Errors.UnsupportedQuery($"Unsupported or invalid query filter clause: the function '{name}' is not supported.");
        }
    }

    private Test Any(string word)
    {
        if (word.EndsWith("all", StringComparison.OrdinalIgnoreCase))
        {
            throw Errors.UnsupportedQuery("Unsupported or invalid query filter clause: the operator 'all' is not supported.");
        }

        var property = Find(word[..^"/any".Length]);
        Expect(FilterTokenKind.Open);
        var variable = Expect(FilterTokenKind.Word);
        Expect(FilterTokenKind.Colon);
        _item = (variable, property);
        var inner = Or();
        _item = null;
        Expect(FilterTokenKind.Close);
        return (item, _) => item[property.Name] switch
        {
            string[] texts => texts.Any(text => inner(item, text)),
            JsonArray nodes => nodes.Any(node => inner(item, node)),
            _ => false,
        };
    }

    private Test CountOf(string path)
    {
        NeedAdvanced("$count");
        var operation = Expect(FilterTokenKind.Word);
        var wanted = long.TryParse(Expect(FilterTokenKind.Word), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Errors.BadUrl("Invalid filter clause: a number was expected after $count.");
        Func<DirectoryObject, int> count = path.ToUpperInvariant() switch
        {
            "OWNERS" => item => item.Group?.Owners.Count ?? 0,
            "MEMBERS" => item => item.Group?.Members.Count ?? 0,
            "MEMBEROF" => item => item.MemberOf.Count,
            _ => OfValues(Find(path)),
        };
        return operation switch
        {
            "eq" => (item, _) => count(item) == wanted,
            "ne" => (item, _) => count(item) != wanted,
            _ => throw Errors.UnsupportedQuery($"Unsupported or invalid query filter clause: '{operation}' is not supported on $count."),
        };

        static Func<DirectoryObject, int> OfValues(Property property) => item => item[property.Name] switch
        {
            string[] texts => texts.Length,
            JsonArray nodes => nodes.Count,
            _ => 0,
        };
    }

    private Test Comparison(string path)
    {
        var read = Path(path);
        var operation = Expect(FilterTokenKind.Word).ToUpperInvariant();
        if (operation == "IN")
        {
            Expect(FilterTokenKind.Open);
            var list = new List<object?> { Literal() };
            while (Take(FilterTokenKind.Comma))
            {
                list.Add(Literal());
            }

            Expect(FilterTokenKind.Close);
            if (list.Count > 15 && !_isAdvanced)
            {
                throw Errors.BadRequest("Too many child clauses specified in search filter expression containing 'OR' operators: " + list.Count.ToString(CultureInfo.InvariantCulture) + ". Max allowed: 15.");
            }

            // By far the most: a set of ids.
            if (list.TrueForAll(one => one is string))
            {
                var texts = list.Cast<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
                return (item, value) => Plain(read(item, value)) is { } found && texts.Contains(found);
            }

            return (item, value) => read(item, value) is var found && list.Exists(one => Compare(found, one) == 0);
        }

        var wanted = Literal();
        if (wanted is null)
        {
            NeedAdvanced("eq null");
        }

        switch (operation)
        {
            case "EQ" when wanted is string text:
                return (item, value) => string.Equals(Plain(read(item, value)), text, StringComparison.OrdinalIgnoreCase);
            case "EQ":
                return (item, value) => Compare(read(item, value), wanted) == 0;
            case "NE":
                NeedAdvanced("NotEquals");
                return (item, value) => Compare(read(item, value), wanted) != 0;
            case "GE":
                return (item, value) => Compare(read(item, value), wanted) >= 0;
            case "LE":
                return (item, value) => Compare(read(item, value), wanted) is <= 0 and > int.MinValue;
            case "GT":
                return (item, value) => Compare(read(item, value), wanted) > 0;
            case "LT":
                return (item, value) => Compare(read(item, value), wanted) is < 0 and > int.MinValue;
            default:
                throw Errors.BadUrl($"Invalid filter clause: Syntax error: character or word '{operation}' is not valid here.");
        }
    }

    /// <summary>A property, a part of one (onPremisesExtensionAttributes/extensionAttribute1), or the variable of the any() around.</summary>
    private Func<DirectoryObject, object?, object?> Path(string path)
    {
        var parts = path.Split('/');
        if (_item is { } lambda && parts[0] == lambda.Name)
        {
            return parts.Length == 1 ? (_, value) => value : (_, value) => Part(value as JsonNode, parts[1]);
        }

        var property = Find(parts[0]);
        if (parts.Length == 1)
        {
            return (item, _) => item[property.Name];
        }

        NeedAdvanced(path);
        return (item, _) => Part(item[property.Name] as JsonNode, parts[1]);
    }

    private static object? Part(JsonNode? node, string name) =>
        node is JsonObject whole && whole.TryGetPropertyValue(name, out var part) && part is JsonValue value
            ? value.TryGetValue<bool>(out var truth) ? truth : value.ToString()
            : null;

    private Property Find(string name)
    {
        Property? found = null;
        foreach (var type in _types)
        {
            found = type.Find(name);
            if (found is { } property && (property.Has(PropertyTraits.Filter) || property.Has(PropertyTraits.FilterOnly)))
            {
                return property;
            }
        }

        throw found is null
            ? Errors.BadUrl($"Invalid filter clause: Could not find a property named '{name}' on type 'microsoft.graph.{(_types.Count == 1 ? _types[0].Name : "directoryObject")}'.")
            : Errors.UnsupportedQuery($"Unsupported or invalid query filter clause specified for property '{found.Name}' of resource '{_types[0].Title}'.");
    }

    private object? Literal()
    {
        if (Current.Kind == FilterTokenKind.String)
        {
            return Expect(FilterTokenKind.String);
        }

        var word = Expect(FilterTokenKind.Word);
        if (Guid.TryParse(word, out _))
        {
            return word;
        }

        return word switch
        {
            "null" => null,
            "true" => true,
            "false" => false,
            _ when long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => number,
            _ when DateTimeOffset.TryParse(word, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
            _ => throw Errors.BadUrl($"Invalid filter clause: '{word}' is not a valid literal."),
        };
    }

    private static string? Plain(object? value) => value as string ?? (value as JsonValue)?.ToString();

    /// <summary>0: equal; the smallest number: not to be compared.</summary>
    private static int Compare(object? found, object? wanted) => (found, wanted) switch
    {
        (null, null) => 0,
        (null, _) or (_, null) => int.MinValue,
        (string one, string other) => Math.Sign(string.Compare(one, other, StringComparison.OrdinalIgnoreCase)),
        (bool one, bool other) => one == other ? 0 : int.MinValue,
        (long one, long other) => one.CompareTo(other),
        (DateTimeOffset one, DateTimeOffset other) => one.CompareTo(other),
        (JsonValue one, _) => Compare(one.TryGetValue<bool>(out var truth) ? truth : one.ToString(), wanted),
        // A list of texts compared as a whole never equals.
        _ => int.MinValue,
    };

    private void NeedAdvanced(string operation)
    {
        if (!_isAdvanced)
        {
            throw Errors.UnsupportedQuery(
                $"Operator '{operation}' is not supported because the 'ConsistencyLevel:eventual' header is missing. Refer to https://aka.ms/graph-docs/advanced-queries for more information");
        }
    }

    private bool TakeWord(string word)
    {
        if (Current.Kind != FilterTokenKind.Word || !Current.Text.Equals(word, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        _at++;
        return true;
    }

    private bool Take(FilterTokenKind kind)
    {
        if (Current.Kind != kind)
        {
            return false;
        }

        _at++;
        return true;
    }

    private string Expect(FilterTokenKind kind)
    {
        var token = Current;
        if (token.Kind != kind)
        {
            throw Errors.BadUrl($"Invalid filter clause: Syntax error near '{token.Text}'.");
        }

        _at++;
        return token.Text;
    }
}
