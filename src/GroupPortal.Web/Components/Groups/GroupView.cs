using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Web.Components.Groups;

/// <summary>A group as one person looks at it: what stands, and what that person may do with it.</summary>
public sealed record GroupView(IdentityStore Store, StoreCapabilities Capabilities, GroupState Group, Person Person, IReadOnlyDictionary<GroupActions, AccessDecision> Decisions)
{
    /// <summary>The actions that the page offers.</summary>
    public static IReadOnlyList<GroupActions> Actions { get; } =
        [GroupActions.ChangeDetails, GroupActions.ChangeMembers, GroupActions.ChangeOwners, GroupActions.Move, GroupActions.Delete, GroupActions.DefineRule, GroupActions.UpdateMembers,
        GroupActions.AssignLicences, GroupActions.SetExpiration];

    /// <summary>Whether the group is written somewhere else: then it is only looked at here, by whomever.</summary>
    public bool IsReadOnly => Group.Authority != GroupAuthority.Directory;

    public bool May(GroupActions action) => !IsReadOnly && Decisions[action].Verdict == AccessVerdict.Allow;

    /// <summary>Why not, in a sentence; empty where it may be done.</summary>
    public string WhyNot(GroupActions action) =>
        GroupAuthorities.WhyNotWritten(Group.Authority, string.Empty, ProblemScope.Request)?.Message ?? Decisions[action].Message;

    /// <summary>A change of this group as it was seen: if somebody else changes it first, that is said.</summary>
    public GroupRequest Change() => new()
    {
        Kind = PlanKind.Update,
        GroupId = Group.Id,
        IsStrict = true,
        ExpectedETag = Group.Version.ETag,
    };

    public GroupRequest Deletion() => Change() with { Kind = PlanKind.Delete };
}
