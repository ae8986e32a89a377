using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Embedded.Reading;
using GroupPortal.Embedded.Rules;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

internal static class ModifyWrite
{
    public static DirectoryWriteAnswer Apply(WriteContext context, StoredGroup before, DirectoryWrite.ModifyGroup write)
    {
        var after = before.Object;
        var others = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        var outcomes = new List<StepOutcome>(write.Attributes.Count);
        foreach (var attribute in write.Attributes)
        {
            var error = Check(context.Rules, attribute);
            if (error is not null)
            {
                return GroupWrites.Refused(error);
            }

            var name = context.Rules.Catalog[attribute.Attribute].Name;
            var current = before.Values(name);
            var values = Normalise(context.Rules, attribute);
            var changed = !Same(current, values);
            outcomes.Add(GroupWrites.Outcome(attribute.Step, changed));
            if (!changed)
            {
                continue; // as wished already, whoever did it
            }

            if (attribute.Expected is { } expected && !Same(current, expected))
            {
                return GroupWrites.Refused(new DirectoryError.Conflict(expected, current)
                {
                    Attribute = name,
                    ServerText = context.Rules.Words.ValueConflict(name),
                });
            }

            if (string.Equals(name, AttributeNames.GroupType, StringComparison.OrdinalIgnoreCase)
                && context.Rules.CheckGroupType(after.GroupType, Number(values[0])) is { } wrongType)
            {
                return GroupWrites.Refused(wrongType);
            }

            if (AttributeColumns.TryGet(name, out var column))
            {
                after = column.Write(after, values is [var value, ..] ? value : null);
            }
            else
            {
                others[name] = values;
            }
        }

        if (outcomes.TrueForAll(outcome => outcome.Status == StepStatus.NoChange))
        {
            return GroupWrites.Applied(before.Object, before.Object.Version, outcomes);
        }

        if (!context.Rules.IsTree)
        {
            after = after with { Name = after.DisplayName ?? after.Name };
        }

        if (ValueChecks.CheckUnique(context, after) is { } taken)
        {
            return GroupWrites.Refused(taken);
        }

        Store(context, after.Row, others);
        return GroupWrites.Applied(after, context.Objects.Update(before.Object, after, context.Now).Version, outcomes);
    }

    /// <summary>Exchanges the values of attributes without a column.</summary>
    public static void Store(WriteContext context, long row, IReadOnlyDictionary<string, IReadOnlyList<string>> attributes)
    {
        foreach (var (name, values) in attributes)
        {
            context.Session.Execute("DELETE FROM attribute_values WHERE object = $1 AND name = $2", row, name);
            for (var ordinal = 0; ordinal < values.Count; ordinal++)
            {
                context.Session.Execute(
                    "INSERT INTO attribute_values (object, name, ordinal, value) VALUES ($1, $2, $3, $4)", row, name, ordinal, values[ordinal]);
            }
        }
    }

    public static IReadOnlyList<string> Normalise(StoreRules rules, AttributeWrite write) =>
        [.. write.Values.Select(value => rules.Normalise(write.Attribute, value))];

    /// <summary>The values of an attribute are a set; one value is compared letter by letter.</summary>
    public static bool Same(IReadOnlyList<string> left, IReadOnlyList<string> right) =>
        left.Count == right.Count
        && left.Order(StringComparer.Ordinal).SequenceEqual(right.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    private static DirectoryError? Check(StoreRules rules, AttributeWrite attribute) =>
        rules.IsTree && string.Equals(attribute.Attribute, rules.NameAttribute, StringComparison.OrdinalIgnoreCase)
            ? new DirectoryError.ReadOnlyAttribute { Attribute = rules.NameAttribute, ServerText = rules.Words.ReadOnlyAttribute(rules.NameAttribute) }
            : ValueChecks.Check(rules, attribute.Attribute, attribute.Values);

    private static int Number(string text) =>
        int.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : 0;
}
