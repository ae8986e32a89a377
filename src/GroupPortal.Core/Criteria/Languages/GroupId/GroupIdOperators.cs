namespace GroupPortal.Core.Criteria.Languages.GroupId;

/// <summary>Finds the words of <see cref="CriteriaOperators"/> among tokens.</summary>
internal static class GroupIdOperators
{
    private static readonly Dictionary<string, CriteriaCondition> ByWords =
        CriteriaOperators.All.ToDictionary(condition => condition.GroupId, StringComparer.OrdinalIgnoreCase);

    /// <summary>The words without their blanks, as people write them too: <c>startsWith</c>.</summary>
    private static readonly Dictionary<string, CriteriaCondition> ByOneWord =
        CriteriaOperators.All.ToDictionary(condition => condition.GroupId.Replace(" ", string.Empty, StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase);

    private static readonly int MostWords = CriteriaOperators.All.Max(condition => condition.GroupId.Count(character => character == ' ') + 1);

    private static readonly int LongestWord = ByOneWord.Keys.Max(word => word.Length);

    /// <summary>The longest condition whose words stand from <paramref name="index"/> on, and how many they are; null for none.</summary>
    public static CriteriaCondition? At(IReadOnlyList<GroupIdToken> tokens, int index, out int words)
    {
        for (words = CountOfWords(tokens, index); words > 0; words--)
        {
            if (ByWords.TryGetValue(Joined(tokens, index, words), out var condition) || (words == 1 && ByOneWord.TryGetValue(Joined(tokens, index, words), out condition)))
            {
                return condition;
            }
        }

        return null;
    }

    /// <summary>The condition that was probably meant by the words from <paramref name="index"/> on.</summary>
    public static string? Nearest(IReadOnlyList<GroupIdToken> tokens, int index)
    {
        for (var words = CountOfWords(tokens, index); words > 0; words--)
        {
            if (NearestWord.Of(Joined(tokens, index, words), ByWords.Keys) is { } nearest)
            {
                return nearest;
            }
        }

        return null;
    }

    public static IReadOnlyList<string> For(CriteriaAttribute attribute) => [.. CriteriaOperators.For(attribute).Select(condition => condition.GroupId)];

    private static int CountOfWords(IReadOnlyList<GroupIdToken> tokens, int index)
    {
        var count = 0;
        while (count < MostWords && tokens[index + count] is { Kind: GroupIdTokenKind.Word } word && word.Length <= 2 * LongestWord)
        {
            count++;
        }

        return count;
    }

    private static string Joined(IReadOnlyList<GroupIdToken> tokens, int index, int words) =>
        GroupIdLexer.PlainApostrophes(string.Join(' ', Enumerable.Range(index, words).Select(word => tokens[word].Text)));
}
