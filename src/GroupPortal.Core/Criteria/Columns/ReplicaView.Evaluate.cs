using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Columns;

/// <summary>The evaluator: the same as <see cref="CriteriaPredicate"/> on every object, set by set.</summary>
public sealed partial class ReplicaView
{
    /// <summary>Everybody for whom the criterion holds.</summary>
    public RowSet Evaluate(Criterion criterion, DateTimeOffset now) => Evaluate(criterion, now, static (_, _) => { });

    /// <summary>Everybody for whom the criterion holds, and on the way how many of a set each clause by itself holds for.</summary>
    /// <param name="counts">By path, in the order of the tree; the root's first.</param>
    public RowSet Evaluate(Criterion criterion, DateTimeOffset now, RowSet within, out IReadOnlyList<KeyValuePair<string, int>> counts)
    {
        ArgumentNullException.ThrowIfNull(within);
        var clauses = new Dictionary<string, int>(StringComparer.Ordinal);
        var all = Evaluate(criterion, now, (path, set) => clauses[path] = set.CountWith(within));
        counts = [.. PathsOf(criterion, string.Empty).Select(path => KeyValuePair.Create(path, clauses[path]))];
        return all;
    }

    private static IEnumerable<string> PathsOf(Criterion criterion, string path)
    {
        yield return path;
        // Clauses within Each are about items, of which there is no set.
        var parts = criterion is Criterion.Each ? [] : criterion.Children;
        for (var index = 0; index < parts.Count; index++)
        {
            foreach (var below in PathsOf(parts[index], Criterion.PathOf(path, index)))
            {
                yield return below;
            }
        }
    }

    private RowSet Evaluate(Criterion criterion, DateTimeOffset now, Action<string, RowSet> found)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        return Evaluate(criterion, string.Empty, new Evaluation(new CriteriaCompiler(Vocabulary, ContextAt(now)), All(), found));
    }

    private RowSet Evaluate(Criterion criterion, string path, Evaluation evaluation)
    {
        RowSet set;
        switch (criterion)
        {
            case Criterion.AllOf all:
                // A part's set is ours once it is counted: nothing is copied.
                set = all.Parts.Count == 0 ? evaluation.All.Copy() : Evaluate(all.Parts[0], Criterion.PathOf(path, 0), evaluation);
                for (var index = 1; index < all.Parts.Count; index++)
                {
                    set.And(Evaluate(all.Parts[index], Criterion.PathOf(path, index), evaluation));
                }

                break;
            case Criterion.AnyOf any:
                set = any.Parts.Count == 0 ? new RowSet(RowCount) : Evaluate(any.Parts[0], Criterion.PathOf(path, 0), evaluation);
                for (var index = 1; index < any.Parts.Count; index++)
                {
                    set.Or(Evaluate(any.Parts[index], Criterion.PathOf(path, index), evaluation));
                }

                break;
            case Criterion.Not not:
                set = Evaluate(not.Inner, Criterion.PathOf(path, 0), evaluation).Not().And(evaluation.All);
                break;
            default:
                set = Leaf(criterion, evaluation);
                break;
        }

        evaluation.Found(path, set);
        return set;
    }

    private RowSet Leaf(Criterion criterion, Evaluation evaluation)
    {
        var attribute = evaluation.Compiler.Attribute(CriteriaCompiler.AttributeOf(criterion)!);
        if (!IsLasting(criterion, attribute))
        {
            return Leaf(criterion, attribute, evaluation.Compiler).And(evaluation.All);
        }

        if (!_table.Leaves.TryGet(criterion, out var set))
        {
            set = Leaf(criterion, attribute, evaluation.Compiler).And(evaluation.All);
            _table.Leaves.Add(criterion, set);
        }

        return set.Copy();
    }

    /// <summary>Whether it holds for the same people until they change: what looks at the clock does not.</summary>
    private static bool IsLasting(Criterion criterion, CriteriaAttribute attribute) => criterion switch
    {
        Criterion.Compare => attribute.Syntax != CriteriaSyntaxes.Time,
        Criterion.Present or Criterion.Chain => true,
        _ => false,
    };

    private RowSet Leaf(Criterion criterion, CriteriaAttribute attribute, CriteriaCompiler compiler)
    {
        if (criterion is Criterion.Chain chain)
        {
            return Reaching(chain, attribute, compiler);
        }

        var test = compiler.OnValues(criterion, attribute);
        if (CriteriaCompiler.IsClass(attribute))
        {
            return OfKinds(kind => test(CriteriaValues.ObjectClasses(kind)));
        }

        if (CriteriaCompiler.IsCategory(attribute))
        {
            return OfKinds(kind => test(CriteriaValues.ObjectCategory(kind)));
        }

        if (CriteriaCompiler.IsId(attribute))
        {
            return criterion is Criterion.Compare { Operator: CompareOperator.Equals } compare
                ? One(CriteriaValues.TryGuid(compare.Value, out var id) ? RowOf(id) : -1)
                : ByRow(row => test([IdOf(row).ToString("D")]));
        }

        if (CriteriaCompiler.IsName(attribute))
        {
            return ByRow(row => test(DnOf(row) is { Length: > 0 } dn ? [dn] : []));
        }

        if (CriteriaCompiler.IsMemberOf(attribute))
        {
            return OfMembership(criterion, test, compiler);
        }

        var column = _table.OrdinalOf(attribute) is var ordinal and >= 0 ? _table.Columns[ordinal] : null;
        return column is not null ? column.Evaluate(criterion, attribute, test, compiler, RowCount)
            : test([]) ? All()
            : new RowSet(RowCount);
    }

    private RowSet Reaching(Criterion.Chain chain, CriteriaAttribute attribute, CriteriaCompiler compiler)
    {
        if (chain.Depth is <= 0 || compiler.ReferenceOf(chain.Target).Id is not { } target || _table.Rows.Ids.Find(target) is not (var row and >= 0))
        {
            return new RowSet(RowCount);
        }

        if (CriteriaCompiler.IsMemberOf(attribute))
        {
            return Walk.From(row, chain.Depth, RowCount, _table.Memberships.Of);
        }

        return _table.OrdinalOf(attribute) is var ordinal and >= 0 && _table.Columns[ordinal] is ReferenceColumn column
            ? column.Reaching(row, chain.Depth, RowCount)
            : new RowSet(RowCount);
    }

    /// <summary>Asks once for each group, then looks who is in it.</summary>
    private RowSet OfMembership(Criterion criterion, Func<IReadOnlyList<string>, bool> test, CriteriaCompiler compiler)
    {
        var memberships = _table.Memberships;
        switch (criterion)
        {
            case Criterion.Present:
                return memberships.In(memberships.Groups, RowCount);
            case Criterion.Compare { Operator: CompareOperator.Equals } compare:
                return compiler.ReferenceOf(compare.Value).Id is { } group && _table.Rows.Ids.Find(group) is var row and >= 0
                    ? memberships.In([row], RowCount)
                    : new RowSet(RowCount);
            case Criterion.Each { Quantifier: Quantifier.Any }:
                return memberships.In(memberships.Groups.Where(group => test([TextOf(group)])), RowCount);
            case Criterion.Each:
                return memberships.In(memberships.Groups.Where(group => !test([TextOf(group)])), RowCount).Not();
            default:
                return new RowSet(RowCount);
        }

        string TextOf(int group) => IdOf(group).ToString("D");
    }

    private RowSet One(int row)
    {
        var set = new RowSet(RowCount);
        if (row >= 0)
        {
            set[row] = true;
        }

        return set;
    }

    private RowSet ByRow(Func<int, bool> test)
    {
        var set = All();
        foreach (var row in set.Rows())
        {
            if (!test(row))
            {
                set[row] = false;
            }
        }

        return set;
    }

    private sealed record Evaluation(CriteriaCompiler Compiler, RowSet All, Action<string, RowSet> Found);
}
