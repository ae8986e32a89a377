using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Groups;

/// <summary>An object chosen in a picker: enough to show it again without asking the directory.</summary>
/// <param name="Detail">Title and department, a mail address: the second line in lists.</param>
public sealed record PickedObject(Guid Id, ObjectKind Kind, string Label, string Detail)
{
    /// <summary>Shown struck through where a disabled account was chosen.</summary>
    public bool Enabled { get; init; } = true;

    public static PickedObject From(DirectoryObject chosen)
    {
        var detail = string.Join(", ", new[] { chosen.Title, chosen.Department }.Where(text => !string.IsNullOrWhiteSpace(text)));
        return new PickedObject(chosen.Id, chosen.Kind, chosen.Label, detail.Length > 0 ? detail : chosen.Mail ?? chosen.Dn) { Enabled = chosen.Enabled };
    }
}

/// <summary>The pages of the wizard, in order.</summary>
public enum DraftStep
{
    Type,
    Details,
    Members,
    Owners,
    Review,
}

/// <summary>
/// What somebody has filled in so far of a new group; saved on the server at every step, so that a reload or a restart
/// loses nothing. Names left null follow the typed name.
/// </summary>
public sealed class GroupDraft
{
    public Guid Id { get; set; }

    public int StoreId { get; set; }

    public DraftStep Step { get; set; }

    /// <summary>The store kind decides which of the two types counts.</summary>
    public StoreKind StoreKind { get; set; }

    public bool IsSecurity { get; set; } = true;

    public AdGroupScope Scope { get; set; } = AdGroupScope.Global;

    /// <summary>Active Directory only: whether the group gets a mail nickname, or a mail address where the schema has none.</summary>
    public bool IsMailEnabled { get; set; }

    public EntraGroupType EntraType { get; set; } = EntraGroupType.Security;

    public string Name { get; set; } = string.Empty;

    public string? DisplayName { get; set; }

    public string? AccountName { get; set; }

    public string? MailNickname { get; set; }

    public string? Mail { get; set; }

    public string Description { get; set; } = string.Empty;

    public GroupSecurityType SecurityType { get; set; } = GroupSecurityType.Private;

    public string? Container { get; set; }

    public List<PickedObject> Members { get; set; } = [];

    public List<PickedObject> Owners { get; set; } = [];

    /// <summary>When it was last saved, UTC.</summary>
    public DateTimeOffset Saved { get; set; }

    /// <summary>The same wish as a request; the wizard is strict: nothing is written unless all of it can be.</summary>
    public GroupRequest ToRequest(NamingRules naming)
    {
        ArgumentNullException.ThrowIfNull(naming);
        var names = naming.Preview(Name);
        var attributes = new List<AttributeChange>();
        void Set(string attribute, string? value)
        {
            if (!string.IsNullOrWhiteSpace(value))
            {
                attributes.Add(new AttributeChange(attribute, ChangeMode.Set, [value.Trim()]));
            }
        }

        if (StoreKind == StoreKind.ActiveDirectory)
        {
            Set(AttributeNames.AccountName, AccountName ?? names.AccountName);
            Set(AttributeNames.DisplayName, DisplayName ?? names.Name);
            Set(AttributeNames.GroupType, new AdGroupType(Scope, IsSecurity).Text);
            if (IsMailEnabled)
            {
                Set(AttributeNames.MailNickname, MailNickname ?? names.MailNickname);
                Set(AttributeNames.Mail, Mail);
            }
        }
        else
        {
            Set(AttributeNames.GroupType, ((int)EntraType).ToString(CultureInfo.InvariantCulture));
            Set(AttributeNames.MailNickname, MailNickname ?? names.MailNickname);
        }

        Set(AttributeNames.Description, Description);
        Set(AttributeNames.SecurityType, SecurityType.Wire());
        return new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = names.Name,
            Container = Container,
            Attributes = attributes,
            Members = References(Members),
            Owners = References(Owners),
            IsStrict = true,
        };
    }

    private static IReadOnlyList<ReferenceChange> References(List<PickedObject> picked) =>
        picked.Count == 0 ? [] : [new ReferenceChange(ChangeMode.Set, [.. picked.Select(one => one.Id.ToString("D"))])];
}
