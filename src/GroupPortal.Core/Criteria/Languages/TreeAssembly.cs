using System.Globalization;

namespace GroupPortal.Core.Criteria.Languages;

/// <summary>A part of the tree that is being read.</summary>
/// <param name="Start">Where it begins in the text.</param>
internal readonly record struct TreePart(Criterion Node, int Depth, int Start);

/// <summary>
/// Puts a tree together while a text is read, within <see cref="CriteriaLimits"/>: what goes beyond is reported once and left
/// out, so that no text can make a tree on which recursion would fail.
/// </summary>
internal sealed class TreeAssembly(ProblemList problems)
{
    private int _terms;
    private bool _isTooDeep;

    /// <summary>A leaf; null for one too many.</summary>
    public TreePart? Leaf(Criterion node, int start, int length)
    {
        _terms++;
        if (_terms == CriteriaLimits.Terms + 1)
        {
            problems.Report("TooManyTerms", start, length, [CriteriaLimits.Terms.ToString(CultureInfo.InvariantCulture)]);
        }

        return _terms > CriteriaLimits.Terms ? null : new TreePart(node, 1, start);
    }

    /// <summary>All of them, or any of them; the part itself where there is only one.</summary>
    public TreePart List(IReadOnlyList<TreePart> parts, bool isAll, int start)
    {
        if (parts is [var only])
        {
            return only;
        }

        var nodes = parts.Select(part => part.Node).ToList();
        return Above(isAll ? new Criterion.AllOf(nodes) : new Criterion.AnyOf(nodes), parts.Max(part => part.Depth), parts[0], start);
    }

    public TreePart Not(TreePart part, int start) => Above(new Criterion.Not(part.Node), part.Depth, part, start);

    public TreePart Each(Quantifier quantifier, string attribute, TreePart part, int start) =>
        Above(new Criterion.Each(quantifier, attribute, part.Node), part.Depth, part, start);

    private TreePart Above(Criterion node, int depth, TreePart instead, int start)
    {
        if (depth < CriteriaLimits.Depth)
        {
            return new TreePart(node, depth + 1, start);
        }

        if (!_isTooDeep)
        {
            _isTooDeep = true;
            problems.Report("TooDeep", start, 0, [CriteriaLimits.Depth.ToString(CultureInfo.InvariantCulture)]);
        }

        return instead with { Start = start };
    }
}
