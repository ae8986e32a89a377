using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Tests.Groups;

public sealed class GroupDraftTests
{
    private static readonly PickedObject Uma = new(Guid.NewGuid(), ObjectKind.User, "Uma Devi", "");

    private readonly GroupDraft _draft = new()
    {
        StoreKind = StoreKind.ActiveDirectory,
        Name = "Sales",
        Members = [Uma],
        Schedule = "daily 06:30",
        MembershipRule = "user.department -eq \"Sales\"",
        Rule = new DraftRule("(department Is Exactly \"Sales\")", CriteriaLanguage.GroupId) { IsWhole = true, Exclude = [new MembershipException(Uma.Id, "left", null, "ada")] },
    };

    [Fact]
    public void Where_people_choose_the_members_there_is_no_word_of_a_rule()
    {
        Assert.Equal([Uma.Id.ToString("D")], Assert.Single(Request().Members).References);
        Assert.DoesNotContain(Request().Attributes, change => AttributeNames.IsOfRule(change.Name) || change.Name is AttributeNames.ManagedGroupType or AttributeNames.MembershipRule);
    }

    [Fact]
    public void A_smart_group_has_its_rule_and_its_schedule_and_nobody_by_hand()
    {
        _draft.Membership = Membership.Smart;

        Assert.Empty(Request().Members);
        Assert.Equal("2", Value(AttributeNames.ManagedGroupType));
        Assert.Equal("(department Is Exactly \"Sales\")", Value(AttributeNames.Criteria));
        Assert.Equal("6", Value(AttributeNames.ObjectTypes));
        Assert.Equal($"{Uma.Id}||ada|left", Value(AttributeNames.Exclude));
        Assert.Equal("daily 06:30", Value(AttributeNames.Schedule));
        // A new group has nothing to clear.
        Assert.All(Request().Attributes, change => Assert.NotEmpty(change.Values));
    }

    [Fact]
    public void Half_a_rule_is_none_so_that_the_planner_misses_it()
    {
        _draft.Membership = Membership.Smart;
        _draft.Rule = _draft.Rule! with { IsWhole = false };

        Assert.Equal("2", Value(AttributeNames.ManagedGroupType));
        Assert.Null(Value(AttributeNames.Criteria));
    }

    [Fact]
    public void Options_of_a_mailbox_are_asked_for_where_there_is_one()
    {
        _draft.Options = [AttributeNames.HideFromOutlook, AttributeNames.AllowExternalSenders, "hidden by an older version"];
        Assert.Empty(Options());

        (_draft.StoreKind, _draft.EntraType) = (StoreKind.EntraId, EntraGroupType.Security);
        Assert.Empty(Options());

        _draft.EntraType = EntraGroupType.Teams;
        Assert.Equal([AttributeNames.AllowExternalSenders, AttributeNames.HideFromOutlook], Options());

        IEnumerable<string> Options() => Request().Attributes.Where(change => change.Values is ["true"]).Select(change => change.Name);
    }

    [Fact]
    public void A_dynamic_group_has_the_text_for_Entra_and_nothing_of_the_portals_rule()
    {
        _draft.StoreKind = StoreKind.EntraId;
        _draft.Membership = Membership.Dynamic;

        Assert.Equal("user.department -eq \"Sales\"", Value(AttributeNames.MembershipRule));
        Assert.DoesNotContain(Request().Attributes, change => AttributeNames.IsOfRule(change.Name) || change.Name == AttributeNames.ManagedGroupType);
        Assert.Empty(Request().Members);
    }

    private GroupRequest Request() => _draft.ToRequest(new NamingRules());

    private string? Value(string attribute) => Request().Attributes.FirstOrDefault(change => change.Name == attribute)?.Values[0];
}
