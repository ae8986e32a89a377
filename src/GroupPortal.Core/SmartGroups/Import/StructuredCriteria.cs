using System.Text;
using System.Text.Json;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Criteria.Languages.GroupId;

namespace GroupPortal.Core.SmartGroups.Import;

/// <summary>
/// The criteria of the vendor's search API, <c>{ operator, attribute, value, child: [] }</c> (reference groupid.md (b), (c)), as
/// the GroupID text that says the same: so one reader judges both, and an unknown word is named, never guessed.
/// </summary>
internal static class StructuredCriteria
{
    public static bool Is(JsonElement element) =>
        element.ValueKind == JsonValueKind.Object && Property(element, "operator") is not null
        && (Property(element, "attribute") is not null || Children(element) is not null);

    /// <param name="problem">The code of what cannot be said, at <paramref name="path"/>; null where all was.</param>
    public static string Text(JsonElement element, ref string path, out string? problem)
    {
        var text = new StringBuilder();
        problem = Write(text, element, ref path, depth: 1);
        return text.ToString();
    }

    private static string? Write(StringBuilder text, JsonElement element, ref string path, int depth)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return "CriteriaNoObject";
        }

        // Beyond its limits the reader refuses the text; there is no need to write all of it.
        if (depth > CriteriaLimits.Depth + 1 || text.Length > CriteriaLimits.TextLength)
        {
            return "CriteriaTooLarge";
        }

        var attribute = JsonText.Of(Property(element, "attribute"));
        var words = JsonText.Of(Property(element, "operator"))?.Trim() ?? string.Empty;
        var children = Children(element) is { ValueKind: JsonValueKind.Array } array && array.GetArrayLength() > 0 ? array : (JsonElement?)null;
        if (string.IsNullOrWhiteSpace(attribute))
        {
            return children is { } parts ? WriteGroup(text, parts, words, ref path, depth) : "CriteriaEmptyGroup";
        }

        if (children is not null)
        {
            return "CriteriaBothClauseAndGroup";
        }

        // Only one plain word and one known operator stand in the text as they are: nothing else could be read as part of the tree.
        if (!IsName(attribute.Trim()))
        {
            return "CriteriaAttribute";
        }

        var tokens = GroupIdLexer.Tokens(words, new ProblemList());
        if (GroupIdOperators.At(tokens, 0, out var count) is not { } condition || count != tokens.Count - 1)
        {
            return "CriteriaCondition";
        }

        text.Append('(').Append(attribute.Trim()).Append(' ').Append(condition.GroupId);
        if (condition.TakesValue)
        {
            text.Append(" \"").Append((JsonText.Of(Property(element, "value")) ?? string.Empty).Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        }

        text.Append(')');
        return null;
    }

    private static string? WriteGroup(StringBuilder text, JsonElement parts, string words, ref string path, int depth)
    {
        var count = parts.GetArrayLength();
        var joint = words.ToUpperInvariant() switch
        {
            "AND" or "ALL" => " and ",
            "OR" or "ANY" => " or ",
            _ => null,
        };
        if (joint is null && count > 1)
        {
            return "CriteriaGroupOperator";
        }

        text.Append('(');
        var at = path;
        var index = 0;
        foreach (var part in parts.EnumerateArray())
        {
            if (index > 0)
            {
                text.Append(joint);
            }

            path = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{at}.child[{index++}]");
            if (Write(text, part, ref path, depth + 1) is { } problem)
            {
                return problem;
            }
        }

        path = at;
        text.Append(')');
        return null;
    }

    /// <summary>Whether a name is a word of the text, and none of its own words.</summary>
    private static bool IsName(string name) =>
        GroupIdLexer.Tokens(name, new ProblemList()) is [{ Kind: GroupIdTokenKind.Word } word, { Kind: GroupIdTokenKind.End }] && !GroupIdReader.IsKeyword(word);

    private static JsonElement? Children(JsonElement element) => Property(element, "child") ?? Property(element, "children");

    private static JsonElement? Property(JsonElement element, string name)
    {
        foreach (var (key, value) in JsonText.Properties(element))
        {
            if (string.Equals(key, name, StringComparison.OrdinalIgnoreCase) && value.ValueKind != JsonValueKind.Null)
            {
                return value;
            }
        }

        return null;
    }
}
