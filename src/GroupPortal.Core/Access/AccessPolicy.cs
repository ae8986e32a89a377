using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Access;

public enum PortalRole
{
    User,
    Helpdesk,
    Administrator,
}

/// <summary>Who asks.</summary>
/// <param name="Account">The account that signed in; the identity in history.</param>
public sealed record Person(string Account, string DisplayName, PortalRole Role);

/// <summary>What the person is to the group, by the directory's present owners and members.</summary>
[Flags]
public enum GroupRelation
{
    None = 0,
    Member = 1,
    Owner = 2,
}

/// <summary>What the person wants to do; a plan may need several.</summary>
[Flags]
public enum GroupActions
{
    None = 0,
    See = 1,
    Create = 2,
    ChangeDetails = 4,
    ChangeMembers = 8,
    ChangeOwners = 16,
    Move = 32,
    Delete = 64,

    /// <summary>Adds nobody but oneself.</summary>
    Join = 128,

    /// <summary>Removes nobody but oneself.</summary>
    Leave = 256,

    /// <summary>Says who decides the members, and by which rule.</summary>
    DefineRule = 512,

    /// <summary>Lets the rule of a smart group be applied now.</summary>
    UpdateMembers = 1024,

    /// <summary>Lets a plan that the guard holds go on, or drops it. Never the person who asked for it or wrote the rule.</summary>
    ApproveUpdate = 2048,

    /// <summary>Says when the smart groups of a container are updated.</summary>
    SetSchedules = 4096,

    /// <summary>Gives the members of a group licences, or takes them: they cost money.</summary>
    AssignLicences = 8192,

    /// <summary>Says which groups of a tenant expire, and when. Renewing one is for whoever may change it.</summary>
    SetExpiration = 16384,
}

/// <summary>What the policy needs to know of the group.</summary>
public sealed record AccessSubject(GroupSecurityType SecurityType, bool IsProtected, Membership Membership)
{
    /// <summary>A group that does not exist yet.</summary>
    public static AccessSubject New { get; } = new(GroupSecurityType.Private, IsProtected: false, Membership.Static);
}

/// <summary>What one store allows beyond the table.</summary>
/// <param name="UsersMayCreate">Whether ordinary people may create groups in it.</param>
public sealed record StoreAccess(bool UsersMayCreate = true);

/// <summary>
/// Who may do what: one table, asked when a plan is made and again when it is applied, by pages, API and jobs alike.
/// Whatever the table does not name is denied.
/// </summary>
public static class AccessPolicy
{
    /// <summary>Whether it matters to the table what the person is to the group; where not, nobody needs to find out.</summary>
    public static bool AsksRelation(PortalRole role) => role == PortalRole.User;

    public static AccessDecision Decide(PortalRole role, GroupRelation relation, GroupActions action, AccessSubject subject, StoreAccess store)
    {
        var decision = AccessDecision.Allowed;
        foreach (var single in Enum.GetValues<GroupActions>())
        {
            if (single == GroupActions.None || !action.HasFlag(single))
            {
                continue;
            }

            var one = DecideOne(role, relation, single, subject, store);
            if (one.Verdict > decision.Verdict)
            {
                decision = one;
            }
        }

        return decision;
    }

    private static AccessDecision DecideOne(PortalRole role, GroupRelation relation, GroupActions action, AccessSubject subject, StoreAccess store)
    {
        if (action == GroupActions.See)
        {
            return AccessDecision.Allowed;
        }

        // No role passes: what these groups grant is worth more than any convenience (AdminSDHolder, role-assignable groups).
        if (subject.IsProtected)
        {
            // Except that its rule is followed: the guard holds each such update until a second administrator has seen it.
            return role == PortalRole.Administrator && action is GroupActions.UpdateMembers or GroupActions.ApproveUpdate
                ? AccessDecision.Allowed
                : AccessDecision.Deny("Protected");
        }

        if (action == GroupActions.Create)
        {
            return role != PortalRole.User || store.UsersMayCreate ? AccessDecision.Allowed : AccessDecision.Deny("CreateNotAllowed");
        }

        // A rule decides these members; a change by hand would be undone by the next update.
        if (subject.Membership != Membership.Static && (action & (GroupActions.ChangeMembers | GroupActions.Join | GroupActions.Leave)) != GroupActions.None)
        {
            return AccessDecision.Deny("RuleDecides");
        }

        // Who owns a group writes its rule, and would approve his own mistake.
        if (action == GroupActions.ApproveUpdate)
        {
            return role is PortalRole.Administrator or PortalRole.Helpdesk ? AccessDecision.Allowed : AccessDecision.Deny("ApproveNotAllowed");
        }

        // It is the word for other people's groups, and for those that do not exist yet.
        if (action == GroupActions.SetSchedules)
        {
            return role == PortalRole.Administrator ? AccessDecision.Allowed : AccessDecision.Deny("SchedulesNotAllowed");
        }

        if (action == GroupActions.AssignLicences)
        {
            return role == PortalRole.Administrator ? AccessDecision.Allowed : AccessDecision.Deny("LicencesNotAllowed");
        }

        // Groups that expire are deleted.
        if (action == GroupActions.SetExpiration)
        {
            return role == PortalRole.Administrator ? AccessDecision.Allowed : AccessDecision.Deny("ExpirationNotAllowed");
        }

        if (role is PortalRole.Administrator or PortalRole.Helpdesk || relation.HasFlag(GroupRelation.Owner))
        {
            return AccessDecision.Allowed;
        }

        return action switch
        {
            GroupActions.Join or GroupActions.Leave => subject.SecurityType switch
            {
                GroupSecurityType.Public => AccessDecision.Allowed,
                GroupSecurityType.SemiPrivate => AccessDecision.Approval("OwnerApproves"),
                _ => AccessDecision.Deny("PrivateGroup"),
            },
            _ => AccessDecision.Deny("NotOwner"),
        };
    }
}
