using GroupPortal.Core.Criteria;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>A tree after an edit, and where the eye should be: the path of what was edited, moved or added.</summary>
public sealed record Edited(Criterion Tree, string Path);

/// <summary>
/// The edits of the builder: a tree and paths in, a new tree out. The root is always a group (<see cref="Rooted"/>). What the
/// builder cannot show in detail is moved and removed as a whole, and never changed.
/// </summary>
public static class CriteriaEdit
{
    /// <summary>The tree as the builder shows it: a group, even around a single condition.</summary>
    public static Criterion Rooted(Criterion tree) => GroupModes.IsGroup(tree) ? tree : new Criterion.AllOf([tree]);

    /// <summary>The tree that is meant, without the group that only the builder needs.</summary>
    public static Criterion Plain(Criterion root) => root is Criterion.AllOf { Parts: [var only] } ? only : root;

    /// <summary>The path in <see cref="Plain"/> of a path in the builder's tree.</summary>
    public static string PlainPath(Criterion root, string path) =>
        root is Criterion.AllOf { Parts.Count: 1 } && path.Length > 0 ? CriteriaPath.Of(CriteriaPath.Steps(path).Skip(1)) : path;

    /// <summary>Without the groups of one that mean their only part: two trees that read alike are alike.</summary>
    public static Criterion Simplified(Criterion tree) => tree switch
    {
        Criterion.AllOf { Parts: [var only] } => Simplified(only),
        Criterion.AnyOf { Parts: [var only] } => Simplified(only),
        Criterion.AllOf all => new Criterion.AllOf([.. all.Parts.Select(Simplified)]),
        Criterion.AnyOf any => new Criterion.AnyOf([.. any.Parts.Select(Simplified)]),
        Criterion.Not not => new Criterion.Not(Simplified(not.Inner)),
        Criterion.Each each => each with { Inner = Simplified(each.Inner) },
        _ => tree,
    };

    public static bool MeanTheSame(Criterion left, Criterion right) => Simplified(left).Equals(Simplified(right));

    /// <summary>Null where no criterion stands at that path.</summary>
    public static Criterion? Find(Criterion tree, string path)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var at = tree;
        foreach (var step in CriteriaPath.Steps(path))
        {
            if (step < 0 || step >= at.Children.Count)
            {
                return null;
            }

            at = at.Children[step];
        }

        return at;
    }

    public static Criterion Get(Criterion tree, string path) =>
        Find(tree, path) ?? throw new ArgumentException($"No criterion stands at \"{path}\".", nameof(path));

    /// <summary>The group that a path stands in, and its place there; null for the root, and inside what is shown as text.</summary>
    public static (string Group, int Place)? PlaceOf(Criterion tree, string path)
    {
        if (path.Length == 0)
        {
            return null;
        }

        var steps = CriteriaPath.Steps(path);
        var list = CriteriaPath.Of(steps.SkipLast(1));
        if (steps.Count > 1 && CriteriaPath.Of(steps.SkipLast(2)) is var above && GroupModes.Of(Get(tree, above)) is GroupMode.None or GroupMode.NotAll)
        {
            return (above, steps[^1]);
        }

        return GroupModes.IsGroup(Get(tree, list)) ? (list, steps[^1]) : null;
    }

    /// <summary>The path of a part of a group.</summary>
    public static string PathOf(Criterion tree, string group, int place) => CriteriaPath.Join(GroupModes.ListPath(Get(tree, group), group), place);

    public static Edited Replace(Criterion tree, string path, Criterion criterion) =>
        new(Replace(tree, [.. CriteriaPath.Steps(path)], criterion), path);

    public static Edited SetMode(Criterion tree, string group, GroupMode mode) =>
        Replace(tree, group, GroupModes.Make(mode, GroupModes.PartsOf(Get(tree, group))));

    public static Edited Insert(Criterion tree, string group, int place, Criterion criterion)
    {
        var at = Get(tree, group);
        var parts = GroupModes.PartsOf(at).ToList();
        place = Math.Clamp(place, 0, parts.Count);
        parts.Insert(place, criterion);
        var after = WithParts(tree, group, parts);
        return new Edited(after, PathOf(after, group, place));
    }

    public static Edited Add(Criterion tree, string group, Criterion criterion) => Insert(tree, group, int.MaxValue, criterion);

    /// <summary>
    /// Takes a clause out. A group within another goes with its last part: an empty one would hold for everybody or nobody,
    /// which its author did not say. The path is that of the neighbour who is now nearest.
    /// </summary>
    public static Edited Remove(Criterion tree, string path)
    {
        if (PlaceOf(tree, path) is not var (group, place))
        {
            return new Edited(tree, path);
        }

        var parts = GroupModes.PartsOf(Get(tree, group)).ToList();
        parts.RemoveAt(place);
        if (parts.Count == 0 && PlaceOf(tree, group) is not null)
        {
            return Remove(tree, group);
        }

        var after = WithParts(tree, group, parts);
        return new Edited(after, parts.Count == 0 ? group : PathOf(after, group, Math.Min(place, parts.Count - 1)));
    }

    public static Edited Duplicate(Criterion tree, string path) =>
        PlaceOf(tree, path) is var (group, place) ? Insert(tree, group, place + 1, Get(tree, path)) : new Edited(tree, path);

    /// <summary>
    /// Takes a clause to a place of a group, counted before it is taken out. Nothing changes where it would come to stand in itself.
    /// </summary>
    public static Edited Move(Criterion tree, string path, string toGroup, int toPlace)
    {
        if (PlaceOf(tree, path) is not var (fromGroup, fromPlace) || CriteriaPath.IsAtOrUnder(toGroup, path))
        {
            return new Edited(tree, path);
        }

        if (fromGroup == toGroup)
        {
            var order = GroupModes.PartsOf(Get(tree, fromGroup)).ToList();
            var moved = order[fromPlace];
            order.RemoveAt(fromPlace);
            var place = Math.Clamp(toPlace > fromPlace ? toPlace - 1 : toPlace, 0, order.Count);
            order.Insert(place, moved);
            var reordered = WithParts(tree, fromGroup, order);
            return new Edited(reordered, PathOf(reordered, fromGroup, place));
        }

        // First in, then out: the place of what is taken out is the only one that may shift, and by one.
        var clause = Get(tree, path);
        var entered = Insert(tree, toGroup, toPlace, clause);
        var leaving = Shifted(tree, path, toGroup, entered.Path);
        var left = RemoveFollowing(entered.Tree, leaving, entered.Path);
        return left;
    }

    /// <summary>One up: before the clause above it, or out of the group when it is the first.</summary>
    public static Edited MoveUp(Criterion tree, string path) => PlaceOf(tree, path) switch
    {
        var (group, place) when place > 0 => Move(tree, path, group, place - 1),
        var (group, _) when PlaceOf(tree, group) is var (outer, at) => Move(tree, path, outer, at),
        _ => new Edited(tree, path),
    };

    /// <summary>One down: behind the clause below it, or out of the group when it is the last.</summary>
    public static Edited MoveDown(Criterion tree, string path) => PlaceOf(tree, path) switch
    {
        var (group, place) when place < GroupModes.PartsOf(Get(tree, group)).Count - 1 => Move(tree, path, group, place + 2),
        var (group, _) when PlaceOf(tree, group) is var (outer, at) => Move(tree, path, outer, at + 1),
        _ => new Edited(tree, path),
    };

    /// <summary>Out of its group, to stand behind it.</summary>
    public static Edited MoveOut(Criterion tree, string path) =>
        PlaceOf(tree, path) is var (group, _) && PlaceOf(tree, group) is var (outer, at) ? Move(tree, path, outer, at + 1) : new Edited(tree, path);

    /// <summary>Into the group right above it, or else right below it.</summary>
    public static Edited MoveIn(Criterion tree, string path)
    {
        if (PlaceOf(tree, path) is not var (group, place))
        {
            return new Edited(tree, path);
        }

        var parts = GroupModes.PartsOf(Get(tree, group));
        if (place > 0 && GroupModes.IsGroup(parts[place - 1]))
        {
            return Move(tree, path, PathOf(tree, group, place - 1), int.MaxValue);
        }

        return place < parts.Count - 1 && GroupModes.IsGroup(parts[place + 1])
            ? Move(tree, path, PathOf(tree, group, place + 1), 0)
            : new Edited(tree, path);
    }

    /// <summary>Whether clauses can be grouped: at least one, all of the same group.</summary>
    public static bool CanGroup(Criterion tree, IReadOnlyCollection<string> paths) =>
        paths.Count > 0 && paths.Select(path => Find(tree, path) is null ? null : PlaceOf(tree, path)?.Group).Distinct(StringComparer.Ordinal).ToList() is [not null];

    /// <summary>The clauses as a group of their own, where the first of them stood.</summary>
    public static Edited Group(Criterion tree, IReadOnlyCollection<string> paths, GroupMode mode)
    {
        if (!CanGroup(tree, paths))
        {
            return new Edited(tree, paths.FirstOrDefault() ?? "");
        }

        var places = paths.Select(path => PlaceOf(tree, path)!.Value).OrderBy(one => one.Place).ToList();
        var (group, first) = places[0];
        var parts = GroupModes.PartsOf(Get(tree, group)).ToList();
        var inner = places.Select(one => parts[one.Place]).ToList();
        foreach (var (_, place) in Enumerable.Reverse(places))
        {
            parts.RemoveAt(place);
        }

        parts.Insert(first, GroupModes.Make(mode, inner));
        var after = WithParts(tree, group, parts);
        return new Edited(after, PathOf(after, group, first));
    }

    /// <summary>
    /// The parts of a group in its place. Those of a "none of" come out negated, one by one: in an "all of" nothing changes.
    /// </summary>
    public static Edited Ungroup(Criterion tree, string path)
    {
        if (PlaceOf(tree, path) is not var (group, place) || GroupModes.Of(Get(tree, path)) is not { } mode)
        {
            return new Edited(tree, path);
        }

        var inner = GroupModes.PartsOf(Get(tree, path)).Select(part => mode is GroupMode.None or GroupMode.NotAll ? Negated(part) : part).ToList();
        var parts = GroupModes.PartsOf(Get(tree, group)).ToList();
        parts.RemoveAt(place);
        parts.InsertRange(place, inner);
        var after = WithParts(tree, group, parts);
        return new Edited(after, inner.Count == 0 ? group : PathOf(after, group, place));
    }

    public static Criterion Negated(Criterion criterion) => criterion is Criterion.Not not ? not.Inner : new Criterion.Not(criterion);

    /// <summary>Leaves, which <see cref="CriteriaLimits.Terms"/> limits.</summary>
    public static int Terms(Criterion tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree.Children.Count == 0 ? 1 : tree.Children.Sum(Terms);
    }

    /// <summary>Nodes from the root to the deepest leaf, which <see cref="CriteriaLimits.Depth"/> limits.</summary>
    public static int Depth(Criterion tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return 1 + (tree.Children.Count == 0 ? 0 : tree.Children.Max(Depth));
    }

    public static bool IsWithinLimits(Criterion tree) => Terms(tree) <= CriteriaLimits.Terms && Depth(tree) <= CriteriaLimits.Depth;

    /// <summary>Conditions whose value is still to be filled in, in order.</summary>
    public static IEnumerable<string> Unfinished(Criterion tree, string path = "")
    {
        ArgumentNullException.ThrowIfNull(tree);
        return tree switch
        {
            Criterion.Compare { Value: "" } or Criterion.Chain { Target: "" } => [path],
            // The items of a collection come from a text, where an empty value was meant.
            Criterion.Each => [],
            _ => tree.Children.SelectMany((child, place) => Unfinished(child, CriteriaPath.Join(path, place))),
        };
    }

    private static Criterion WithParts(Criterion tree, string group, IReadOnlyList<Criterion> parts)
    {
        var mode = GroupModes.Of(Get(tree, group)) ?? throw new ArgumentException($"No group stands at \"{group}\".", nameof(group));
        return Replace(tree, group, GroupModes.Make(mode, parts)).Tree;
    }

    private static Criterion Replace(Criterion tree, ReadOnlySpan<int> steps, Criterion criterion)
    {
        if (steps.IsEmpty)
        {
            return criterion;
        }

        var child = Replace(tree.Children[steps[0]], steps[1..], criterion);
        return tree switch
        {
            Criterion.AllOf all => new Criterion.AllOf([.. all.Parts.Take(steps[0]), child, .. all.Parts.Skip(steps[0] + 1)]),
            Criterion.AnyOf any => new Criterion.AnyOf([.. any.Parts.Take(steps[0]), child, .. any.Parts.Skip(steps[0] + 1)]),
            Criterion.Not => new Criterion.Not(child),
            Criterion.Each each => each with { Inner = child },
            _ => throw new InvalidOperationException("A leaf has no parts."),
        };
    }

    // Where a path stands after something was inserted at another: one further in the list that it passes through.
    private static string Shifted(Criterion before, string path, string group, string inserted)
    {
        var list = GroupModes.ListPath(Get(before, group), group);
        if (!CriteriaPath.IsAtOrUnder(path, list) || path == list)
        {
            return path;
        }

        var steps = CriteriaPath.Steps(path).ToArray();
        var (level, place) = (CriteriaPath.Steps(list).Count, CriteriaPath.Steps(inserted)[^1]);
        if (steps[level] >= place)
        {
            steps[level]++;
        }

        return CriteriaPath.Of(steps);
    }

    // Removes a clause, and answers where another one stands then.
    private static Edited RemoveFollowing(Criterion tree, string path, string followed)
    {
        var gone = path;
        while (PlaceOf(tree, gone) is var (group, _) && GroupModes.PartsOf(Get(tree, group)).Count == 1 && PlaceOf(tree, group) is not null
            && !CriteriaPath.IsAtOrUnder(followed, group))
        {
            gone = group;
        }

        var after = Remove(tree, gone).Tree;
        var (goneSteps, steps) = (CriteriaPath.Steps(gone), CriteriaPath.Steps(followed).ToArray());
        var level = goneSteps.Count - 1;
        if (steps.Length > level && steps.Take(level).SequenceEqual(goneSteps.Take(level)) && steps[level] > goneSteps[level])
        {
            steps[level]--;
        }

        return new Edited(after, CriteriaPath.Of(steps));
    }
}
