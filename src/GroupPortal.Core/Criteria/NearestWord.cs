namespace GroupPortal.Core.Criteria;

/// <summary>Finds what somebody probably meant, by edits (insert, delete, exchange, swap of neighbours), without regard to case.</summary>
public static class NearestWord
{
    /// <summary>The closest of the candidates, at most a third of the typed length away; the first of equals; null when none is near.</summary>
    public static string? Of(string typed, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(typed);
        ArgumentNullException.ThrowIfNull(candidates);
        var most = Math.Max(1, typed.Length / 3);
        string? nearest = null;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - typed.Length) <= most && Distance(typed, candidate) is var distance && distance <= most)
            {
                (nearest, most) = (candidate, distance - 1);
                if (most < 0)
                {
                    break;
                }
            }
        }

        return nearest;
    }

    private static int Distance(string left, string right)
    {
        var (before, last, next) = (new int[right.Length + 1], new int[right.Length + 1], new int[right.Length + 1]);
        for (var column = 0; column <= right.Length; column++)
        {
            last[column] = column;
        }

        for (var row = 1; row <= left.Length; row++)
        {
            next[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var exchange = Same(left[row - 1], right[column - 1]) ? 0 : 1;
                next[column] = Math.Min(Math.Min(next[column - 1], last[column]) + 1, last[column - 1] + exchange);
                if (row > 1 && column > 1 && Same(left[row - 1], right[column - 2]) && Same(left[row - 2], right[column - 1]))
                {
                    next[column] = Math.Min(next[column], before[column - 2] + 1);
                }
            }

            (before, last, next) = (last, next, before);
        }

        return last[right.Length];
    }

    private static bool Same(char left, char right) => char.ToUpperInvariant(left) == char.ToUpperInvariant(right);
}
