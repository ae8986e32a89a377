using System.Globalization;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

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

/// <summary>The pages of the wizard, in order. Which of them there are depends on who decides the members.</summary>
public enum DraftStep
{
    Type,
    Details,

    /// <summary>Where people choose the members.</summary>
    Members,

    /// <summary>Where a rule does, the portal's or Entra ID's.</summary>
    Rule,
    Owners,

    /// <summary>When the portal applies its rule by itself.</summary>
    Schedule,
    Review,
}

/// <summary>A text of criteria that cannot be read yet.</summary>
public sealed record DraftText(CriteriaLanguage Language, string Text);

/// <summary>A rule as far as it has been written: nothing that was typed is lost, and only a whole one is ever asked for.</summary>
/// <param name="Text">The last criteria that could be read.</param>
public sealed record DraftRule(string Text, CriteriaLanguage Language)
{
    /// <summary>Whether it says whom it means: every text reads, no condition waits for its value, and there is one.</summary>
    public bool IsWhole { get; init; }

    /// <summary>What was typed since and cannot be read; null while everything reads.</summary>
    public DraftText? Broken { get; init; }

    public IReadOnlyList<QueryObjectType> ObjectTypes { get; init; } = [QueryObjectType.Users];

    public IReadOnlyList<StartPath> StartPaths { get; init; } = [];

    public IReadOnlyList<MembershipException> Include { get; init; } = [];

    public IReadOnlyList<MembershipException> Exclude { get; init; } = [];
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

    /// <summary>Who decides the members: what is wished for; <see cref="Members"/> and <see cref="Rule"/> are kept whichever is chosen.</summary>
    public Membership Membership { get; set; } = Membership.Static;

    /// <summary>Null before anything was written of it.</summary>
    public DraftRule? Rule { get; set; }

    /// <summary>The same rule as Entra ID takes it; null while it cannot say it.</summary>
    public string? MembershipRule { get; set; }

    /// <summary>Which of <see cref="AttributeNames.OptionsOfUnified"/> are switched on; kept while another type is looked at, and asked for of Microsoft 365 groups and teams only.</summary>
    public List<string> Options { get; set; } = [];

    /// <summary>A value of XUpdateSchedule; null leaves it to the container.</summary>
    public string? Schedule { get; set; }

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
        if (StoreKind == StoreKind.EntraId && EntraType.IsUnified())
        {
            foreach (var option in AttributeNames.OptionsOfUnified.Where(Options.Contains))
            {
                Set(option, "true");
            }
        }

        Set(AttributeNames.SecurityType, SecurityType.Wire());
        if (Membership == Membership.Smart)
        {
            attributes.AddRange(RuleChanges());
            Set(AttributeNames.Schedule, Schedule);
        }
        else if (Membership == Membership.Dynamic)
        {
            Set(AttributeNames.MembershipRule, MembershipRule);
        }

        return new GroupRequest
        {
            Kind = PlanKind.Create,
            Name = names.Name,
            Container = Container,
            Attributes = attributes,
            Members = Membership == Membership.Static ? References(Members) : [],
            Owners = References(Owners),
            IsStrict = true,
        };
    }

    /// <summary>A rule that is not whole is none: the planner says that it is missing.</summary>
    private IReadOnlyList<AttributeChange> RuleChanges() => Rule is { IsWhole: true } rule
        ? [.. SmartRules.Changes(rule.Text, rule.Language, rule.ObjectTypes, rule.StartPaths, rule.Include, rule.Exclude).Where(change => change.Values.Count > 0)]
        : [new AttributeChange(AttributeNames.ManagedGroupType, ChangeMode.Set, ["2"])];

    private static IReadOnlyList<ReferenceChange> References(List<PickedObject> picked) =>
        picked.Count == 0 ? [] : [new ReferenceChange(ChangeMode.Set, [.. picked.Select(one => one.Id.ToString("D"))])];
}
