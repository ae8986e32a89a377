using GroupPortal.Core.Criteria;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>What the builder shows of a criterion: a group, a condition with its three parts, or a text that is kept as it is.</summary>
public abstract record Clause
{
    private Clause()
    {
    }

    public sealed record Group(GroupMode Mode, IReadOnlyList<Criterion> Parts) : Clause;

    public sealed record Condition(CriteriaAttribute Attribute, CriteriaCondition How, string Value) : Clause
    {
        public Criterion Criterion => How.On(Attribute.Name, Value);

        /// <summary>Another attribute: the condition stays where it fits, and the value where its kind does.</summary>
        public Condition With(CriteriaAttribute attribute)
        {
            ArgumentNullException.ThrowIfNull(attribute);
            var fitting = CriteriaOperators.For(attribute).ToList();
            var how = fitting.Contains(How) ? How : fitting.First(condition => condition.Key == (attribute.Syntax == CriteriaSyntaxes.Flags ? "AllBits" : "Equals"));
            return new Condition(attribute, how, attribute.Syntax == Attribute.Syntax ? Value : First(attribute.Syntax));
        }
    }

    /// <summary>Items of a collection, chains of some steps, attributes of another directory: shown as text, moved and removed whole.</summary>
    public sealed record Text : Clause;

    public static Clause Of(Criterion criterion, CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        if (GroupModes.Of(criterion) is { } mode)
        {
            return new Group(mode, GroupModes.PartsOf(criterion));
        }

        var leaf = criterion is Criterion.Not not ? not.Inner : criterion;
        (string? Name, string Value) part = leaf switch
        {
            Criterion.Compare compare => (compare.Attribute, compare.Value),
            Criterion.Present present => (present.Attribute, ""),
            Criterion.Chain chain => (chain.Attribute, chain.Target),
            _ => (null, ""),
        };
        return part.Name is not null && CriteriaOperators.Of(criterion) is { } how && vocabulary.TryGet(part.Name, out var attribute)
            && attribute.Fields.Count == 0
            ? new Condition(attribute, how, part.Value)
            : new Text();
    }

    /// <summary>The condition that a new line begins with.</summary>
    public static Condition New(CriteriaVocabulary vocabulary)
    {
        ArgumentNullException.ThrowIfNull(vocabulary);
        var attribute = vocabulary.TryGet("department", out var department) ? department : vocabulary.Attributes[0];
        return new Condition(attribute, CriteriaOperators.ByKey("Equals"), "");
    }

    /// <summary>What a condition on attributes of this kind begins with: a value only where there is one that says nothing yet.</summary>
    private static string First(CriteriaSyntaxes syntax) => syntax == CriteriaSyntaxes.Boolean ? "TRUE" : "";
}
