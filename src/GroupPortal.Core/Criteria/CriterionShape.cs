namespace GroupPortal.Core.Criteria;

/// <summary>How large a tree is, without recursion: trees come from outside too.</summary>
internal static class CriterionShape
{
    /// <summary>Nodes from the root to the deepest leaf.</summary>
    public static int Depth(Criterion root)
    {
        var deepest = 0;
        foreach (var (_, depth) in Nodes(root))
        {
            deepest = Math.Max(deepest, depth);
        }

        return deepest;
    }

    /// <summary>Leaves, of which there are at least one.</summary>
    public static int Terms(Criterion root) => Nodes(root).Count(node => node.Node.Children.Count == 0);

    /// <summary>All nodes with their depth, the root's being 1; a parent before its children.</summary>
    public static IEnumerable<(Criterion Node, int Depth)> Nodes(Criterion root)
    {
        var open = new Stack<(Criterion, int)>([(root, 1)]);
        while (open.TryPop(out var next))
        {
            yield return next;
            foreach (var child in next.Item1.Children.Reverse())
            {
                open.Push((child, next.Item2 + 1));
            }
        }
    }
}
