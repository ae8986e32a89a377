using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Embedded.Reading;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

/// <summary>Reads back whether a write whose answer was lost has been carried out.</summary>
internal static class Settling
{
    private static readonly DirectoryWriteAnswer.Refused NotCarriedOut = new(new DirectoryError.NotFound());

    public static DirectoryWriteAnswer Of(Session session, Rules.StoreRules rules, DirectoryWrite write, WriteTarget? target)
    {
        if (write is DirectoryWrite.CreateGroup create)
        {
            return ByMarker(session, create);
        }

        var group = target is null ? null : GroupRows.Stored(session, target.GroupId);
        return (write, group) switch
        {
            (DirectoryWrite.DeleteGroup, null) when target is not null =>
                new DirectoryWriteAnswer.Applied(target.GroupId, null, [.. write.Steps.Select(StepOutcome.Done)]),
            (_, null) => new DirectoryWriteAnswer.Refused(new DirectoryError.NotFound()),
            (DirectoryWrite.ModifyGroup modify, _) => ByValues(rules, group, modify),
            (DirectoryWrite.ChangeMembers members, _) => When(
                members.Members.All(member => IsMember(session, group.Object.Row, member.Id) == member.Add), group, write),
            (DirectoryWrite.ChangeOwners owners, _) => When(
                owners.Owners.All(owner => IsOwner(session, group.Object.Row, owner.Id) == owner.Add), group, write),
            (DirectoryWrite.MoveGroup move, _) => When(
                DistinguishedName.TryParse(move.NewDn, out var dn) && string.Equals(dn.ToString(), group.Object.Dn, StringComparison.Ordinal), group, write),
            (DirectoryWrite.MakeTeam, _) => When(group.Object.GroupType == (int)EntraGroupType.Teams, group, write),
            _ => NotCarriedOut,
        };
    }

    private static DirectoryWriteAnswer ByMarker(Session session, DirectoryWrite.CreateGroup create)
    {
        using var reader = session.Query("SELECT guid, version FROM objects WHERE marker = $1", create.Marker.Bytes());
        return reader.Read()
            ? new DirectoryWriteAnswer.Applied(Guids.Read(reader, 0), WriteContext.Version(reader.GetInt64(1)), [.. create.Steps.Select(StepOutcome.Done)])
            : NotCarriedOut;
    }

    /// <summary>One modify is atomic: all values stand, or none; anything else is somebody else's work.</summary>
    private static DirectoryWriteAnswer ByValues(Rules.StoreRules rules, StoredGroup group, DirectoryWrite.ModifyGroup modify)
    {
        if (modify.Attributes.All(attribute => ModifyWrite.Same(group.Values(attribute.Attribute), ModifyWrite.Normalise(rules, attribute))))
        {
            return Applied(group, modify);
        }

        var differing = modify.Attributes.FirstOrDefault(
            attribute => attribute.Expected is { } expected && !ModifyWrite.Same(group.Values(attribute.Attribute), expected));
        return differing is null
            ? NotCarriedOut
            : new DirectoryWriteAnswer.Unknown(new DirectoryError.Conflict(differing.Values, group.Values(differing.Attribute)) { Attribute = differing.Attribute });
    }

    private static DirectoryWriteAnswer When(bool carriedOut, StoredGroup group, DirectoryWrite write) => carriedOut ? Applied(group, write) : NotCarriedOut;

    private static DirectoryWriteAnswer.Applied Applied(StoredGroup group, DirectoryWrite write) =>
        GroupWrites.Applied(group.Object, group.Object.Version, write.Steps.Select(StepOutcome.Done));

    private static bool IsMember(Session session, long group, Guid id) => session.Scalar(
        "SELECT 1 FROM objects o JOIN members m ON m.member_id = o.id AND m.group_id = $1 WHERE o.guid = $2", group, id.Bytes()) is not null;

    private static bool IsOwner(Session session, long group, Guid id) => session.Scalar(
        "SELECT 1 FROM objects o JOIN owners w ON w.owner_id = o.id AND w.group_id = $1 WHERE o.guid = $2", group, id.Bytes()) is not null;
}
