using System.Globalization;
using System.Text.Json;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>Queries out of JSON: an object, an array of objects, or an object that holds such an array.</summary>
internal sealed class JsonQueries(CriteriaVocabulary vocabulary)
{
    /// <summary>Structured criteria need two levels of JSON for each of theirs.</summary>
    private const int Depth = 256;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = Depth, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    private readonly List<ImportedQuery> _queries = [];
    private readonly List<ImportProblem> _problems = [];
    private readonly SortedSet<string> _ignored = new(StringComparer.OrdinalIgnoreCase);

    public ImportReading Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Options);
            Records(document.RootElement, "$", depth: 0);
        }
        catch (JsonException exception)
        {
            var line = (int)Math.Min((exception.LineNumber ?? 0) + 1, int.MaxValue);
            _problems.Add(new ImportProblem("NoJson", new ImportPlace(line, string.Empty), ((exception.BytePositionInLine ?? 0) + 1).ToString(CultureInfo.CurrentCulture)));
        }

        return new ImportReading(ImportForm.Json, _queries, _problems) { Ignored = [.. _ignored] };
    }

    private void Records(JsonElement element, string path, int depth)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                var index = 0;
                foreach (var item in element.EnumerateArray())
                {
                    if (!HasRoom(path))
                    {
                        return;
                    }

                    var here = string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]");
                    if (item.ValueKind == JsonValueKind.Object || (item.ValueKind == JsonValueKind.Array && depth < 4))
                    {
                        Records(item, here, depth + 1);
                    }
                    else if (item.ValueKind != JsonValueKind.Null)
                    {
                        _problems.Add(new ImportProblem("NoObject", new ImportPlace(null, here)));
                    }
                }

                break;
            case JsonValueKind.Object when depth < 4 && ListIn(element) is var (name, list):
                Records(list, $"{path}.{name}", depth + 1);
                break;
            case JsonValueKind.Object when HasRoom(path):
                var draft = new QueryDraft(new ImportPlace(null, path), vocabulary);
                Fields(draft, element, path, depth: 0);
                _queries.Add(draft.Build());
                break;
            default:
                if (element.ValueKind != JsonValueKind.Object)
                {
                    _problems.Add(new ImportProblem("NoObject", new ImportPlace(null, path)));
                }

                break;
        }
    }

    private bool HasRoom(string path)
    {
        if (_queries.Count < QueryImport.MostQueries)
        {
            return true;
        }

        if (!_problems.Exists(problem => problem.Code == "TooManyQueries"))
        {
            _problems.Add(new ImportProblem("TooManyQueries", new ImportPlace(null, path), QueryImport.MostQueries.ToString("N0", CultureInfo.CurrentCulture)));
        }

        return false;
    }

    /// <summary>The array of objects that an export is wrapped in; an object with criteria of its own is a record itself.</summary>
    private static (string Name, JsonElement List)? ListIn(JsonElement element)
    {
        (string, JsonElement)? found = null;
        foreach (var (name, value) in JsonText.Properties(element))
        {
            if (ImportFields.Of(name) is ImportField.Criteria or ImportField.Nested)
            {
                return null;
            }

            if (ImportFields.IsList(name) && value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(item => item.ValueKind == JsonValueKind.Object))
            {
                found ??= (name, value);
            }
        }

        return found;
    }

    private void Fields(QueryDraft draft, JsonElement element, string path, int depth)
    {
        foreach (var (name, value) in JsonText.Properties(element))
        {
            var here = $"{path}.{name}";
            var field = ImportFields.Of(name);
            if (value.ValueKind == JsonValueKind.Null)
            {
                continue;
            }

            if (field == ImportField.Criteria)
            {
                Criteria(draft, name, value, here, depth);
            }
            else if (value.ValueKind == JsonValueKind.Object && field is ImportField.Nested or ImportField.Group)
            {
                Nested(draft, value, here, depth);
            }
            else if (field is ImportField.None or ImportField.Nested)
            {
                _ignored.Add(name);
            }
            else
            {
                Values(draft, field, name, value, here, depth);
            }
        }
    }

    private void Nested(QueryDraft draft, JsonElement element, string path, int depth)
    {
        if (depth < 16)
        {
            Fields(draft, element, path, depth + 1);
        }
        else
        {
            draft.Refuse("TooDeep", new ImportPlace(null, path));
        }
    }

    private void Criteria(QueryDraft draft, string name, JsonElement value, string path, int depth)
    {
        if (StructuredCriteria.Is(value))
        {
            var where = path;
            var text = StructuredCriteria.Text(value, ref where, out var problem);
            if (problem is not null)
            {
                draft.Refuse(problem, new ImportPlace(null, where));
            }

            draft.Add(ImportField.Criteria, new ImportedValue(name, text, new ImportPlace(null, path)));
        }
        else if (value.ValueKind == JsonValueKind.Object && JsonText.Properties(value).Any(property => ImportFields.Of(property.Name) == ImportField.Criteria))
        {
            Nested(draft, value, path, depth);
        }
        else if (value is { ValueKind: JsonValueKind.Array } && value.GetArrayLength() == 1 && StructuredCriteria.Is(value[0]))
        {
            Criteria(draft, name, value[0], path + "[0]", depth);
        }
        else
        {
            Values(draft, ImportField.Criteria, name, value, path, depth);
        }
    }

    /// <summary>A text, an array of texts, or the API's array of objects with a Value and what belongs to it.</summary>
    private static void Values(QueryDraft draft, ImportField field, string name, JsonElement value, string path, int depth)
    {
        var place = new ImportPlace(null, path);
        switch (value.ValueKind)
        {
            case JsonValueKind.Array when depth < 16:
                var index = 0;
                foreach (var item in value.EnumerateArray())
                {
                    Values(draft, field, name, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), depth + 1);
                }

                break;
            case JsonValueKind.Object when field == ImportField.Unsupported:
                if (JsonText.Properties(value).Any(property => property.Value.ValueKind is not (JsonValueKind.Null or JsonValueKind.False)))
                {
                    draft.Refuse("PartUnsupported", place, name);
                }

                break;
            case JsonValueKind.Object:
                One(draft, field, name, value, place);
                break;
            case JsonValueKind.Null:
                break;
            case JsonValueKind.Array:
                draft.Refuse("TooDeep", place);
                break;
            default:
                draft.Add(field, new ImportedValue(name, JsonText.Of(value) ?? string.Empty, place));
                break;
        }
    }

    private static void One(QueryDraft draft, ImportField field, string name, JsonElement element, ImportPlace place)
    {
        string? text = null, other = null, scope = null, reason = null, until = null;
        var isMap = false;
        foreach (var (key, value) in JsonText.Properties(element))
        {
            switch (ImportFields.Key(key))
            {
                case "VALUE" or "REFERENCE":
                    text = JsonText.Of(value) is { Length: > 0 } given ? given : text;
                    break;
                case "DN" or "DISTINGUISHEDNAME" or "PATH" or "CONTAINER" or "IDENTITY" or "ID" or "OBJECTGUID" or "NAME" or "TEXT":
                    other ??= JsonText.Of(value) is { Length: > 0 } named ? named : null;
                    break;
                case "SCOPE":
                    scope = JsonText.Of(value);
                    break;
                case "REASON":
                    reason = JsonText.Of(value);
                    break;
                case "UNTIL" or "ENDDATE" or "XENDINGDATE":
                    until = JsonText.Of(value);
                    break;
                case "ATTRIBUTECOLLECTION" when value.ValueKind == JsonValueKind.Object:
                    scope = JsonText.Properties(value).Where(extra => ImportFields.Key(extra.Name) == "SCOPE").Select(extra => JsonText.Of(extra.Value)).FirstOrDefault() ?? scope;
                    break;
                case var _ when field == ImportField.StartPath && key.Contains('=', StringComparison.Ordinal) && DistinguishedName.TryParse(key, out var _):
                    // startInContainerWithScopes: the container is the name, its scope the value.
                    isMap = true;
                    draft.Add(field, new ImportedValue(name, key, place) { Scope = JsonText.Of(value) });
                    break;
                default:
                    break;
            }
        }

        if ((text ?? other) is { } found)
        {
            draft.Add(field, new ImportedValue(name, found, place) { Scope = scope, Reason = reason ?? string.Empty, Until = until });
        }
        else if (!isMap && JsonText.Properties(element).Any() && !JsonText.Properties(element).Any(property => ImportFields.Key(property.Name) == "VALUE"))
        {
            draft.Refuse("ValueUnknown", place, name);
        }
    }
}
