using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>
/// What is refused before anything is sent: what the server would take although it must not be (a name with a line break, 65
/// characters by a rename, a group in itself), and what would reach it as something else (half a character).
/// </summary>
internal static class WriteChecks
{
    /// <summary>What a group may change but not lose.</summary>
    private static readonly HashSet<string> Required = new([AttributeNames.GroupType, AttributeNames.AccountName], StringComparer.OrdinalIgnoreCase);

    public static DirectoryError? WhyNot(DirectoryWrite write, WriteTarget? target, DistinguishedName context, AttributeCatalog catalog) => write switch
    {
        DirectoryWrite.CreateGroup create => WhyNotDn(create.Dn, context) ?? WhyNotRdn(create)
            ?? First(create.Attributes, attribute => WhyNotAttribute(attribute, catalog, isCreate: true)),
        DirectoryWrite.ModifyGroup modify => First(modify.Attributes, attribute => WhyNotAttribute(attribute, catalog, isCreate: false)),
        DirectoryWrite.MoveGroup move => WhyNotDn(move.NewDn, context),
        DirectoryWrite.ChangeMembers members when members.Members.Any(member => member.Add && member.Id == target?.GroupId) =>
            new DirectoryError.InvalidValue { Attribute = AttributeNames.Members, Detail = Texts.Format("Write.MemberIsSelf") },
        _ => null,
    };

    private static DirectoryError.InvalidValue? WhyNotDn(string text, DistinguishedName context)
    {
        if (!DistinguishedName.TryParse(text, out var dn) || !string.Equals(dn.Type, "CN", StringComparison.OrdinalIgnoreCase))
        {
            return new DirectoryError.InvalidValue { Attribute = AttributeNames.Name, ServerText = text };
        }

        if (dn.Parent is not { } container || !container.IsAtOrUnder(context))
        {
            return new DirectoryError.InvalidValue { Attribute = AttributeNames.Container, Detail = Texts.Format("Write.NotInDomain"), ServerText = text };
        }

        if (dn.Name.Length > NamingRules.AdNameLength)
        {
            return new DirectoryError.InvalidValue
            {
                Attribute = AttributeNames.Name,
                Detail = Texts.Format("Write.NameLength", Invariant(NamingRules.AdNameLength), Invariant(dn.Name.Length)),
            };
        }

        return Wrong(AttributeNames.Name, NameChecks.WhyNotName(dn.Name));
    }

    /// <summary>On a create the name may stand among the attributes, as long as it says what the DN says (the server: 34, RDN mismatch).</summary>
    private static DirectoryError.InvalidValue? WhyNotRdn(DirectoryWrite.CreateGroup create)
    {
        var name = DistinguishedName.Parse(create.Dn).Name;
        return create.Attributes.Any(attribute => CreateRequest.IsName(attribute.Attribute) && attribute.Values is [var value] && value != name)
            ? new DirectoryError.InvalidValue { Attribute = AttributeNames.Name, ServerText = create.Dn }
            : null;
    }

    private static DirectoryError? WhyNotAttribute(AttributeWrite write, AttributeCatalog catalog, bool isCreate)
    {
        var name = write.Attribute;
        if (isCreate && CreateRequest.IsName(name))
        {
            return null;
        }

        var isKnown = catalog.TryGet(name, out var definition);
        if (name.Length == 0 || !char.IsAsciiLetter(name[0]) || !name.All(character => char.IsAsciiLetterOrDigit(character) || character == '-')
            || definition?.KeptBy is KeptBy.Portal or KeptBy.Wire)
        {
            return new DirectoryError.UnknownAttribute { Attribute = name };
        }

        if (CreateRequest.IsName(name) || definition is { IsWritable: false })
        {
            return new DirectoryError.ReadOnlyAttribute { Attribute = definition?.Name ?? name };
        }

        if (write.Values.Any(string.IsNullOrEmpty)
            || (write.Values.Count == 0 && !isCreate && Required.Contains(name))
            || (isKnown && !definition!.IsMultiValued && write.Values.Count > 1))
        {
            return new DirectoryError.InvalidValue { Attribute = definition?.Name ?? name };
        }

        var isAccountName = string.Equals(name, AttributeNames.AccountName, StringComparison.OrdinalIgnoreCase);
        var code = write.Values
            .Select(value => isAccountName ? NameChecks.WhyNotAccountName(value) : NameChecks.WhyNotText(value, definition?.AllowsLines ?? true))
            .FirstOrDefault(code => code is not null);
        return Wrong(definition?.Name ?? name, code);
    }

    private static DirectoryError.InvalidValue? Wrong(string attribute, string? code) =>
        code is null ? null : new DirectoryError.InvalidValue { Attribute = attribute, Detail = Texts.Format("Problem." + code) };

    private static DirectoryError? First<T>(IEnumerable<T> items, Func<T, DirectoryError?> check) =>
        items.Select(check).FirstOrDefault(error => error is not null);

    private static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);
}
