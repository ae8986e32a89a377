using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Components.Groups;

/// <summary>The details of a group while somebody edits them; only what differs from what stood becomes a wish.</summary>
public sealed class GroupEdit
{
    private readonly GroupView _view;

    public GroupEdit(GroupView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        _view = view;
        var group = view.Group;
        Name = IsActiveDirectory ? group.Name : group.Label;
        AccountName = Stands(AttributeNames.AccountName);
        DisplayName = Stands(AttributeNames.DisplayName);
        Description = Stands(AttributeNames.Description);
        Mail = Stands(AttributeNames.Mail);
        MailNickname = Stands(AttributeNames.MailNickname);
        Information = Stands(AttributeNames.Information);
        SecurityType = group.SecurityType;
        Container = StandingContainer;
        if (AdGroupType.TryFrom(group.GroupType, out var type))
        {
            (Scope, IsSecurity) = (type.Scope, type.IsSecurity);
        }
    }

    /// <summary>In Entra ID the name is the display name.</summary>
    public string Name { get; set; }

    /// <summary>Active Directory's short name; a group there always has one.</summary>
    public string AccountName { get; set; }

    public string DisplayName { get; set; }

    public string Description { get; set; }

    public string Mail { get; set; }

    public string MailNickname { get; set; }

    public string Information { get; set; }

    public GroupSecurityType SecurityType { get; set; }

    public AdGroupScope Scope { get; set; }

    public bool IsSecurity { get; set; }

    public string Container { get; set; }

    public bool IsActiveDirectory => _view.Store.Kind == StoreKind.ActiveDirectory;

    /// <summary>The nickname is an attribute only where Exchange has extended the schema.</summary>
    public bool HasNickname => !IsActiveDirectory || _view.Capabilities.HasMailNickname;

    private string StandingContainer => DistinguishedName.Parse(_view.Group.Dn).Parent?.ToString() ?? "";

    /// <summary>Whether the directory lets a group go from the scope it has to this one.</summary>
    public bool MayBecome(AdGroupScope scope) =>
        !AdGroupType.TryFrom(_view.Group.GroupType, out var standing) || MembershipRules.WhyNotTypeChange(standing, standing with { Scope = scope }) is null;

    /// <summary>The wish, or null where nothing differs.</summary>
    public GroupRequest? ToRequest()
    {
        var changes = new List<AttributeChange>();
        Change(AttributeNames.Description, Description);
        Change(AttributeNames.Information, Information);
        if (HasNickname)
        {
            Change(AttributeNames.MailNickname, MailNickname);
        }

        if (SecurityType != _view.Group.SecurityType)
        {
            changes.Add(new AttributeChange(AttributeNames.SecurityType, ChangeMode.Set, [SecurityType.Wire()]));
        }

        var request = _view.Change();
        if (IsActiveDirectory)
        {
            Change(AttributeNames.AccountName, AccountName);
            Change(AttributeNames.DisplayName, DisplayName);
            Change(AttributeNames.Mail, Mail);
            var type = new AdGroupType(Scope, IsSecurity);
            if (AdGroupType.TryFrom(_view.Group.GroupType, out var standing) && type != standing)
            {
                changes.Add(new AttributeChange(AttributeNames.GroupType, ChangeMode.Set, [type.Text]));
            }

            request = request with
            {
                Name = Name.Trim() == _view.Group.Name ? null : Name.Trim(),
                Container = Container == StandingContainer ? null : Container,
            };
        }
        else if (Name.Trim() != _view.Group.Label)
        {
            request = request with { Name = Name.Trim() };
        }

        request = request with { Attributes = changes };
        return changes.Count > 0 || request.Name is not null || request.Container is not null ? request : null;

        void Change(string attribute, string text)
        {
            // Line ends of a text area come as \n; the directory's may be \r\n. An untouched field is no wish.
            var (wanted, stands) = (text.Trim(), Stands(attribute));
            if (wanted.ReplaceLineEndings("\n") != stands.ReplaceLineEndings("\n"))
            {
                changes.Add(new AttributeChange(attribute, ChangeMode.Set, wanted.Length == 0 ? [] : [wanted]));
            }
        }
    }

    private string Stands(string attribute) => _view.Group.Attributes.First(attribute) ?? "";
}
