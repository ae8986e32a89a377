using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Access;

/// <summary>What a person may do with a group now; for pages that show or hide. Plan and apply ask for themselves.</summary>
public sealed class GroupAccess
{
    /// <summary>What the person is to the group, by its present owners and members.</summary>
    public Task<DirectoryAnswer<GroupRelation>> RelationAsync(int storeId, GroupState group, Person person, CancellationToken cancellation) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public AccessDecision Decide(int storeId, GroupState group, Person person, GroupRelation relation, GroupActions action) =>
        throw new InvalidOperationException("Comes with the next commit.");

    public AccessDecision DecideCreate(int storeId, Person person) =>
        throw new InvalidOperationException("Comes with the next commit.");
}
