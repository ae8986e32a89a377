using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Access;

/// <summary>What a person may do with a group now; for pages that show or hide. Plan and apply ask for themselves.</summary>
public sealed class GroupAccess(StoreRegistry stores, PersonLookup people)
{
    /// <summary>What the person is to the group, by its present owners and members.</summary>
    public async Task<DirectoryAnswer<GroupRelation>> RelationAsync(int storeId, GroupState group, Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(group);
        var found = await people.FindAsync(storeId, person, cancellation);
        if (found is not DirectoryAnswer<DirectoryObject?>.Ok(DirectoryObject self) || !stores.TryGet(storeId, out var directory))
        {
            return found.Map(_ => GroupRelation.None);
        }

        var relation = group.Owners.Any(owner => owner.Id == self.Id) ? GroupRelation.Owner : GroupRelation.None;
        var member = await directory.WhichAreMembersAsync(group.Id, [self.Id], cancellation);
        return member.Map(ids => ids.Count > 0 ? relation | GroupRelation.Member : relation);
    }

    public AccessDecision Decide(int storeId, GroupState group, Person person, GroupRelation relation, GroupActions action)
    {
        ArgumentNullException.ThrowIfNull(group);
        ArgumentNullException.ThrowIfNull(person);
        var subject = new AccessSubject(group.SecurityType, group.IsProtected, group.Membership);
        return AccessPolicy.Decide(person.Role, relation, action, subject, stores.SettingsOf(storeId).Access);
    }

    /// <param name="actions">What the new group gets beside coming into being; see <see cref="Core.Plans.GroupPlanner.ActionsOf(Core.Plans.GroupPlan, Guid?)"/>.</param>
    public AccessDecision DecideCreate(int storeId, Person person, GroupActions actions = GroupActions.Create)
    {
        ArgumentNullException.ThrowIfNull(person);
        return AccessPolicy.Decide(person.Role, GroupRelation.None, actions | GroupActions.Create, AccessSubject.New, stores.SettingsOf(storeId).Access);
    }

    /// <summary>Whether a person may say which groups of a tenant expire, and when.</summary>
    public AccessDecision DecideExpiration(int storeId, Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return AccessPolicy.Decide(person.Role, GroupRelation.None, GroupActions.SetExpiration, AccessSubject.New, stores.SettingsOf(storeId).Access);
    }

    /// <summary>Whether a person may have deleted groups back, and see which there are: who may delete any.</summary>
    public AccessDecision DecideRestore(int storeId, Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return AccessPolicy.Decide(person.Role, GroupRelation.None, GroupActions.Delete, AccessSubject.New, stores.SettingsOf(storeId).Access);
    }

    /// <summary>Whether a person may say when the smart groups of containers are updated.</summary>
    public AccessDecision DecideSchedules(int storeId, Person person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return AccessPolicy.Decide(person.Role, GroupRelation.None, GroupActions.SetSchedules, AccessSubject.New, stores.SettingsOf(storeId).Access);
    }
}
