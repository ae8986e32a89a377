namespace GroupPortal.Core.Criteria.Columns;

/// <summary>Whom a rule selects, and why.</summary>
/// <param name="Scope">Everybody of the kinds, and below the paths, that the rule asks for.</param>
/// <param name="ByCriteria">Those in scope for whom the criteria hold.</param>
/// <param name="Selected">The members the group is to have: Include added, Exclude and the group itself taken away.</param>
/// <param name="Excepted">Those who are in or out by Include or Exclude, against what the criteria say.</param>
/// <param name="Clauses">How many of the scope each clause holds for by itself, by path, in the order of the tree.</param>
/// <param name="Unknown">Ids of Include and Exclude, in force, that the replica does not know.</param>
public sealed record RuleRows(
    RowSet Scope, RowSet ByCriteria, RowSet Selected, RowSet Excepted, IReadOnlyList<KeyValuePair<string, int>> Clauses, IReadOnlyList<Guid> Unknown)
{
    /// <summary>Of <see cref="Unknown"/> those whom an Include names and no Exclude: the group is to have them, seen or not.</summary>
    public IReadOnlyList<Guid> Unseen { get; init; } = [];

    /// <summary>What becomes of a group's present members.</summary>
    public RowDifference Against(RowSet present)
    {
        ArgumentNullException.ThrowIfNull(present);
        return new RowDifference(Selected.Copy().AndNot(present), present.Copy().AndNot(Selected), Selected.Copy().And(present));
    }
}

/// <summary>Members now and then, compared.</summary>
public sealed record RowDifference(RowSet Joining, RowSet Leaving, RowSet Staying);
