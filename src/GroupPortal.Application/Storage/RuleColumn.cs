namespace GroupPortal.Application.Storage;

/// <summary>The attributes of a rule in one column: they are only ever read together.</summary>
internal static class RuleColumn
{
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> None { get; } = new Dictionary<string, IReadOnlyList<string>>();

    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Read(string? json) =>
        json is null ? None : StateJson.Read<Dictionary<string, IReadOnlyList<string>>>(json);

    /// <summary>The column with one attribute exchanged; no values remove it, and nothing at all is null.</summary>
    public static string? With(string? json, string name, IReadOnlyList<string> values)
    {
        var rule = new Dictionary<string, IReadOnlyList<string>>(Read(json), StringComparer.OrdinalIgnoreCase);
        rule.Remove(name);
        if (values.Count > 0)
        {
            rule.Add(name, values);
        }

        return rule.Count == 0 ? null : StateJson.Write(rule);
    }
}
