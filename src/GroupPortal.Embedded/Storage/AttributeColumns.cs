using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using GroupPortal.Core.Groups;

namespace GroupPortal.Embedded.Storage;

/// <summary>An attribute of groups that has a column of its own.</summary>
internal sealed record AttributeColumn(string Name, Func<StoredObject, string?> Read, Func<StoredObject, string?, StoredObject> Write)
{
    /// <summary>Where its values are found again; null for those that nobody looks for.</summary>
    public KeyField? Key { get; init; }
}

/// <summary>The attributes that have columns; all others are rows of <c>attribute_values</c>.</summary>
internal static class AttributeColumns
{
    private static readonly Dictionary<string, AttributeColumn> All = new AttributeColumn[]
    {
        new(AttributeNames.Name, group => group.Name, (group, value) => group with { Name = value! }) { Key = KeyField.Name },
        new(AttributeNames.DisplayName, group => group.DisplayName, (group, value) => group with { DisplayName = value }) { Key = KeyField.DisplayName },
        new(AttributeNames.AccountName, group => group.AccountName, (group, value) => group with { AccountName = value }) { Key = KeyField.AccountName },
        new(AttributeNames.Mail, group => group.Mail, (group, value) => group with { Mail = value }) { Key = KeyField.Mail },
        new(AttributeNames.MailNickname, group => group.MailNickname, (group, value) => group with { MailNickname = value }) { Key = KeyField.MailNickname },
        new(AttributeNames.Description, group => group.Description, (group, value) => group with { Description = value }),
        new(AttributeNames.GroupType,
            group => group.GroupType?.ToString(CultureInfo.InvariantCulture),
            (group, value) => group with { GroupType = int.Parse(value!, CultureInfo.InvariantCulture) }),
        new("company", group => group.Company, (group, value) => group with { Company = value }),
    }.ToDictionary(column => column.Name, StringComparer.OrdinalIgnoreCase);

    public static bool TryGet(string attribute, [NotNullWhen(true)] out AttributeColumn? column) => All.TryGetValue(attribute, out column);

    public static IEnumerable<KeyValuePair<string, IReadOnlyList<string>>> Present(StoredObject item) =>
        from column in All.Values
        let value = column.Read(item)
        where value is not null
        select new KeyValuePair<string, IReadOnlyList<string>>(column.Name, [value]);
}
