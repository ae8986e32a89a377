using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Api.Reading;

/// <summary>What the values of a rule carry beside themselves, in the value's own AttributeCollection: Scope, and of an exception Until and Reason.</summary>
internal static class WireRules
{
    /// <summary>The value as the portal keeps it (Core/SmartGroups/RuleText).</summary>
    public static string ValueOf(string attribute, WireValue value)
    {
        var text = string.IsNullOrEmpty(value.Value) ? string.Empty : value.Value;
        if (text.Length == 0)
        {
            return text;
        }

        if (Is(attribute, AttributeNames.StartPath) && Extra(value, "Scope") is { Length: > 0 } scope && scope != "2")
        {
            return $"{scope};{text}";
        }

        var isException = Is(attribute, AttributeNames.Include) || Is(attribute, AttributeNames.Exclude);
        return isException && !text.Contains('|', StringComparison.Ordinal) && (Extra(value, "Until"), Extra(value, "Reason")) is var (until, reason)
            && !(string.IsNullOrEmpty(until) && string.IsNullOrEmpty(reason))
                ? $"{text}|{until}||{reason}"
                : text;
    }

    private static string? Extra(WireValue value, string name) => value.Extras.FirstOrDefault(extra => Is(extra.Key, name)).Value;

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
