using GroupPortal.Core.Access;
using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Tests.Access;

/// <summary>One row per cell of the policy's table.</summary>
public sealed class AccessPolicyTests
{
    private static readonly StoreAccess Open = new();

    public static TheoryData<PortalRole, GroupRelation, GroupActions, GroupSecurityType, AccessVerdict> Cells()
    {
        var cells = new TheoryData<PortalRole, GroupRelation, GroupActions, GroupSecurityType, AccessVerdict>();
        GroupActions[] changes = [GroupActions.ChangeDetails, GroupActions.ChangeMembers, GroupActions.ChangeOwners, GroupActions.Move, GroupActions.Delete, GroupActions.DefineRule, GroupActions.UpdateMembers];
        foreach (var security in Enum.GetValues<GroupSecurityType>())
        {
            foreach (var change in changes)
            {
                cells.Add(PortalRole.Administrator, GroupRelation.None, change, security, AccessVerdict.Allow);
                cells.Add(PortalRole.Helpdesk, GroupRelation.None, change, security, AccessVerdict.Allow);
                cells.Add(PortalRole.User, GroupRelation.Owner, change, security, AccessVerdict.Allow);
                cells.Add(PortalRole.User, GroupRelation.Owner | GroupRelation.Member, change, security, AccessVerdict.Allow);
                cells.Add(PortalRole.User, GroupRelation.Member, change, security, AccessVerdict.Deny);
                cells.Add(PortalRole.User, GroupRelation.None, change, security, AccessVerdict.Deny);
            }

            foreach (var relation in new[] { GroupRelation.None, GroupRelation.Member, GroupRelation.Owner })
            {
                cells.Add(PortalRole.Administrator, relation, GroupActions.ApproveUpdate, security, AccessVerdict.Allow);
                cells.Add(PortalRole.Helpdesk, relation, GroupActions.ApproveUpdate, security, AccessVerdict.Allow);
                cells.Add(PortalRole.User, relation, GroupActions.ApproveUpdate, security, AccessVerdict.Deny);
                cells.Add(PortalRole.Administrator, relation, GroupActions.SetSchedules, security, AccessVerdict.Allow);
                cells.Add(PortalRole.Helpdesk, relation, GroupActions.SetSchedules, security, AccessVerdict.Deny);
                cells.Add(PortalRole.User, relation, GroupActions.SetSchedules, security, AccessVerdict.Deny);
                foreach (var action in new[] { GroupActions.AssignLicences, GroupActions.SetExpiration })
                {
                    cells.Add(PortalRole.Administrator, relation, action, security, AccessVerdict.Allow);
                    cells.Add(PortalRole.Helpdesk, relation, action, security, AccessVerdict.Deny);
                    cells.Add(PortalRole.User, relation, action, security, AccessVerdict.Deny);
                }

            }

            foreach (var role in Enum.GetValues<PortalRole>())
            {
                cells.Add(role, GroupRelation.None, GroupActions.See, security, AccessVerdict.Allow);
            }
        }

        foreach (var join in new[] { GroupActions.Join, GroupActions.Leave })
        {
            cells.Add(PortalRole.User, GroupRelation.None, join, GroupSecurityType.Public, AccessVerdict.Allow);
            cells.Add(PortalRole.User, GroupRelation.None, join, GroupSecurityType.SemiPrivate, AccessVerdict.NeedsApproval);
            cells.Add(PortalRole.User, GroupRelation.Member, join, GroupSecurityType.SemiPrivate, AccessVerdict.NeedsApproval);
            cells.Add(PortalRole.User, GroupRelation.None, join, GroupSecurityType.Private, AccessVerdict.Deny);
            cells.Add(PortalRole.User, GroupRelation.Owner, join, GroupSecurityType.Private, AccessVerdict.Allow);
            cells.Add(PortalRole.Helpdesk, GroupRelation.None, join, GroupSecurityType.Private, AccessVerdict.Allow);
            cells.Add(PortalRole.Administrator, GroupRelation.None, join, GroupSecurityType.Private, AccessVerdict.Allow);
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void The_table_says_who_may_do_what(PortalRole role, GroupRelation relation, GroupActions action, GroupSecurityType security, AccessVerdict expected)
    {
        var decision = AccessPolicy.Decide(role, relation, action, new AccessSubject(security, IsProtected: false, Membership.Static), Open);

        Assert.Equal(expected, decision.Verdict);
        Assert.Equal(expected == AccessVerdict.Allow, decision.Message.Length == 0);
    }

    /// <summary>Of a smart group the rule is for its owner, its members for nobody but the rule.</summary>
    [Theory]
    [InlineData(GroupActions.DefineRule, AccessVerdict.Allow)]
    [InlineData(GroupActions.UpdateMembers, AccessVerdict.Allow)]
    [InlineData(GroupActions.ApproveUpdate, AccessVerdict.Deny)]
    [InlineData(GroupActions.ChangeDetails, AccessVerdict.Allow)]
    [InlineData(GroupActions.ChangeMembers, AccessVerdict.Deny)]
    [InlineData(GroupActions.Join, AccessVerdict.Deny)]
    public void An_owner_of_a_smart_group_has_its_rule_and_not_its_members(GroupActions action, AccessVerdict expected) =>
        Assert.Equal(expected, AccessPolicy.Decide(
            PortalRole.User, GroupRelation.Owner, action, new AccessSubject(GroupSecurityType.Public, IsProtected: false, Membership.Smart), Open).Verdict);

    [Theory]
    [InlineData(PortalRole.User)]
    [InlineData(PortalRole.Helpdesk)]
    [InlineData(PortalRole.Administrator)]
    public void A_protected_group_is_changed_by_nobody(PortalRole role)
    {
        var subject = new AccessSubject(GroupSecurityType.Public, IsProtected: true, Membership.Static);
        var changes = Enum.GetValues<GroupActions>().Where(action => action is not (GroupActions.None or GroupActions.See or GroupActions.UpdateMembers or GroupActions.ApproveUpdate));

        Assert.All(changes, action =>
            Assert.Equal(AccessVerdict.Deny, AccessPolicy.Decide(role, GroupRelation.Owner, action, subject, Open).Verdict));
    }

    /// <summary>The guard holds each of its updates; two administrators, and nobody else, let one go on.</summary>
    [Theory]
    [InlineData(PortalRole.User, AccessVerdict.Deny)]
    [InlineData(PortalRole.Helpdesk, AccessVerdict.Deny)]
    [InlineData(PortalRole.Administrator, AccessVerdict.Allow)]
    public void The_rule_of_a_protected_group_is_followed_by_administrators(PortalRole role, AccessVerdict expected)
    {
        var subject = new AccessSubject(GroupSecurityType.Public, IsProtected: true, Membership.Smart);

        Assert.Equal(expected, AccessPolicy.Decide(role, GroupRelation.Owner, GroupActions.UpdateMembers, subject, Open).Verdict);
        Assert.Equal(expected, AccessPolicy.Decide(role, GroupRelation.Owner, GroupActions.ApproveUpdate, subject, Open).Verdict);
    }

    [Theory]
    [InlineData(PortalRole.User, AccessVerdict.Deny)]
    [InlineData(PortalRole.Helpdesk, AccessVerdict.Allow)]
    [InlineData(PortalRole.Administrator, AccessVerdict.Allow)]
    public void A_store_can_reserve_creation(PortalRole role, AccessVerdict expected) =>
        Assert.Equal(expected, AccessPolicy.Decide(role, GroupRelation.None, GroupActions.Create, AccessSubject.New, new StoreAccess(UsersMayCreate: false)).Verdict);

    [Fact]
    public void Anybody_creates_where_the_store_allows_it() =>
        Assert.Equal(AccessVerdict.Allow, AccessPolicy.Decide(PortalRole.User, GroupRelation.None, GroupActions.Create, AccessSubject.New, Open).Verdict);

    [Theory]
    [InlineData(Membership.Smart)]
    [InlineData(Membership.Dynamic)]
    public void Members_that_a_rule_decides_are_not_changed_by_hand(Membership membership)
    {
        var subject = new AccessSubject(GroupSecurityType.Public, IsProtected: false, membership);

        Assert.Equal(AccessVerdict.Deny, AccessPolicy.Decide(PortalRole.Administrator, GroupRelation.Owner, GroupActions.ChangeMembers, subject, Open).Verdict);
        Assert.Equal(AccessVerdict.Allow, AccessPolicy.Decide(PortalRole.Administrator, GroupRelation.Owner, GroupActions.ChangeDetails, subject, Open).Verdict);
    }

    [Fact]
    public void Of_several_actions_the_strictest_word_counts()
    {
        var subject = new AccessSubject(GroupSecurityType.SemiPrivate, IsProtected: false, Membership.Static);

        var decision = AccessPolicy.Decide(PortalRole.User, GroupRelation.None, GroupActions.Join | GroupActions.ChangeDetails, subject, Open);

        Assert.Equal(AccessVerdict.Deny, decision.Verdict);
    }
}
