using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Embedded.Reading;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

/// <summary>A team is nothing but a type here, which a new group may have from the beginning.</summary>
internal static class TeamWrite
{
    public static DirectoryWriteAnswer Apply(WriteContext context, StoredGroup before, DirectoryWrite.MakeTeam write)
    {
        // What the line says is so, whichever of the two writes has made it so.
        IReadOnlyList<StepOutcome> outcomes = [StepOutcome.Done(write.Step)];
        if (before.Object.GroupType == (int)EntraGroupType.Teams)
        {
            return GroupWrites.Applied(before.Object, before.Object.Version, outcomes);
        }

        if (context.Rules.CheckGroupType(before.Object.GroupType, (int)EntraGroupType.Teams) is { } error)
        {
            return GroupWrites.Refused(error);
        }

        var after = before.Object with { GroupType = (int)EntraGroupType.Teams };
        return GroupWrites.Applied(after, context.Objects.Update(before.Object, after, context.Now).Version, outcomes);
    }
}
