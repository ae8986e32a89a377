namespace GroupPortal.Core.Criteria;

/// <summary>How large a tree is. Measured without recursion, so that no tree from outside can exhaust the stack.</summary>
/// <param name="Depth">Nodes from the root to the deepest leaf.</param>
/// <param name="Terms">Leaves.</param>
public sealed record CriterionSize(int Depth, int Terms)
{
    /// <summary>Stops counting beyond the limits: what is too large is only known to be so.</summary>
    public static CriterionSize Of(Criterion root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var (depth, terms) = (0, 0);
        var open = new Stack<(Criterion Node, int Depth)>([(root, 1)]);
        while (open.TryPop(out var next) && depth <= CriteriaLimits.Depth && terms <= CriteriaLimits.Terms)
        {
            depth = Math.Max(depth, next.Depth);
            var children = next.Node.Children;
            terms += children.Count == 0 ? 1 : 0;
            foreach (var child in children)
            {
                open.Push((child, next.Depth + 1));
            }
        }

        return new CriterionSize(depth, terms);
    }

    /// <summary>The code of what is too large and its limit; null for a tree within <see cref="CriteriaLimits"/>.</summary>
    internal CriteriaProblem? Problem =>
        Depth > CriteriaLimits.Depth ? new CriteriaProblem("TooDeep", 0, 0, Invariant(CriteriaLimits.Depth))
        : Terms > CriteriaLimits.Terms ? new CriteriaProblem("TooManyTerms", 0, 0, Invariant(CriteriaLimits.Terms))
        : null;

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
