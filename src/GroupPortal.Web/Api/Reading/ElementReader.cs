using System.Globalization;
using System.Text.Json;

namespace GroupPortal.Web.Api.Reading;

/// <summary>Takes JSON apart and notes every place where something else stands than was expected, instead of stopping at the first.</summary>
internal sealed class ElementReader
{
    private const int MaximumProblems = 100;

    private readonly List<WireProblem> _problems = [];

    public IReadOnlyList<WireProblem> Problems => _problems;

    public IEnumerable<(JsonElement Element, Place Path)> Elements(JsonElement array, Place path, string expected)
    {
        if (array.ValueKind == JsonValueKind.Null)
        {
            yield break;
        }

        if (array.ValueKind != JsonValueKind.Array)
        {
            Refuse(path, $"Here {expected} is expected, not {KindOf(array)}.");
            yield break;
        }

        var index = 0;
        foreach (var element in array.EnumerateArray())
        {
            yield return (element, path.At(index++));
        }
    }

    public IEnumerable<(string Name, JsonElement Value, Place Path)> Properties(JsonElement element, Place path, string expected)
    {
        if (element.ValueKind == JsonValueKind.Null)
        {
            yield break;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            Refuse(path, $"Here {expected} is expected, not {KindOf(element)}.");
            yield break;
        }

        foreach (var property in element.EnumerateObject())
        {
            if (NameOf(property) is { } name)
            {
                yield return (name, property.Value, path.Of(name));
            }
            else
            {
                Refuse(path, "A name here holds a broken character (half of a pair).");
            }
        }
    }

    /// <summary>Whether a value's entry holds something besides its Value and what is to be done with it.</summary>
    public bool SaysMore(JsonElement entry, Place path) => entry.ValueKind == JsonValueKind.Object
        && Properties(entry, path, string.Empty).Any(property => property.Name.ToUpperInvariant() is not ("VALUE" or "ACTION" or "IDENTITYSTOREID")
            && property.Value.ValueKind switch
            {
                JsonValueKind.Null => false,
                JsonValueKind.String => !property.Value.ValueEquals(string.Empty),
                JsonValueKind.Array => property.Value.GetArrayLength() > 0,
                JsonValueKind.Object => property.Value.EnumerateObject().Any(),
                _ => true,
            });

    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Numbers and booleans are taken as their text: <c>"GroupType": [{ "Value": 8 }]</c> is clear enough.</summary>
    public string? Text(JsonElement element, Place path)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Null:
                return null;
            case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                return element.GetRawText();
            case JsonValueKind.String:
                try
                {
                    return element.GetString();
                }
                catch (InvalidOperationException)
                {
                    Refuse(path, "The text holds a broken character (half of a pair).");
                    return null;
                }

            default:
                Refuse(path, $"A text is expected here, not {KindOf(element)}.");
                return null;
        }
    }

    public long Number(JsonElement element, Place path, long minimum, long maximum)
    {
        if (Text(element, path) is not { Length: > 0 } text)
        {
            return 0;
        }

        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
        {
            return number;
        }

        Refuse(path, string.Create(CultureInfo.InvariantCulture, $"A whole number from {minimum} to {maximum} is expected here."));
        return 0;
    }

    public static string KindOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "an array",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        _ => "true or false",
    };

    public void Refuse(Place path, string message)
    {
        if (_problems.Count < MaximumProblems)
        {
            _problems.Add(new WireProblem(path.ToString(), message));
        }
    }
}
