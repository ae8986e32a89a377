using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Dynamic;

/// <summary>A membership rule as a tree.</summary>
/// <param name="Text">As it was written, without brackets around it.</param>
internal abstract record Rule(string Text)
{
    public abstract bool Holds(DirectoryObject person);
}

internal sealed record AndRule(string Text, Rule Left, Rule Right) : Rule(Text)
{
    public override bool Holds(DirectoryObject person) => Left.Holds(person) && Right.Holds(person);
}

internal sealed record OrRule(string Text, Rule Left, Rule Right) : Rule(Text)
{
    public override bool Holds(DirectoryObject person) => Left.Holds(person) || Right.Holds(person);
}

internal sealed record NotRule(string Text, Rule Inner) : Rule(Text)
{
    public override bool Holds(DirectoryObject person) => !Inner.Holds(person);
}

/// <param name="Name">As in the rule, without <c>user.</c>.</param>
/// <param name="Values">One, or those of -in; null is null.</param>
internal sealed record Comparison(string Text, string Name, RuleOperator Operator, IReadOnlyList<object?> Values) : Rule(Text)
{
    public override bool Holds(DirectoryObject person)
    {
        var found = RuleProperties.Values(person, Name);
        return Operator switch
        {
            RuleOperator.Eq or RuleOperator.In => Values.Any(wanted => IsOneOf(found, wanted)),
            RuleOperator.Ne => !IsOneOf(found, Values[0]),
            RuleOperator.StartsWith => found.Any(value => value is string text && text.StartsWith((string)Values[0]!, StringComparison.OrdinalIgnoreCase)),
            RuleOperator.Contains => found.Any(value => value is string text && text.Contains((string)Values[0]!, StringComparison.OrdinalIgnoreCase)),
            _ => throw new InvalidOperationException($"{Operator} is no operator."),
        };
    }

    private static bool IsOneOf(IReadOnlyList<object> found, object? wanted) => wanted switch
    {
        null => found.Count == 0,
        string text => found.Any(value => value is string one && one.Equals(text, StringComparison.OrdinalIgnoreCase)),
        _ => found.Contains(wanted),
    };
}

internal enum RuleOperator
{
    Eq,
    Ne,
    StartsWith,
    Contains,
    In,
}
