using System.Globalization;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.Reading;

/// <summary>What the values of a rule carry beside themselves, in the value's own AttributeCollection: Scope, and of an exception Until, By and Reason.</summary>
internal static class WireRules
{
    /// <summary>The value as the portal keeps it (Core/SmartGroups/RuleValues).</summary>
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
        return isException && !text.Contains('|', StringComparison.Ordinal) && (Extra(value, "Until"), Extra(value, "By"), Extra(value, "Reason")) is var (until, by, reason)
            && !(string.IsNullOrEmpty(until) && string.IsNullOrEmpty(by) && string.IsNullOrEmpty(reason))
                ? $"{text}|{until}|{by?.Replace('|', ' ')}|{reason}"
                : text;
    }

    /// <summary>A kept value as an answer shows it, which <see cref="ValueOf"/> reads back: a DN with its Scope, an id with Until, By and Reason.</summary>
    public static ShownValue Shown(string attribute, string kept)
    {
        if (Is(attribute, AttributeNames.StartPath) && RuleValues.TryParse(kept, out StartPath? path))
        {
            return new ShownValue(path.Dn) { Extras = [new("Scope", ((int)path.Scope).ToString(CultureInfo.InvariantCulture))] };
        }

        if ((Is(attribute, AttributeNames.Include) || Is(attribute, AttributeNames.Exclude)) && RuleValues.TryParse(kept, out MembershipException? exception))
        {
            return new ShownValue(exception.Id.ToString("D"))
            {
                Extras =
                [
                    .. new KeyValuePair<string, string?>[]
                    {
                        new("Until", exception.Until is { } end ? RuleValues.Write(end) : null), new("By", exception.By), new("Reason", exception.Reason),
                    }.Where(extra => !string.IsNullOrEmpty(extra.Value)).Select(extra => KeyValuePair.Create(extra.Key, extra.Value!)),
                ],
            };
        }

        return new ShownValue(kept);
    }

    private static string? Extra(WireValue value, string name) => value.Extras.FirstOrDefault(extra => Is(extra.Key, name)).Value;

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
