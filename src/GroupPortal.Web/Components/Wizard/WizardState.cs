using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Components.Criteria;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>
/// What the steps share: the draft, its store, and what is wrong with it. All rules are the planner's own; here is only
/// decided when a problem is shown: once its field has been left, or once somebody wanted to go on.
/// </summary>
public sealed class WizardState(GroupDraft draft, Person person, StoreRegistry stores)
{
    private readonly HashSet<string> _touched = [];
    private readonly HashSet<WizardStep> _tried = [];

    // What was chosen in another store is not lost by looking at this one.
    private readonly Dictionary<int, OfStore> _ofOtherStores = [];

    public GroupDraft Draft => draft;

    public Person Person => person;

    public IDirectory Directory { get; private set; } = null!;

    public StoreSettings Settings { get; private set; } = null!;

    public IdentityStore Store => Directory.Store;

    public StoreCapabilities Capabilities => Directory.Capabilities;

    /// <summary>The rule while it is written; after each change of it <see cref="KeepRule"/>.</summary>
    public RuleDraft Rule { get; private set; } = null!;

    public IReadOnlyList<WizardStep> Steps => WizardSteps.For(Draft.Membership);

    /// <summary>What is typed as a schedule is none yet; the field itself says why.</summary>
    public bool ScheduleIsBroken { get; set; }

    public NameCheck Names { get; private set; } = NameCheck.None;

    /// <summary>Everything that is wrong, shown or not.</summary>
    public IReadOnlyList<Problem> Problems { get; private set; } = [];

    /// <summary>Which names come of the typed one.</summary>
    public ResultingNames Preview => Settings.Naming.Preview(Draft.Name);

    /// <summary>The raw group type, in the store kind's own meaning.</summary>
    public int GroupType => Store.Kind == StoreKind.ActiveDirectory
        ? new AdGroupType(Draft.Scope, Draft.IsSecurity).Value
        : (int)Draft.EntraType;

    /// <summary>In Entra ID always; in Active Directory where Exchange has prepared the schema.</summary>
    public bool HasMailNickname => Store.Kind == StoreKind.EntraId || Capabilities.HasMailNickname;

    /// <summary>The mail nickname as it would be written.</summary>
    public string MailNickname => Draft.MailNickname ?? Preview.MailNickname;

    /// <summary>Where mail for the group would go; Exchange may add further addresses to it.</summary>
    public string MailAddress => $"{MailNickname}@{MailDomain}";

    public string Container => Draft.Container ?? Settings.DefaultContainer;

    /// <summary>Whether the draft's store is still configured; the first time, and whenever the store changes.</summary>
    public bool TryUseStore(int id)
    {
        if (!stores.TryGet(id, out var directory))
        {
            return false;
        }

        if (Directory is not null && id != Draft.StoreId)
        {
            _ofOtherStores[Draft.StoreId] = new OfStore(Draft.Members, Draft.Owners, Draft.Container, Draft.Membership, Draft.Rule);
            (Draft.Members, Draft.Owners, Draft.Container, Draft.Membership, Draft.Rule) = _ofOtherStores.GetValueOrDefault(id, new OfStore([], [], null, WithoutEntra(Draft.Membership), null));
        }

        Directory = directory;
        Settings = stores.SettingsOf(id);
        (Draft.StoreId, Draft.StoreKind) = (id, directory.Store.Kind);
        if (!HasMailNickname)
        {
            // Empty rather than null: where the schema has no such attribute, none follows the name.
            Draft.MailNickname = "";
        }
        else if (Draft.MailNickname?.Length == 0)
        {
            Draft.MailNickname = null;
        }

        Names = NameCheck.None;
        Rule = Draft.Rule is { } saved ? new RuleDraft(directory.Vocabulary, saved) : new RuleDraft(directory.Vocabulary);
        KeepRule();
        Refresh();
        return true;
    }

    /// <summary>Takes the rule over into the draft; true when it is another than before.</summary>
    public bool KeepRule()
    {
        var before = (Draft.Rule, Draft.MembershipRule);
        Draft.Rule = Rule.Saved;
        var written = Rule.Write(CriteriaLanguage.Entra);
        Draft.MembershipRule = Draft.Rule.IsWhole && written is { IsExact: true, Text.Length: > 0 } && Rule.ObjectTypes is [QueryObjectType.Users] or [QueryObjectType.Devices]
            ? Rule.TextOf(CriteriaLanguage.Entra)
            : null;
        return before.MembershipRule != Draft.MembershipRule || !AreSame(before.Rule, Draft.Rule);
    }

    /// <summary>Judges the draft anew; after every change.</summary>
    public void Refresh()
    {
        var problems = DraftChecks.ProblemsOf(Draft, Rule, Directory, Settings, person, Names.Taken);
        Problems = ScheduleIsBroken && Draft.Membership == Membership.Smart
            ? [.. problems, new Problem(AttributeNames.Schedule, "ScheduleBroken", ProblemScope.Request)]
            : problems;
    }

    public void Answer(NameCheck names)
    {
        Names = names;
        Refresh();
    }

    /// <summary>The names to look up, or null when there is nothing to ask or an answer would not matter.</summary>
    public NameQuery? NamesToCheck() => DraftChecks.NamesOf(Draft, Directory, Settings, person);

    /// <summary>The field has been left: what is wrong with it may be said.</summary>
    public void Touch(string field) => _touched.Add(field);

    /// <summary>Somebody wants to leave the step forwards: everything wrong on it is said. True when nothing is.</summary>
    public bool TryLeave(WizardStep step)
    {
        _tried.Add(step);
        return !Problems.Any(problem => WizardSteps.Of(problem) == step);
    }

    /// <summary>The problem to show beside a field, or null.</summary>
    public Problem? Shown(string field) => Problems.FirstOrDefault(problem =>
        string.Equals(problem.Field, field, StringComparison.OrdinalIgnoreCase)
        && (_touched.Contains(field) || _tried.Contains(WizardSteps.Of(problem))));

    /// <summary>The first step before <paramref name="step"/> that has something to put right; else <paramref name="step"/>.</summary>
    public WizardStep FirstOpen(WizardStep step) =>
        Problems.Select(WizardSteps.Of).Where(one => one < step).DefaultIfEmpty(step).Min();

    /// <summary>The naming context of a tenant is its domain: DC=example,DC=onmicrosoft,DC=com.</summary>
    private string MailDomain
    {
        get
        {
            var labels = new List<string>();
            for (var level = DistinguishedName.TryParse(Store.BaseDn, out var name) ? name : null; level is not null; level = level.Parent)
            {
                labels.Add(level.Name);
            }

            return labels.Count > 0 ? string.Join('.', labels) : Store.Name;
        }
    }

    // Entra ID's own rules are only there.
    private static Membership WithoutEntra(Membership membership) => membership == Membership.Dynamic ? Membership.Smart : membership;

    private static bool AreSame(DraftRule? one, DraftRule? other) => one is not null && other is not null
        && (one.Text, one.Language, one.IsWhole, one.Broken) == (other.Text, other.Language, other.IsWhole, other.Broken)
        && one.ObjectTypes.SequenceEqual(other.ObjectTypes) && one.StartPaths.SequenceEqual(other.StartPaths)
        && one.Include.SequenceEqual(other.Include) && one.Exclude.SequenceEqual(other.Exclude);

    private sealed record OfStore(List<PickedObject> Members, List<PickedObject> Owners, string? Container, Membership Membership, DraftRule? Rule);
}
