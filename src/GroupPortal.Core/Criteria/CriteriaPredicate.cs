using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria;

/// <summary>
/// The meaning of a tree on one object; every other evaluation, and every language, agrees with it.
/// <list type="bullet">
/// <item>An empty text is no value. Any value of an attribute satisfies a condition; <see cref="Criterion.Not"/> is the plain
/// negation, hence true for an absent value.</item>
/// <item>Text compares by the store kind's <see cref="Folding"/>, accents as different letters; parts of a pattern fold each by
/// itself (<see cref="CompareOperator.Like"/>). A regular expression sees the value as it is.</item>
/// <item>An operator that an attribute's syntax has no use for (≥ on text, Contains on a number), and a value that cannot be
/// read by that syntax, holds for nobody. Number operators serve numbers and flags alike.</item>
/// <item>References are the same when they lead to the same object, whether said by DN or GUID; one that leads nowhere is
/// itself. A chain to a DN that leads nowhere holds for nobody.</item>
/// <item>objectGUID and objectId, distinguishedName, objectClass, objectCategory and memberOf are answered from the object
/// itself. Other attributes that the replica does not hold are absent.</item>
/// </list>
/// </summary>
public static class CriteriaPredicate
{
    /// <summary>The tree as a question to ask of many objects; cheap to ask, not cheap to make.</summary>
    public static Func<ReplicaObject, bool> Compile(Criterion criterion, CriteriaVocabulary vocabulary, CriteriaContext context)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(context);
        return new CriteriaCompiler(vocabulary, context).OnObject(criterion);
    }

    /// <summary>Every clause's verdict on one object, with the object's own values.</summary>
    public static CriterionVerdict Explain(Criterion criterion, ReplicaObject subject, CriteriaVocabulary vocabulary, CriteriaContext context)
    {
        ArgumentNullException.ThrowIfNull(criterion);
        ArgumentNullException.ThrowIfNull(subject);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(context);
        return Explain(criterion, string.Empty, subject, new CriteriaCompiler(vocabulary, context));
    }

    private static CriterionVerdict Explain(Criterion criterion, string path, ReplicaObject subject, CriteriaCompiler compiler)
    {
        // What stands within Each is about its items, not about the object: it has no verdict of its own.
        var parts = criterion is Criterion.Each ? [] : criterion.Children;
        return new CriterionVerdict(
            path,
            criterion,
            compiler.OnObject(criterion)(subject),
            CriteriaCompiler.AttributeOf(criterion) is { } attribute ? compiler.ValuesOf(subject, attribute) : null,
            [.. parts.Select((part, index) => Explain(part, Criterion.PathOf(path, index), subject, compiler))]);
    }
}

/// <summary>What one clause says of one object.</summary>
/// <param name="Path">As <see cref="Criterion.Children"/> numbers it.</param>
/// <param name="Values">The object's values of the clause's attribute; null for a node without one.</param>
public sealed record CriterionVerdict(string Path, Criterion Criterion, bool Holds, IReadOnlyList<string>? Values, IReadOnlyList<CriterionVerdict> Parts);
