using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;

namespace GroupPortal.EntraId.Writing;

/// <summary>What is refused before anything is sent: what Graph has no word for, and what would reach it as something else.</summary>
internal static class WriteChecks
{
    /// <summary>What a group may change but not lose.</summary>
    private static readonly HashSet<string> Required =
        new([AttributeNames.DisplayName, AttributeNames.GroupType, AttributeNames.MailNickname], StringComparer.OrdinalIgnoreCase);

    public static DirectoryError? WhyNot(DirectoryWrite write, WriteTarget? target, AttributeCatalog catalog) => write switch
    {
        DirectoryWrite.CreateGroup create => WhyNotDn(create.Dn) ?? First(create.Attributes, catalog) ?? WhyNotType(create),
        _ when target is null => new DirectoryError.NotFound(),
        DirectoryWrite.ModifyGroup modify => First(modify.Attributes, catalog),
        DirectoryWrite.MoveGroup => new DirectoryError.Unsupported { Attribute = AttributeNames.Container },
        DirectoryWrite.ChangeMembers members when members.Members.Any(member => member.Add && member.Id == target.GroupId) =>
            new DirectoryError.InvalidValue { Attribute = AttributeNames.Members, Detail = Texts.Format("Write.MemberIsSelf") },
        _ => null,
    };

    private static DirectoryError.InvalidValue? WhyNotDn(string text) =>
        DistinguishedName.TryParse(text, out var dn) ? Wrong(AttributeNames.DisplayName, NameChecks.WhyNotName(dn.Name))
        : new DirectoryError.InvalidValue { Attribute = AttributeNames.Name, ServerText = text };

    private static DirectoryError? First(IEnumerable<AttributeWrite> attributes, AttributeCatalog catalog) =>
        attributes.Select(attribute => WhyNot(attribute, catalog)).FirstOrDefault(error => error is not null);

    private static DirectoryError? WhyNot(AttributeWrite write, AttributeCatalog catalog)
    {
        if (!catalog.TryGet(write.Attribute, out var definition) || definition.KeptBy is KeptBy.Portal or KeptBy.Wire)
        {
            return new DirectoryError.UnknownAttribute { Attribute = write.Attribute };
        }

        var name = definition.Name;
        if (!definition.IsWritable)
        {
            return new DirectoryError.ReadOnlyAttribute { Attribute = name };
        }

        if (write.Values.Any(string.IsNullOrEmpty)
            || (write.Values.Count == 0 && Required.Contains(name))
            || (!definition.IsMultiValued && write.Values.Count > 1)
            || (name == AttributeNames.GroupType && !EntraGroupTypes.TryParse(write.Values[0], out _))
            || write.Values.Any(value => definition.MaximumLength < value.Length)
            || (definition.Syntax == AttributeSyntax.Boolean && !write.Values.All(value => bool.TryParse(value, out _))))
        {
            return new DirectoryError.InvalidValue { Attribute = name };
        }

        var code = write.Values
            .Select(value => name == AttributeNames.DisplayName ? NameChecks.WhyNotName(value) : NameChecks.WhyNotText(value, definition.AllowsLines))
            .FirstOrDefault(code => code is not null);
        return Wrong(name, code);
    }

    /// <summary>Distribution groups are Exchange's: nothing is asked of Graph that it cannot do.</summary>
    private static DirectoryError.Unsupported? WhyNotType(DirectoryWrite.CreateGroup create) =>
        create.Attributes.Any(attribute => string.Equals(attribute.Attribute, AttributeNames.GroupType, StringComparison.OrdinalIgnoreCase)
            && attribute.Values is [var value] && value == ((int)EntraGroupType.Distribution).ToString(CultureInfo.InvariantCulture))
            ? new DirectoryError.Unsupported { Attribute = AttributeNames.GroupType, Detail = Texts.Format("Graph.DistributionGroup") }
            : null;

    private static DirectoryError.InvalidValue? Wrong(string attribute, string? code) =>
        code is null ? null : new DirectoryError.InvalidValue { Attribute = attribute, Detail = Texts.Format("Problem." + code) };
}
