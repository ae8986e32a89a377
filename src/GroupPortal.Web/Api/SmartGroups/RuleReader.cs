using System.Globalization;
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

    public IReadOnlyList<MembershipException> Include { get; init; } = [];

    public IReadOnlyList<MembershipException> Exclude { get; init; } = [];

    public PreviewShow Show { get; init; }

    public int PageNumber { get; init; } = 1;

    public int PageSize { get; init; } = 50;

    public bool IsDescending { get; init; }

    public IReadOnlyList<string> Attributes { get; init; } = [];
}

/// <summary>A value of one of a rule's attributes, with the Scope that a start path carries.</summary>
internal sealed record WireRuleValue(string? Text, string? Scope, Place Place);

/// <summary>Reads the bodies of the preview operations, with every problem and its place at once.</summary>
internal sealed class RuleReader
{
    private const int MostOnPage = 1000;
    private const int MostPages = int.MaxValue / MostOnPage;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    private static readonly string[] Fields =
        ["criteria", "language", "group", "objectTypes", "startPaths", "include", "exclude", "show", "pageNo", "pageSize", "attributesToLoad"];

    private static readonly string[] PathFields = ["dn", "scope"];

    private static readonly string[] TranslationFields = ["language", "text"];

    private static readonly string[] RuleAttributes = ["IMSGCriteria", "XCriteriaLanguage", "IMSGObjectTypes", "IMSGStartPath", "Include", "Exclude"];

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
                "STARTPATHS" => asked with { StartPaths = Paths(AtMost([.. Paths(value, path)], CriteriaLimits.StartPaths, path)) },
                "INCLUDE" => asked with { Include = AtMost([.. Exceptions(value, path)], CriteriaLimits.Exceptions, path) },
                "EXCLUDE" => asked with { Exclude = AtMost([.. Exceptions(value, path)], CriteriaLimits.Exceptions, path) },
                "SHOW" => asked with { Show = Show(value, path) },
                "PAGENO" => asked with { PageNumber = Number(value, path, asked.PageNumber, 1, MostPages) },
                "PAGESIZE" => asked with { PageSize = Number(value, path, asked.PageSize, 0, MostOnPage) },
                "ATTRIBUTESTOLOAD" => asked with { Attributes = AtMost(Names(value, path), CriteriaLimits.LoadedAttributes, path) },
                _ => Unknown(asked, name, path, Fields),
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
                "ATTRIBUTESTOLOAD" => asked with { Attributes = AtMost(Names(value, path), CriteriaLimits.LoadedAttributes, path) },
                _ => asked,
            };
        }

        return asked;
    });

    /// <summary>Which page of the vendor's list is wanted: <c>?sortOrder=1&amp;pageNo=1&amp;pageSize=50</c>.</summary>
    public WirePreview Page(WirePreview asked, IQueryCollection query)
    {
        return asked with
        {
            PageNumber = Query("pageNo", asked.PageNumber, 1, MostPages),
            PageSize = Query("pageSize", asked.PageSize, 1, MostOnPage),
            // The vendor's own word for the other order is misspelt; whatever begins so is meant.
            IsDescending = query["sortOrder"].ToString() is "2" or ['d' or 'D', ..],
        };

        int Query(string name, int absent, int fewest, int most)
        {
            var text = query[name].ToString();
            if (text.Length == 0)
            {
                return absent;
            }

            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= fewest && number <= most)
            {
                return number;
            }

            _json.Refuse(Place.Root.Of("?" + name), string.Create(CultureInfo.InvariantCulture, $"A whole number from {fewest} to {most} is expected here."));
            return absent;
        }
    }

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
                        Unknown(path, name, TranslationFields);
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
                CultureInfo.InvariantCulture,
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
                "IMSGCRITERIA" => asked with { Criteria = One(value, place) ?? string.Empty },
                "XCRITERIALANGUAGE" => asked with { Language = Language(One(value, place), place) },
                "IMSGOBJECTTYPES" => asked with { ObjectTypes = [.. Values(value, place).SelectMany(one => ObjectTypes(one.Text, one.Place))] },
                "IMSGSTARTPATH" => asked with { StartPaths = Paths(AtMost(Values(value, place), CriteriaLimits.StartPaths, place)) },
                "INCLUDE" or "IMSGINCLUDE" or "IMSGINCLUDES" => asked with { Include = [.. AtMost(Values(value, place), CriteriaLimits.Exceptions, place).Select(one => Exception(one.Text, one.Place)).OfType<MembershipException>()] },
                "EXCLUDE" or "IMSGEXCLUDE" or "IMSGEXCLUDES" => asked with { Exclude = [.. AtMost(Values(value, place), CriteriaLimits.Exceptions, place).Select(one => Exception(one.Text, one.Place)).OfType<MembershipException>()] },
                _ => Misspelt(asked, name, place),
            };
        }

        return asked;
    }

    /// <summary>In our own form every name means something: what is misspelt would silently widen the rule.</summary>
    private WirePreview Unknown(WirePreview asked, string name, Place path, string[] known)
    {
        Unknown(path, name, known);
        return asked;
    }

    private void Unknown(Place path, string name, string[] known)
    {
        var nearest = NearestWord.Of(name, known);
        _json.Refuse(path, nearest is null ? $"“{name}” is not known here. Known are: {string.Join(", ", known)}." : $"“{name}” is not known here. Did you mean {nearest}?");
    }

    /// <summary>The vendor's clients send other attributes too; what is nearly one of the rule's is none of them.</summary>
    private WirePreview Misspelt(WirePreview asked, string name, Place path)
    {
        if (NearestWord.Of(name, RuleAttributes) is { } nearest)
        {
            _json.Refuse(path, $"“{name}” is not known here. Did you mean {nearest}?");
        }

        return asked;
    }

    /// <summary>Of two rules neither is the one that is meant.</summary>
    private string? One(JsonElement array, Place path)
    {
        var values = Values(array, path).Where(one => one.Text is { Length: > 0 }).ToList();
        if (values.Count > 1)
        {
            _json.Refuse(values[1].Place, "Only one value can stand here.");
        }

        return values.Count == 0 ? null : values[0].Text;
    }

    /// <summary>The values of an attribute in the wire's shape, with what an entry carries beside them.</summary>
    private List<WireRuleValue> Values(JsonElement array, Place path)
    {
        var values = new List<WireRuleValue>();
        foreach (var (element, place) in _json.Elements(array, path, "an array of values"))
        {
            var one = new WireRuleValue(null, null, place);
            foreach (var (name, value, where) in _json.Properties(element, place, "an object with Value"))
            {
                one = name.ToUpperInvariant() switch
                {
                    "VALUE" => one with { Text = _json.Text(value, where) },
                    "SCOPE" => one with { Scope = _json.Text(value, where) },
                    "ATTRIBUTECOLLECTION" => one with { Scope = ScopeIn(value, where) ?? one.Scope },
                    _ => one,
                };
            }

            // A path under another name would be left out, and the rule would look everywhere.
            if (one.Text is null && _json.SaysMore(element, place))
            {
                _json.Refuse(place, "A Value is expected here.");
            }

            values.Add(one);
        }

        return values;
    }

    private string? ScopeIn(JsonElement extras, Place path) =>
        _json.Properties(extras, path, "an object of texts").ToList()
            .Where(extra => string.Equals(extra.Name, "Scope", StringComparison.OrdinalIgnoreCase))
            .Select(extra => _json.Text(extra.Value, extra.Path)).FirstOrDefault();

    private IEnumerable<WireRuleValue> Paths(JsonElement array, Place path)
    {
        foreach (var (element, place) in _json.Elements(array, path, "an array of start paths"))
        {
            var one = new WireRuleValue(string.Empty, null, place);
            foreach (var (name, value, where) in _json.Properties(element, place, "an object with dn and scope"))
            {
                one = name.ToUpperInvariant() switch
                {
                    "DN" => one with { Text = _json.Text(value, where) ?? string.Empty },
                    "SCOPE" => one with { Scope = _json.Text(value, where) },
                    _ => Other(one, name, where),
                };
            }

            yield return one;
        }
    }

    private WireRuleValue Other(WireRuleValue one, string name, Place path)
    {
        Unknown(path, name, PathFields);
        return one;
    }

    /// <summary>Where one of them is everywhere, all of them together are.</summary>
    private List<StartPath> Paths(List<WireRuleValue> values)
    {
        var isEverywhere = false;
        var paths = new List<StartPath>();
        foreach (var (text, scope, place) in values.Where(one => one.Text is not null))
        {
            if (scope is not (null or "" or "0" or "1" or "2"))
            {
                _json.Refuse(place, "A scope is 0 (the object itself), 1 (right below it) or 2 (all below it).");
            }
            else if (text!.StartsWith("GC=", StringComparison.OrdinalIgnoreCase))
            {
                // As the vendor's previews name a whole forest.
                isEverywhere = true;
            }
            else if (RuleValues.TryParse(scope is "0" or "1" ? $"{scope};{text}" : text, out StartPath? path))
            {
                paths.Add(path);
            }
            else
            {
                _json.Refuse(place, $"“{text}” is no distinguished name.");
            }
        }

        return isEverywhere ? [] : paths;
    }

    private List<QueryObjectType> ObjectTypes(JsonElement array, Place path) =>
        [.. _json.Elements(array, path, "an array of object types").ToList().SelectMany(one => ObjectTypes(_json.Text(one.Element, one.Path), one.Path))];

    /// <summary>The vendor writes several in one text, <c>1,2</c>.</summary>
    private IEnumerable<QueryObjectType> ObjectTypes(string? text, Place place)
    {
        foreach (var word in (text ?? string.Empty).Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Enum.IsDefined((QueryObjectType)number))
            {
                yield return (QueryObjectType)number;
            }
            else
            {
                _json.Refuse(place, $"“{word}” is no object type: they are 1 to 11, and 101 for devices.");
            }
        }
    }

    private IEnumerable<MembershipException> Exceptions(JsonElement array, Place path)
    {
        foreach (var (element, place) in _json.Elements(array, path, "an array of ids"))
        {
            if (Exception(_json.Text(element, place), place) is { } exception)
            {
                yield return exception;
            }
        }
    }

    /// <summary>A GUID, or a whole exception as the portal keeps it, whose end then counts.</summary>
    private MembershipException? Exception(string? text, Place place)
    {
        if (text is not { Length: > 0 })
        {
            return null;
        }

        if (!RuleValues.TryParse(text, out MembershipException? exception))
        {
            _json.Refuse(place, $"“{text}” is no id: a GUID is expected here.");
        }

        return exception;
    }

    private List<T> AtMost<T>(List<T> entries, int most, Place path)
    {
        if (entries.Count > most)
        {
            _json.Refuse(path, string.Create(CultureInfo.InvariantCulture, $"At most {most} entries can stand here; these are {entries.Count}."));
        }

        return entries;
    }

    private int Number(JsonElement value, Place path, int absent, int fewest, int most) =>
        value.ValueKind == JsonValueKind.Null || (value.ValueKind == JsonValueKind.String && value.ValueEquals(string.Empty))
            ? absent
            : Math.Max(fewest, (int)_json.Number(value, path, fewest, most));

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

    private CriteriaLanguage Language(JsonElement value, Place path) => Language(_json.Text(value, path), path);

    private CriteriaLanguage Language(string? text, Place path)
    {
        if (!RuleValues.TryParse(text, out CriteriaLanguage language))
        {
            _json.Refuse(path, "language is groupid, ldap or entra.");
        }

        return language;
    }
}
