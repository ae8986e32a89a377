using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

/// <summary>Deletes a group and every link from and to it; the groups that held it have changed, too.</summary>
internal static class DeleteWrite
{
    public static DirectoryWriteAnswer Apply(WriteContext context, StoredObject group, DirectoryWrite.DeleteGroup write)
    {
        if (context.Rules.CheckDelete(group) is { } error)
        {
            return GroupWrites.Refused(error);
        }

        var session = context.Session;
        foreach (var parent in Groups(session, "SELECT o.id, o.guid FROM members m JOIN objects o ON o.id = m.group_id WHERE m.member_id = $1", group.Row))
        {
            context.Objects.Touch(parent.Row, parent.Id, -1, context.Now);
        }

        foreach (var owned in Groups(session, "SELECT o.id, o.guid FROM owners w JOIN objects o ON o.id = w.group_id WHERE w.owner_id = $1", group.Row))
        {
            context.Objects.Touch(owned.Row, owned.Id, 0, context.Now);
        }

        session.Execute("DELETE FROM members WHERE (group_id, name_key, member_id) IN "
            + "(SELECT group_id, name_key, member_id FROM members WHERE member_id = $1)", group.Row);
        session.Execute("DELETE FROM members WHERE group_id = $1", group.Row);
        session.Execute("DELETE FROM owners WHERE (group_id, ordinal) IN (SELECT group_id, ordinal FROM owners WHERE owner_id = $1)", group.Row);
        session.Execute("DELETE FROM owners WHERE group_id = $1", group.Row);
        context.Objects.Delete(group);
        return new DirectoryWriteAnswer.Applied(group.Id, null, [StepOutcome.Done(write.Step)]);
    }

    private static List<(long Row, Guid Id)> Groups(Session session, string sql, long row)
    {
        using var reader = session.Query(sql, row);
        var groups = new List<(long Row, Guid Id)>();
        while (reader.Read())
        {
            groups.Add((reader.GetInt64(0), Guids.Read(reader, 1)));
        }

        return groups;
    }
}
