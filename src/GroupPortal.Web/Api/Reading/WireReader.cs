using System.Globalization;
using System.Text.Json;
using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Api.Reading;

/// <summary>
/// Reads the bodies of the groups API: names in any casing, nulls and missing collections allowed, wrong types refused with
/// the place where they stand. All problems of one body come at once.
/// </summary>
internal sealed class WireReader
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    private readonly ElementReader _json = new();

    public IReadOnlyList<WireProblem> Problems => _json.Problems;

    /// <summary>The group of a create or of an update by address; an empty body is an empty group.</summary>
    public WireGroup Group(ReadOnlyMemory<byte> body) =>
        Read(body, WireGroup.Empty, root => Group(root, Place.Root));

    /// <summary>The groups of an update of many.</summary>
    public IReadOnlyList<WireGroup> Groups(ReadOnlyMemory<byte> body) =>
        Read<IReadOnlyList<WireGroup>>(body, [], root =>
        {
            var groups = new List<WireGroup>();
            foreach (var (element, path) in _json.Elements(root, Place.Root, "an array of groups"))
            {
                groups.Add(Group(element, path));
            }

            return groups;
        });

    /// <summary>An array of texts: the attributes of a read, the groups of a delete.</summary>
    public IReadOnlyList<string> Names(ReadOnlyMemory<byte> body) =>
        Read<IReadOnlyList<string>>(body, [], root => Names(root, Place.Root));

    /// <summary>The attributes that a read of one asks for: an array, or the same in the shape of a read of many.</summary>
    public IReadOnlyList<string> Attributes(ReadOnlyMemory<byte> body) =>
        Read(body, [], root => root.ValueKind == JsonValueKind.Object ? Query(root).Attributes : Names(root, Place.Root));

    /// <summary>Which groups, and which attributes of them.</summary>
    public WireQuery Query(ReadOnlyMemory<byte> body) => Read(body, new WireQuery([], []), Query);

    private T Read<T>(ReadOnlyMemory<byte> body, T nothing, Func<JsonElement, T> read)
    {
        if (IsBlank(body.Span))
        {
            return nothing;
        }

        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return document.RootElement.ValueKind == JsonValueKind.Null ? nothing : read(document.RootElement);
        }
        catch (JsonException exception)
        {
            _json.Refuse(Place.Root, string.Create(
                CultureInfo.InvariantCulture,
                $"The body is no JSON: line {(exception.LineNumber ?? 0) + 1}, position {(exception.BytePositionInLine ?? 0) + 1}."));
            return nothing;
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> body) => body.IndexOfAnyExcept(" \t\r\n"u8) < 0;

    private WireQuery Query(JsonElement root)
    {
        IReadOnlyList<string> attributes = [], identities = [];
        foreach (var (name, value, path) in _json.Properties(root, Place.Root, "an object with attributes and groupIdentities"))
        {
            switch (name.ToUpperInvariant())
            {
                case "ATTRIBUTES":
                    attributes = Names(value, path);
                    break;
                case "GROUPIDENTITIES":
                    identities = Names(value, path);
                    break;
                default:
                    break;
            }
        }

        return new WireQuery(attributes, identities);
    }

    private List<string> Names(JsonElement array, Place path)
    {
        var names = new List<string>();
        foreach (var (element, place) in _json.Elements(array, path, "an array of texts"))
        {
            if (_json.Text(element, place) is { Length: > 0 } name)
            {
                names.Add(name);
            }
            else if (element.ValueKind is JsonValueKind.String or JsonValueKind.Null)
            {
                _json.Refuse(place, "A name is expected here; this is empty.");
            }
        }

        return names;
    }

    private WireGroup Group(JsonElement root, Place path)
    {
        string? name = null, container = null, identity = null;
        IReadOnlyList<WireAttribute> attributes = [];
        var echoes = new List<KeyValuePair<string, string>>();
        foreach (var (key, value, place) in _json.Properties(root, path, "an object that describes a group"))
        {
            switch (key.ToUpperInvariant())
            {
                case "GROUPNAME":
                    name = _json.Text(value, place);
                    break;
                case "CONTAINER":
                    container = _json.Text(value, place);
                    break;
                case "OBJECTIDFROMIDENTITYSTORE":
                    identity = _json.Text(value, place);
                    break;
                case "ATTRIBUTESCOLLECTION" or "ATTRIBUTESBUSINESSOBJECT":
                    attributes = [.. attributes, .. Collection(value, place)];
                    break;
                case "IDENTITYSTOREID" or "UPDATEOPTION" or "UPDATEOPTIONS":
                    if (_json.Text(value, place) is { Length: > 0 } text)
                    {
                        echoes.Add(new(key, text));
                    }

                    break;
                default:
                    // A group may be sent back with all the fields of an answer, most of which say nothing.
                    break;
            }
        }

        return new WireGroup(path) { GroupName = name, Container = container, Identity = identity, Attributes = attributes, Echoes = echoes };
    }

    /// <summary>The outer of the two nested collections.</summary>
    private List<WireAttribute> Collection(JsonElement outer, Place path)
    {
        var attributes = new List<WireAttribute>();
        foreach (var (key, value, place) in _json.Properties(outer, path, "an object that holds an AttributesCollection"))
        {
            if (string.Equals(key, "AttributesCollection", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var (name, values, where) in _json.Properties(value, place, "an object of attributes"))
                {
                    attributes.AddRange(Attribute(name, values, where));
                }
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                _json.Refuse(place, "Attributes stand one level deeper, in AttributesCollection.AttributesCollection.");
            }
        }

        return attributes;
    }

    private IEnumerable<WireAttribute> Attribute(string name, JsonElement array, Place path)
    {
        if (array.ValueKind == JsonValueKind.Null)
        {
            yield break;
        }

        var values = new List<WireValue>();
        var index = 0;
        if (array.ValueKind != JsonValueKind.Array)
        {
            _json.Refuse(path, $"An array of values is expected here, not {ElementReader.KindOf(array)}.");
            yield break;
        }

        foreach (var element in array.EnumerateArray())
        {
            if (Value(element, path, index) is { } value)
            {
                values.Add(value);
                // A path under another name would be left out, and the rule would look everywhere.
                if (AttributeNames.IsOfRule(name) && string.IsNullOrEmpty(value.Value) && _json.SaysMore(element, path.At(index)))
                {
                    _json.Refuse(path.At(index), "A Value is expected here.");
                }
            }

            index++;
        }

        yield return new WireAttribute(name, path, values);
    }

    private WireValue? Value(JsonElement element, Place attributePath, int index)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        var path = attributePath.At(index);
        string? value = null, dn = null;
        var action = WireAction.Exactly;
        long storeId = 0;
        IReadOnlyList<KeyValuePair<string, string?>> extras = [];
        foreach (var (key, field, place) in _json.Properties(element, path, "an object with Value and Action"))
        {
            switch (key.ToUpperInvariant())
            {
                case "VALUE":
                    value = _json.Text(field, place);
                    break;
                case "DN":
                    dn = _json.Text(field, place);
                    break;
                case "ACTION":
                    action = (WireAction)_json.Number(field, place, 0, 3);
                    break;
                case "IDENTITYSTOREID":
                    storeId = _json.Number(field, place, 0, int.MaxValue);
                    break;
                case "ATTRIBUTECOLLECTION":
                    extras = Extras(field, place);
                    break;
                default:
                    break;
            }
        }

        return new WireValue(index, value, dn, action, storeId, extras);
    }

    private List<KeyValuePair<string, string?>> Extras(JsonElement element, Place path)
    {
        var extras = new List<KeyValuePair<string, string?>>();
        foreach (var (key, value, place) in _json.Properties(element, path, "an object of texts"))
        {
            extras.Add(new(key, _json.Text(value, place)));
        }

        return extras;
    }
}
