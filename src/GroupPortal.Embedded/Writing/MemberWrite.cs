using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

internal static class MemberWrite
{
    public static DirectoryWriteAnswer Apply(WriteContext context, StoredObject group, DirectoryWrite.ChangeMembers write)
    {
        var (outcomes, more, error) = Change(context, group, write.Members);
        if (error is not null)
        {
            return GroupWrites.Refused(error);
        }

        var version = outcomes.Any(outcome => outcome.Status == StepStatus.Done)
            ? context.Objects.Touch(group, more, context.Now)
            : group.Version;
        return GroupWrites.Applied(group, version, outcomes);
    }

    /// <summary>Adds and removes in the order given; a member that is there (not there) already is no change.</summary>
    public static (List<StepOutcome> Outcomes, long More, DirectoryError? Error) Change(
        WriteContext context, StoredObject group, IReadOnlyList<ReferenceWrite> members)
    {
        var outcomes = new List<StepOutcome>(members.Count);
        var allowed = context.Rules.MemberKinds(group.GroupType ?? 0);
        long more = 0;
        foreach (var member in members)
        {
            if (Find(context.Session, member.Id) is not { } found)
            {
                if (member.Add)
                {
                    return (outcomes, 0, new DirectoryError.NotFound
                    {
                        Attribute = AttributeNames.Members,
                        ServerText = context.Rules.Words.ReferenceMissing(AttributeNames.Members, member.Id),
                    });
                }

                outcomes.Add(GroupWrites.Outcome(member.Step, changed: false));
                continue;
            }

            if (member.Add && !allowed.Contains(found.Kind))
            {
                return (outcomes, 0, new DirectoryError.InvalidValue
                {
                    Attribute = AttributeNames.Members,
                    ServerText = context.Rules.Words.MemberRefused(found.Kind, group.GroupType ?? 0),
                });
            }

            var changed = context.Session.Execute(
                member.Add
                    ? "INSERT INTO members (group_id, name_key, member_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
                    : "DELETE FROM members WHERE group_id = $1 AND name_key = $2 AND member_id = $3",
                group.Row, found.NameKey, found.Row) > 0;
            more += changed ? member.Add ? 1 : -1 : 0;
            outcomes.Add(GroupWrites.Outcome(member.Step, changed));
        }

        return (outcomes, more, null);
    }

    private static (long Row, ObjectKind Kind, string NameKey)? Find(Session session, Guid id)
    {
        using var reader = session.Query("SELECT id, kind, name_key FROM objects WHERE guid = $1", id.Bytes());
        return reader.Read() ? (reader.GetInt64(0), (ObjectKind)reader.GetInt32(1), reader.GetString(2)) : null;
    }
}
