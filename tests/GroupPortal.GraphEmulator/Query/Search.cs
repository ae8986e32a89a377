using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Query;

/// <summary>
/// $search: clauses <c>"property:words"</c> with AND and OR. displayName and description are searched by words, anything else
/// by its beginning.
/// </summary>
internal static class Search
{
    public static Func<DirectoryObject, bool> Compile(string text, IReadOnlyList<ResourceType> types)
    {
        Func<DirectoryObject, bool>? all = null;
        foreach (var part in text.Split(" OR ", StringSplitOptions.TrimEntries))
        {
            Func<DirectoryObject, bool>? every = null;
            foreach (var clause in part.Split(" AND ", StringSplitOptions.TrimEntries))
            {
                var (left, right) = (every, Clause(clause, types));
                every = left is null ? right : item => left(item) && right(item);
            }

            var (before, now) = (all, every!);
            all = before is null ? now : item => before(item) || now(item);
        }

        return all!;
    }

    private static Func<DirectoryObject, bool> Clause(string clause, IReadOnlyList<ResourceType> types)
    {
        var inner = clause.Length >= 2 && clause.StartsWith('"') && clause.EndsWith('"') ? clause[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal) : null;
        var colon = inner?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon <= 0)
        {
            throw Errors.BadRequest("Syntax error: character ':' is expected in the $search clause, as in \"displayName:value\".");
        }

        var name = inner![..colon].Trim();
        var wanted = inner[(colon + 1)..].Trim();
        var property = types.Select(type => type.Find(name)).FirstOrDefault(found => found is { Type: PropertyType.Text or PropertyType.Texts } && found.Has(PropertyTraits.Filter))
            ?? throw Errors.UnsupportedQuery($"Property '{name}' does not support $search.");
        if (property.Name is not ("displayName" or "description"))
        {
            return item => item[property.Name] switch
            {
                string text => text.StartsWith(wanted, StringComparison.OrdinalIgnoreCase),
                string[] texts => texts.Any(text => text.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)),
                _ => false,
            };
        }

        var words = Words(wanted);
        return item => item.Text(property.Name) is { } text
            && Words(text) is var found
            && words.TrueForAll(word => found.Exists(one => one.StartsWith(word, StringComparison.OrdinalIgnoreCase)));
    }

    /// <summary>What stands between blanks and marks of any kind; in a text of marks alone the text itself.</summary>
    private static List<string> Words(string text)
    {
        List<string> words = [.. new string([.. text.Select(one => char.IsLetterOrDigit(one) || char.GetUnicodeCategory(one) == System.Globalization.UnicodeCategory.NonSpacingMark ? one : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
        return words.Count > 0 ? words : [text];
    }
}
