using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Groups;

namespace GroupPortal.Core.SmartGroups;

/// <summary>From a group's attributes to its rule. Pure.</summary>
public static class SmartRules
{
    /// <summary>The criteria as they were typed; null for a group without.</summary>
    public static (string Text, CriteriaLanguage Language)? TextOf(AttributeValues attributes)
    {
        ArgumentNullException.ThrowIfNull(attributes);
        return attributes.First(AttributeNames.Criteria) is { Length: > 0 } text
            && RuleValues.TryParse(attributes.First(AttributeNames.CriteriaLanguage), out CriteriaLanguage language)
                ? (text, language)
                : null;
    }

    /// <summary>
    /// The rule, or null where it cannot be read whole: a rule of which one path or type is left out would select others than
    /// it says. So it is where there are more of either than <see cref="CriteriaLimits"/> allows.
    /// </summary>
    /// <param name="criteria">What reading the criteria gave; with a problem there is no rule.</param>
    public static SmartRule? Of(AttributeValues attributes, CriteriaReading criteria)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        if (TextOf(attributes) is not var (text, language) || !criteria.IsValid || AttributeNames.OfRule.Any(name => attributes[name].Count > MostOf(name)))
        {
            return null;
        }

        var types = new List<QueryObjectType>();
        foreach (var value in attributes[AttributeNames.ObjectTypes])
        {
            if (!RuleValues.TryParse(value, out QueryObjectType type))
            {
                return null;
            }

            types.Add(type);
        }

        var paths = new List<StartPath>();
        foreach (var value in attributes[AttributeNames.StartPath])
        {
            if (!RuleValues.TryParse(value, out StartPath? path))
            {
                return null;
            }

            paths.Add(path);
        }

        return Exceptions(attributes, AttributeNames.Include) is { } include && Exceptions(attributes, AttributeNames.Exclude) is { } exclude
            ? new SmartRule
            {
                Criteria = criteria.Root!,
                Text = text,
                Language = language,
                ObjectTypes = types.Count > 0 ? types : [criteria.ObjectType ?? QueryObjectType.Users],
                StartPaths = paths,
                Include = include,
                Exclude = exclude,
            }
            : null;
    }

    /// <summary>
    /// A rule of Entra ID's own as the portal evaluates it, to show beforehand whom it selects: no paths, no exceptions, and users
    /// unless it speaks of devices. Null where it cannot be read.
    /// </summary>
    public static SmartRule? OfEntra(string text, CriteriaReading criteria)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        return criteria.IsValid
            ? new SmartRule { Criteria = criteria.Root!, Text = text, Language = CriteriaLanguage.Entra, ObjectTypes = [criteria.ObjectType ?? QueryObjectType.Users] }
            : null;
    }

    /// <summary>How many values of a rule's attribute there can be.</summary>
    internal static int MostOf(string attribute) => attribute switch
    {
        AttributeNames.StartPath => CriteriaLimits.StartPaths,
        AttributeNames.Include or AttributeNames.Exclude => CriteriaLimits.Exceptions,
        _ => int.MaxValue,
    };

    /// <summary>What makes a group smart, with this rule and no other: every part is set, so that nothing of a former one stays.</summary>
    public static IReadOnlyList<AttributeChange> Changes(SmartRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Changes(rule.Text, rule.Language, rule.ObjectTypes, rule.StartPaths, rule.Include, rule.Exclude);
    }

    internal static IReadOnlyList<AttributeChange> Changes(
        string text, CriteriaLanguage language, IReadOnlyList<QueryObjectType> types, IReadOnlyList<StartPath> paths,
        IReadOnlyList<MembershipException> include, IReadOnlyList<MembershipException> exclude) =>
    [
        Set(AttributeNames.ManagedGroupType, "2"),
        Set(AttributeNames.Criteria, text),
        Set(AttributeNames.CriteriaLanguage, RuleValues.Write(language)),
        Set(AttributeNames.ObjectTypes, [.. types.Select(type => ((int)type).ToString(CultureInfo.InvariantCulture))]),
        Set(AttributeNames.StartPath, [.. paths.Select(RuleValues.Write)]),
        Set(AttributeNames.Include, [.. include.Select(RuleValues.Write)]),
        Set(AttributeNames.Exclude, [.. exclude.Select(RuleValues.Write)]),
    ];

    private static AttributeChange Set(string name, params IReadOnlyList<string> values) => new(name, ChangeMode.Set, values);

    /// <summary>The next instant at which an exception ends, and with it somebody's membership; null where none has an end.</summary>
    public static DateTimeOffset? NextEnd(SmartRule rule, DateTimeOffset after)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var ends = rule.Include.Concat(rule.Exclude).Select(one => one.Until).OfType<DateTimeOffset>().Where(end => end > after).ToList();
        return ends.Count == 0 ? null : ends.Min();
    }

    private static List<MembershipException>? Exceptions(AttributeValues attributes, string name)
    {
        var exceptions = new List<MembershipException>();
        foreach (var value in attributes[name])
        {
            if (!RuleValues.TryParse(value, out MembershipException? exception))
            {
                return null;
            }

            exceptions.Add(exception);
        }

        return exceptions;
    }
}
