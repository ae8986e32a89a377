using GroupPortal.ActiveDirectory.Reading;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>From a write and the group as it stands to the request that is missing, for writing and for reading back alike.</summary>
internal sealed class WritePreparation(Domain domain, PinnedServer server)
{
    /// <summary>What the preparation has to know of the group.</summary>
    public static IReadOnlyList<string> ReadsOf(DirectoryWrite write) => write switch
    {
        DirectoryWrite.ModifyGroup modify => [.. modify.Attributes.Select(attribute => attribute.Attribute)],
        DirectoryWrite.ChangeOwners => [PresentGroup.ManagedBy],
        _ => [],
    };

    /// <summary>
    /// The request without a look at the group, where the plan says of every value what stands: the server compares them in the
    /// request itself, and refuses it whole where one has changed. Null where it has to be looked at first.
    /// </summary>
    public static PreparedWrite? AsPlanned(DirectoryWrite write, WriteTarget target, AttributeCatalog catalog) => write switch
    {
        DirectoryWrite.ModifyGroup modify => ModifyRequest.AsPlanned(modify, target.GroupId, catalog),
        _ => null,
    };

    /// <param name="isAgain">What was taken for granted did not hold, or nothing may be.</param>
    public async Task<PreparedWrite> OfAsync(DirectoryWrite write, PresentGroup group, bool isAgain, CancellationToken cancellation) => write switch
    {
        DirectoryWrite.ModifyGroup modify => ModifyRequest.Of(modify, group, server.Catalog),
        DirectoryWrite.ChangeOwners owners => OwnerRequest.Of(owners, group),
        DirectoryWrite.MoveGroup move => MoveRequest.Of(move, group),
        DirectoryWrite.DeleteGroup delete => new PreparedWrite(new LdapRequest.Delete(group.Name), [StepOutcome.Done(delete.Step)]),
        DirectoryWrite.ChangeMembers members => await MembersAsync(members, group, isAgain, cancellation),
        _ => throw new InvalidOperationException($"No change of the kind {write.GetType().Name} is known."),
    };

    private async Task<PreparedWrite> MembersAsync(
        DirectoryWrite.ChangeMembers write, PresentGroup group, bool isAgain, CancellationToken cancellation) =>
        isAgain
            ? await MembersAmong.AskAsync(server.Searches, domain.BaseName, group.Dn.ToString(), group.Rid, write.Members.Select(member => member.Id), cancellation) switch
            {
                DirectoryAnswer<MembersAmong>.Ok(var present) => MemberRequest.Of(write, group, present),
                DirectoryAnswer<MembersAmong>.Failed(var error) => PreparedWrite.Refused(error),
                _ => throw new InvalidOperationException("Who is a member is known whole or not at all."),
            }
            : MemberRequest.Of(write, group, MemberRequest.AsPlanned(write));
}
