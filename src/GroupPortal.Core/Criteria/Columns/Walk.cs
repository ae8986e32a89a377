namespace GroupPortal.Core.Criteria.Columns;

/// <summary>Breadth first, each row once: circles end.</summary>
internal static class Walk
{
    /// <summary>What is reached in one step or more; the start itself only when a circle leads back to it.</summary>
    /// <param name="depth">At most so many steps; null for any number.</param>
    public static RowSet From(int start, int? depth, int rows, Func<int, ReadOnlyMemory<int>> next)
    {
        var reached = new RowSet(rows);
        var (current, following) = (new List<int> { start }, new List<int>());
        for (var step = 0; current.Count > 0 && (depth is null || step < depth); step++)
        {
            foreach (var row in current)
            {
                foreach (var to in next(row).Span)
                {
                    if (!reached[to])
                    {
                        reached[to] = true;
                        following.Add(to);
                    }
                }
            }

            (current, following) = (following, current);
            following.Clear();
        }

        return reached;
    }
}
