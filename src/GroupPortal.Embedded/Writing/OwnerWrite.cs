using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

internal static class OwnerWrite
{
    private sealed record Owner(long Row, string Label);

    public static DirectoryWriteAnswer Apply(WriteContext context, StoredObject group, DirectoryWrite.ChangeOwners write)
    {
        var (outcomes, error) = Change(context, group, write.Owners);
        if (error is not null)
        {
            return GroupWrites.Refused(error);
        }

        var version = outcomes.Any(outcome => outcome.Status == StepStatus.Done) ? context.Objects.Touch(group, 0, context.Now) : group.Version;
        return GroupWrites.Applied(group, version, outcomes);
    }

    /// <summary>One outcome per step: a managedBy that is set takes one owner away and brings another.</summary>
    public static (IReadOnlyList<StepOutcome> Outcomes, DirectoryError? Error) Change(
        WriteContext context, StoredObject group, IReadOnlyList<ReferenceWrite> owners)
    {
        if (owners.Count == 0)
        {
            return ([], null);
        }

        var before = Present(context.Session, group.Row);
        var after = new List<Owner>(before);
        var changed = owners.Select(owner => owner.Step).Distinct().ToDictionary(step => step, _ => false);
        foreach (var owner in owners)
        {
            var found = Find(context.Session, owner.Id);
            var position = found is null ? -1 : after.FindIndex(present => present.Row == found.Value.Row);
            if (owner.Add && position < 0)
            {
                if (Refusal(context, found?.Kind, owner.Id) is { } error)
                {
                    return ([], error);
                }

                after.Add(new Owner(found!.Value.Row, found.Value.Label));
                changed[owner.Step] = true;
            }
            else if (!owner.Add && position >= 0)
            {
                after.RemoveAt(position);
                changed[owner.Step] = true;
            }
        }

        if (CheckCount(context, before, after) is { } wrong)
        {
            return ([], wrong);
        }

        context.Session.Execute("DELETE FROM owners WHERE group_id = $1", group.Row);
        for (var ordinal = 0; ordinal < after.Count; ordinal++)
        {
            context.Session.Execute("INSERT INTO owners (group_id, ordinal, owner_id) VALUES ($1, $2, $3)", group.Row, ordinal, after[ordinal].Row);
        }

        return ([.. changed.Select(step => GroupWrites.Outcome(step.Key, step.Value))], null);
    }

    private static DirectoryError? Refusal(WriteContext context, ObjectKind? kind, Guid id) => kind switch
    {
        null => new DirectoryError.NotFound
        {
            Attribute = context.Rules.OwnerPath,
            ServerText = context.Rules.Words.ReferenceMissing(context.Rules.OwnerPath, id),
        },
        { } known when !context.Rules.OwnerKinds.Contains(known) => new DirectoryError.InvalidValue
        {
            Attribute = context.Rules.OwnerPath,
            ServerText = context.Rules.Words.OwnerRefused(known),
        },
        _ => null,
    };

    private static DirectoryError? CheckCount(WriteContext context, List<Owner> before, List<Owner> after)
    {
        if (context.Rules.KeepsLastOwner && before.Count > 0 && after.Count == 0)
        {
            return new DirectoryError.PolicyBlocked
            {
                Attribute = context.Rules.OwnerPath,
                ServerText = "Request_BadRequest: The group must have at least one owner, hence this owner cannot be removed.",
            };
        }

        // A single owner that is set says which one it replaces: if another stands there, somebody was faster.
        return after.Count <= context.Rules.MaximumOwners ? null : new DirectoryError.Conflict([], [.. before.Select(owner => owner.Label)])
        {
            Attribute = context.Rules.OwnerPath,
            ServerText = context.Rules.Words.SeveralValues(context.Rules.OwnerPath),
        };
    }

    private static List<Owner> Present(Session session, long group)
    {
        using var reader = session.Query(
            "SELECT w.owner_id, coalesce(o.display_name, o.name) FROM owners w JOIN objects o ON o.id = w.owner_id WHERE w.group_id = $1 ORDER BY w.ordinal", group);
        var owners = new List<Owner>();
        while (reader.Read())
        {
            owners.Add(new Owner(reader.GetInt64(0), reader.GetString(1)));
        }

        return owners;
    }

    private static (long Row, ObjectKind Kind, string Label)? Find(Session session, Guid id)
    {
        using var reader = session.Query("SELECT id, kind, coalesce(display_name, name) FROM objects WHERE guid = $1", id.Bytes());
        return reader.Read() ? (reader.GetInt64(0), (ObjectKind)reader.GetInt32(1), reader.GetString(2)) : null;
    }
}
