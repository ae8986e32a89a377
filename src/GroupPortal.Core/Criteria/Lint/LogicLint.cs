namespace GroupPortal.Core.Criteria.Lint;

/// <summary>What follows from the rule's form alone: always, never, twice, in vain.</summary>
internal sealed class LogicLint(Criterion root, Implication implication, List<LintFinding> findings)
{
    public void Look() => Verdict(root, "");

    /// <summary>True or false where the criterion is so for everybody; null where it depends.</summary>
    private bool? Verdict(Criterion criterion, string path)
    {
        var verdicts = criterion is Criterion.Each ? [] : criterion.Children.Select((child, index) => Verdict(child, Criterion.PathOf(path, index))).ToList();
        switch (criterion)
        {
            case Criterion.Not:
                return !verdicts[0];
            case Criterion.AllOf all:
                return Group(all.Parts, verdicts, path, isAll: true);
            case Criterion.AnyOf any:
                return Group(any.Parts, verdicts, path, isAll: false);
            default:
                return null;
        }
    }

    private bool? Group(IReadOnlyList<Criterion> parts, List<bool?> verdicts, string path, bool isAll)
    {
        if (verdicts.Contains(!isAll) || verdicts.TrueForAll(verdict => verdict == isAll))
        {
            var constant = verdicts.Contains(!isAll) ? !isAll : isAll;
            // Said once, at the outermost place where a person wrote it so.
            if (path.Length == 0 || parts.Count == 0)
            {
                findings.Add(new LintFinding(constant ? "AlwaysTrue" : "AlwaysFalse", LintLevel.Warning, path));
            }

            return constant;
        }

        return Pairs(parts, path, isAll);
    }

    private bool? Pairs(IReadOnlyList<Criterion> parts, string path, bool isAll)
    {
        var isVain = new bool[parts.Count];
        bool? constant = null;
        for (var right = 1; right < parts.Count; right++)
        {
            for (var left = 0; left < right; left++)
            {
                if (isVain[left] || isVain[right])
                {
                    continue;
                }

                if (parts[left].Equals(parts[right]))
                {
                    Vain("Duplicate", right, left);
                }
                else if (constant is null && (isAll ? implication.Excludes(parts[left], parts[right]) : Exhausts(parts[left], parts[right])))
                {
                    constant = !isAll;
                    findings.Add(new LintFinding(isAll ? "Contradiction" : "Exhaustive", LintLevel.Warning, Criterion.PathOf(path, right), Place(left), Place(right)));
                }
                else if (implication.Implies(parts[left], parts[right]))
                {
                    // Of two that must hold the weaker is in vain; of two of which one must, the stronger.
                    Vain("Shadowed", isAll ? right : left, isAll ? left : right);
                }
                else if (implication.Implies(parts[right], parts[left]))
                {
                    Vain("Shadowed", isAll ? left : right, isAll ? right : left);
                }
            }
        }

        return constant;

        void Vain(string code, int index, int by)
        {
            isVain[index] = true;
            var own = Criterion.PathOf(path, index);
            findings.Add(new LintFinding(code, LintLevel.Warning, own, Place(index), Place(by)) { Fixed = Rewriting.Replace(root, own, null) });
        }
    }

    /// <summary>Whether one of the two holds for everybody: "a or not b" where b implies a.</summary>
    private bool Exhausts(Criterion left, Criterion right) =>
        (right is Criterion.Not { Inner: var inner } && implication.Implies(inner, left))
        || (left is Criterion.Not { Inner: var other } && implication.Implies(other, right));

    private static string Place(int index) => CriteriaLint.Number(index + 1);
}
