using System.Globalization;

namespace GroupPortal.Core.Criteria.Lint;

/// <summary>Small changes to a tree, at a path.</summary>
internal static class Rewriting
{
    /// <summary>The tree with another clause joined by "and".</summary>
    public static Criterion With(Criterion root, Criterion more) =>
        root is Criterion.AllOf all ? new Criterion.AllOf([.. all.Parts, more]) : new Criterion.AllOf([root, more]);

    /// <summary>The tree with something else at the path, or with nothing there.</summary>
    public static Criterion? Replace(Criterion root, string path, Criterion? replacement)
    {
        if (path.Length == 0)
        {
            return replacement;
        }

        var dot = path.IndexOf('.', StringComparison.Ordinal);
        var index = int.Parse(dot < 0 ? path : path.AsSpan(0, dot), CultureInfo.InvariantCulture);
        var child = Replace(root.Children[index], dot < 0 ? "" : path[(dot + 1)..], replacement);
        return root switch
        {
            Criterion.AllOf all => new Criterion.AllOf(Parts(all.Parts, index, child)),
            Criterion.AnyOf any => new Criterion.AnyOf(Parts(any.Parts, index, child)),
            Criterion.Not => child is null ? null : new Criterion.Not(child),
            Criterion.Each each => child is null ? null : each with { Inner = child },
            _ => root,
        };
    }

    private static List<Criterion> Parts(IReadOnlyList<Criterion> parts, int index, Criterion? child)
    {
        List<Criterion> changed = [.. parts];
        if (child is null)
        {
            changed.RemoveAt(index);
        }
        else
        {
            changed[index] = child;
        }

        return changed;
    }
}
