using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Rules;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

/// <summary>What the schema has against the values of one attribute, as a server would say it.</summary>
internal static class ValueChecks
{
    public static DirectoryError? Check(StoreRules rules, string attribute, IReadOnlyList<string> values)
    {
        // What the portal, the wire or a tenant's services keep is nothing the directory has heard of.
        if (!rules.Catalog.TryGet(attribute, out var definition) || definition.KeptBy is KeptBy.Portal or KeptBy.Wire or KeptBy.Licensing or KeptBy.Expiration)
        {
            return new DirectoryError.UnknownAttribute { Attribute = attribute, ServerText = rules.Words.UnknownAttribute(attribute) };
        }

        if (!definition.IsWritable)
        {
            return new DirectoryError.ReadOnlyAttribute { Attribute = definition.Name, ServerText = rules.Words.ReadOnlyAttribute(definition.Name) };
        }

        if (values.Count > 1 && !definition.IsMultiValued)
        {
            return new DirectoryError.InvalidValue { Attribute = definition.Name, ServerText = rules.Words.SeveralValues(definition.Name) };
        }

        if (values.Any(string.IsNullOrEmpty) || (values.Count == 0 && rules.RequiredAttributes.Contains(definition.Name)))
        {
            return new DirectoryError.InvalidValue { Attribute = definition.Name, ServerText = rules.Words.EmptyValue(definition.Name) };
        }

        if (values.Any(value => !IsValid(definition, value)))
        {
            return new DirectoryError.InvalidValue { Attribute = definition.Name, ServerText = rules.Words.InvalidValue(definition.Name) };
        }

        return values.Select(value => rules.CheckValue(definition.Name, value)).FirstOrDefault(error => error is not null);
    }

    /// <summary>Whether somebody else has one of the object's unique values.</summary>
    public static DirectoryError? CheckUnique(WriteContext context, StoredObject item)
    {
        foreach (var definition in context.Rules.Catalog.Definitions.Where(definition => definition.IsUnique))
        {
            if (AttributeColumns.TryGet(definition.Name, out var column)
                && column is { Key: { } field }
                && column.Read(item) is { } value
                && context.Session.Scalar(
                    "SELECT 1 FROM keys WHERE field = $1 AND folded = $2 AND object <> $3",
                    (int)field, context.Rules.Folding.Fold(value), item.Row) is not null)
            {
                return new DirectoryError.AlreadyExists { Attribute = definition.Name, ServerText = context.Rules.Words.ValueTaken(definition.Name, value) };
            }
        }

        return null;
    }

    /// <summary>A name that a file and a page can carry: some text, no control characters, whole surrogate pairs.</summary>
    public static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && IsText(name, allowsLines: false);

    private static bool IsValid(AttributeDefinition definition, string value) =>
        (definition.MaximumLength is not { } maximum || value.Length <= maximum)
        && IsText(value, definition.AllowsLines)
        && definition.Syntax switch
        {
            AttributeSyntax.Number => long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
            AttributeSyntax.Boolean => bool.TryParse(value, out _),
            _ => true,
        };

    private static bool IsText(string value, bool allowsLines)
    {
        for (var index = 0; index < value.Length; index++)
        {
            var character = value[index];
            if (char.IsControl(character) && !(allowsLines && character is '\r' or '\n' or '\t'))
            {
                return false;
            }

            if (char.IsSurrogate(character))
            {
                if (index + 1 >= value.Length || !char.IsSurrogatePair(character, value[index + 1]))
                {
                    return false; // half a character, which UTF-8 cannot carry
                }

                index++;
            }
        }

        return true;
    }
}
