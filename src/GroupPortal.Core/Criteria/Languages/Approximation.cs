namespace GroupPortal.Core.Criteria.Languages;

/// <summary>
/// A tree that a language can say and that selects everybody whom the wanted tree selects. What cannot be said becomes
/// everybody; under a negation, nobody.
/// </summary>
/// <param name="Wider">Equal to the wanted tree where all of it can be said.</param>
/// <param name="Residual">What is left to evaluate; null where nothing is.</param>
internal sealed record Approximation(Criterion Wider, Criterion? Residual)
{
    /// <param name="canSay">Asked of every node that is no negation; a group that cannot be said as such is left out whole.</param>
    public static Approximation Of(Criterion root, Func<Criterion, bool> canSay)
    {
        var wider = Bound(root, canSay, isWider: true);
        if (ReferenceEquals(wider, root))
        {
            return new Approximation(root, null);
        }

        // Of a conjunction only the parts that are not said exactly are left.
        return root is Criterion.AllOf all && canSay(root)
            ? new Approximation(wider, Joined([.. all.Parts.Where(part => !ReferenceEquals(Bound(part, canSay, isWider: true), part))]))
            : new Approximation(wider, root);
    }

    private static Criterion Joined(List<Criterion> parts) => parts.Count == 1 ? parts[0] : new Criterion.AllOf(parts);

    private static bool IsEveryone(Criterion criterion) => criterion is Criterion.AllOf { Parts.Count: 0 };

    private static bool IsNobody(Criterion criterion) => criterion is Criterion.AnyOf { Parts.Count: 0 };

    /// <summary>The same object where nothing had to change.</summary>
    private static Criterion Bound(Criterion criterion, Func<Criterion, bool> canSay, bool isWider)
    {
        if (criterion is Criterion.Not not)
        {
            var inner = Bound(not.Inner, canSay, !isWider);
            return ReferenceEquals(inner, not.Inner) ? criterion
                : IsEveryone(inner) ? Criterion.Nobody
                : IsNobody(inner) ? Criterion.Everyone
                : new Criterion.Not(inner);
        }

        if (!canSay(criterion))
        {
            return isWider ? Criterion.Everyone : Criterion.Nobody;
        }

        return criterion switch
        {
            Criterion.AllOf all => Group(all, all.Parts, canSay, isWider, IsEveryone, IsNobody, parts => new Criterion.AllOf(parts)),
            Criterion.AnyOf any => Group(any, any.Parts, canSay, isWider, IsNobody, IsEveryone, parts => new Criterion.AnyOf(parts)),
            _ => criterion,
        };
    }

    private static Criterion Group(
        Criterion whole,
        IReadOnlyList<Criterion> parts,
        Func<Criterion, bool> canSay,
        bool isWider,
        Func<Criterion, bool> isNeutral,
        Func<Criterion, bool> decides,
        Func<IReadOnlyList<Criterion>, Criterion> join)
    {
        var bounds = parts.Select(part => Bound(part, canSay, isWider)).ToList();
        if (bounds.Zip(parts).All(pair => ReferenceEquals(pair.First, pair.Second)))
        {
            return whole;
        }

        if (bounds.Find(new Predicate<Criterion>(decides)) is { } deciding)
        {
            return deciding;
        }

        bounds.RemoveAll(new Predicate<Criterion>(isNeutral));
        return bounds.Count == 1 ? bounds[0] : join(bounds);
    }
}
