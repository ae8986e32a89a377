using System.Text.Json;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Api.Reading;

namespace GroupPortal.Web.Api.SmartGroups;

/// <summary>What a request for a preview says, before its criteria are read.</summary>
internal sealed record WirePreview
{
    public string Criteria { get; init; } = string.Empty;

    public CriteriaLanguage Language { get; init; } = CriteriaLanguage.GroupId;

    /// <summary>A GUID, DN or name; null for a group that does not exist yet.</summary>
    public string? Group { get; init; }

    public IReadOnlyList<QueryObjectType> ObjectTypes { get; init; } = [];

    public IReadOnlyList<StartPath> StartPaths { get; init; } = [];

    public IReadOnlyList<Guid> Include { get; init; } = [];

    public IReadOnlyList<Guid> Exclude { get; init; } = [];

    public PreviewShow Show { get; init; }

    public int PageNumber { get; init; } = 1;

    public int PageSize { get; init; } = 50;

    public IReadOnlyList<string> Attributes { get; init; } = [];
}

/// <summary>Reads the bodies of the preview operations, with every problem and its place at once.</summary>
internal sealed class RuleReader
{
    public const int MostOnPage = 1000;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    private readonly ElementReader _json = new();

    public IReadOnlyList<WireProblem> Problems => _json.Problems;

    /// <summary>Our own form: <c>{ "criteria", "language", "group", … }</c>.</summary>
    public WirePreview Preview(ReadOnlyMemory<byte> body) => Read(body, root =>
    {
        var asked = new WirePreview();
        foreach (var (name, value, path) in _json.Properties(root, Place.Root, "an object with criteria"))
        {
            asked = name.ToUpperInvariant() switch
            {
                "CRITERIA" => asked with { Criteria = _json.Text(value, path) ?? string.Empty },
                "LANGUAGE" => asked with { Language = Language(value, path) },
                "GROUP" => asked with { Group = _json.Text(value, path) },
                "OBJECTTYPES" => asked with { ObjectTypes = ObjectTypes(value, path) },
                "STARTPATHS" => asked with { StartPaths = [.. Paths(value, path)] },
                "INCLUDE" => asked with { Include = [.. Ids(value, path)] },
                "EXCLUDE" => asked with { Exclude = [.. Ids(value, path)] },
                "SHOW" => asked with { Show = Show(value, path) },
                "PAGENO" => asked with { PageNumber = (int)_json.Number(value, path, 1, int.MaxValue / MostOnPage) },
                "PAGESIZE" => asked with { PageSize = (int)_json.Number(value, path, 0, MostOnPage) },
                "ATTRIBUTESTOLOAD" => asked with { Attributes = Names(value, path) },
                _ => asked,
            };
        }

        return asked;
    });

    /// <summary>The vendor's form: the attributes of a smart group, nested as in a create, with AttributesToLoad beside them.</summary>
    public WirePreview Members(ReadOnlyMemory<byte> body) => Read(body, root =>
    {
        var asked = new WirePreview();
        foreach (var (name, value, path) in _json.Properties(root, Place.Root, "an object with ExtensionDataAttributes"))
        {
            asked = name.ToUpperInvariant() switch
            {
                "EXTENSIONDATAATTRIBUTES" or "ATTRIBUTESCOLLECTION" => Extension(asked, value, path),
                "ATTRIBUTESTOLOAD" => asked with { Attributes = Names(value, path) },
                _ => asked,
            };
        }

        return asked;
    });

    public (CriteriaLanguage Language, string Text) Translation(ReadOnlyMemory<byte> body)
    {
        var (language, text) = (CriteriaLanguage.GroupId, string.Empty);
        Read(body, root =>
        {
            foreach (var (name, value, path) in _json.Properties(root, Place.Root, "an object with language and text"))
            {
                switch (name.ToUpperInvariant())
                {
                    case "LANGUAGE":
                        language = Language(value, path);
                        break;
                    case "TEXT":
                        text = _json.Text(value, path) ?? string.Empty;
                        break;
                    default:
                        break;
                }
            }

            return new WirePreview();
        });
        return (language, text);
    }

    private WirePreview Read(ReadOnlyMemory<byte> body, Func<JsonElement, WirePreview> read)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return read(document.RootElement);
        }
        catch (JsonException exception)
        {
            _json.Refuse(Place.Root, string.Create(
                System.Globalization.CultureInfo.InvariantCulture,
                $"The body is no JSON: line {(exception.LineNumber ?? 0) + 1}, position {(exception.BytePositionInLine ?? 0) + 1}."));
            return new WirePreview();
        }
    }

    private WirePreview Extension(WirePreview asked, JsonElement element, Place path)
    {
        foreach (var (name, value, place) in _json.Properties(element, path, "an object of attributes"))
        {
            asked = name.ToUpperInvariant() switch
            {
                "ATTRIBUTESCOLLECTION" => Extension(asked, value, place),
                "IMSGCRITERIA" => asked with { Criteria = Values(value, place).FirstOrDefault().Text ?? string.Empty },
                "IMSGOBJECTTYPES" => asked with { ObjectTypes = [.. Values(value, place).SelectMany(one => ObjectTypes(one.Text, one.Place))] },
                "IMSGSTARTPATH" => asked with { StartPaths = [.. Values(value, place).Where(one => one.Text is { Length: > 0 }).Select(one => Path(one.Text!, one.Scope, one.Place)).OfType<StartPath>()] },
                "IMSGINCLUDES" or "IMSGINCLUDE" => asked with { Include = [.. Values(value, place).Select(one => Id(one.Text, one.Place)).OfType<Guid>()] },
                "IMSGEXCLUDES" or "IMSGEXCLUDE" => asked with { Exclude = [.. Values(value, place).Select(one => Id(one.Text, one.Place)).OfType<Guid>()] },
                _ => asked,
            };
        }

        return asked;
    }

    /// <summary>The values of an attribute in the wire's shape, with the Scope that an entry carries.</summary>
    private List<(string? Text, string? Scope, Place Place)> Values(JsonElement array, Place path)
    {
        var values = new List<(string?, string?, Place)>();
        foreach (var (element, place) in _json.Elements(array, path, "an array of values"))
        {
            string? text = null, scope = null;
            foreach (var (name, value, where) in _json.Properties(element, place, "an object with Value"))
            {
                switch (name.ToUpperInvariant())
                {
                    case "VALUE":
                        text = _json.Text(value, where);
                        break;
                    case "SCOPE":
                        scope = _json.Text(value, where);
                        break;
                    case "ATTRIBUTECOLLECTION":
                        scope = _json.Properties(value, where, "an object of texts")
                            .Where(extra => string.Equals(extra.Name, "Scope", StringComparison.OrdinalIgnoreCase))
                            .Select(extra => _json.Text(extra.Value, extra.Path)).FirstOrDefault() ?? scope;
                        break;
                    default:
                        break;
                }
            }

            values.Add((text, scope, place));
        }

        return values;
    }

    private IEnumerable<StartPath> Paths(JsonElement array, Place path)
    {
        foreach (var (element, place) in _json.Elements(array, path, "an array of start paths"))
        {
            string? dn = null, scope = null;
            foreach (var (name, value, where) in _json.Properties(element, place, "an object with dn and scope"))
            {
                switch (name.ToUpperInvariant())
                {
                    case "DN":
                        dn = _json.Text(value, where);
                        break;
                    case "SCOPE":
                        scope = _json.Text(value, where);
                        break;
                    default:
                        break;
                }
            }

            if (Path(dn ?? string.Empty, scope, place) is { } start)
            {
                yield return start;
            }
        }
    }

    /// <summary><c>GC=host</c>, as the vendor's previews write it, is everywhere.</summary>
    private StartPath? Path(string dn, string? scope, Place place)
    {
        if (scope is not null and not ("0" or "1" or "2"))
        {
            _json.Refuse(place, "A scope is 0 (the object itself), 1 (right below it) or 2 (all below it).");
            return null;
        }

        if (dn.StartsWith("GC=", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!Core.Directories.DistinguishedName.TryParse(dn, out _))
        {
            _json.Refuse(place, $"“{dn}” is no distinguished name.");
            return null;
        }

        return new StartPath(dn, scope switch { "0" => StartScope.Base, "1" => StartScope.OneLevel, _ => StartScope.Subtree });
    }

    private List<QueryObjectType> ObjectTypes(JsonElement array, Place path) =>
        [.. _json.Elements(array, path, "an array of object types").ToList().SelectMany(one => ObjectTypes(_json.Text(one.Element, one.Path), one.Path))];

    /// <summary>The vendor writes several in one text, <c>1,2</c>.</summary>
    private IEnumerable<QueryObjectType> ObjectTypes(string? text, Place place)
    {
        foreach (var word in (text ?? string.Empty).Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((QueryObjectType)number))
            {
                yield return (QueryObjectType)number;
            }
            else
            {
                _json.Refuse(place, $"“{word}” is no object type: they are 1 to 11, and 101 for devices.");
            }
        }
    }

    private IEnumerable<Guid> Ids(JsonElement array, Place path)
    {
        foreach (var (element, place) in _json.Elements(array, path, "an array of ids"))
        {
            if (Id(_json.Text(element, place), place) is { } id)
            {
                yield return id;
            }
        }
    }

    private Guid? Id(string? text, Place place)
    {
        if (Guid.TryParse(text, out var id))
        {
            return id;
        }

        if (text is { Length: > 0 })
        {
            _json.Refuse(place, $"“{text}” is no id: a GUID is expected here.");
        }

        return null;
    }

    private List<string> Names(JsonElement array, Place path) =>
        [.. _json.Elements(array, path, "an array of texts").ToList().Select(one => _json.Text(one.Element, one.Path)).OfType<string>().Where(name => name.Length > 0)];

    private PreviewShow Show(JsonElement value, Place path)
    {
        var text = _json.Text(value, path);
        if (Enum.TryParse<PreviewShow>(text, ignoreCase: true, out var show) && Enum.IsDefined(show) && !char.IsAsciiDigit(text![0]))
        {
            return show;
        }

        if (text is { Length: > 0 })
        {
            _json.Refuse(path, "show is all, joining, leaving, staying or excepted.");
        }

        return PreviewShow.All;
    }

    private CriteriaLanguage Language(JsonElement value, Place path)
    {
        switch (_json.Text(value, path)?.ToUpperInvariant())
        {
            case null or "" or "GROUPID":
                return CriteriaLanguage.GroupId;
            case "LDAP":
                return CriteriaLanguage.Ldap;
            case "ENTRA":
                return CriteriaLanguage.Entra;
            default:
                _json.Refuse(path, "language is groupid, ldap or entra.");
                return CriteriaLanguage.GroupId;
        }
    }
}
