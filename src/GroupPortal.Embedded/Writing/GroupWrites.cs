using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.Embedded.Reading;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

/// <summary>Carries out one write inside an open transaction. Whatever is refused leaves nothing behind.</summary>
internal static class GroupWrites
{
    public static DirectoryWriteAnswer Apply(WriteContext context, DirectoryWrite write, WriteTarget? target)
    {
        if (write is DirectoryWrite.CreateGroup create)
        {
            return CreateWrite.Apply(context, create);
        }

        if (target is null || GroupRows.Stored(context.Session, target.GroupId) is not { } group)
        {
            return Refused(new DirectoryError.NotFound { ServerText = context.Rules.Words.GroupMissing(target?.GroupId ?? Guid.Empty) });
        }

        var version = WriteContext.Version(group.Object.Version);
        if (target.ExpectedVersion is { } expected && !string.Equals(expected, version, StringComparison.Ordinal))
        {
            return Refused(new DirectoryError.Conflict([expected], [version]) { ServerText = context.Rules.Words.VersionConflict });
        }

        return write switch
        {
            DirectoryWrite.ModifyGroup modify => ModifyWrite.Apply(context, group, modify),
            DirectoryWrite.ChangeMembers members => MemberWrite.Apply(context, group.Object, members),
            DirectoryWrite.ChangeOwners owners => OwnerWrite.Apply(context, group.Object, owners),
            DirectoryWrite.MoveGroup move => MoveWrite.Apply(context, group.Object, move),
            DirectoryWrite.MakeTeam team => TeamWrite.Apply(context, group, team),
            DirectoryWrite.DeleteGroup delete => DeleteWrite.Apply(context, group.Object, delete),
            _ => throw new InvalidOperationException($"No write of the kind {write.GetType().Name} is known."),
        };
    }

    public static DirectoryWriteAnswer.Refused Refused(DirectoryError error) => new(error);

    public static DirectoryWriteAnswer.Applied Applied(StoredObject group, long version, IEnumerable<StepOutcome> outcomes) =>
        new(group.Id, WriteContext.Version(version), [.. outcomes]);

    public static StepOutcome Outcome(int step, bool changed) => new(step, changed ? StepStatus.Done : StepStatus.NoChange);
}
