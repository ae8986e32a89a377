using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

/// <summary>A new name or container; the id, the members and the owners stay.</summary>
internal static class MoveWrite
{
    public static DirectoryWriteAnswer Apply(WriteContext context, StoredObject group, DirectoryWrite.MoveGroup write)
    {
        if (!context.Rules.IsTree)
        {
            return GroupWrites.Refused(new DirectoryError.Unsupported { Attribute = AttributeNames.Container, ServerText = context.Rules.Words.BadDn(write.NewDn) });
        }

        if (!DistinguishedName.TryParse(write.NewDn, out var dn) || dn.Parent is not { } container)
        {
            return GroupWrites.Refused(new DirectoryError.InvalidValue { Attribute = AttributeNames.Name, ServerText = context.Rules.Words.BadDn(write.NewDn) });
        }

        var text = dn.ToString();
        if (string.Equals(text, group.Dn, StringComparison.Ordinal))
        {
            return GroupWrites.Applied(group, group.Version, write.MoveSteps.Select(step => GroupWrites.Outcome(step, changed: false)));
        }

        if (CheckDn(context, dn, group.Row) is { } error)
        {
            return GroupWrites.Refused(error);
        }

        if (ContainerRow(context, container) is not { } parent)
        {
            return GroupWrites.Refused(new DirectoryError.NotFound { Attribute = AttributeNames.Container, ServerText = context.Rules.Words.ParentMissing(text) });
        }

        var moved = context.Objects.Update(group, group with { Name = dn.Name, Dn = text, Parent = parent }, context.Now);
        return GroupWrites.Applied(moved, moved.Version, write.MoveSteps.Select(StepOutcome.Done));
    }

    /// <summary>Whether an object can be named so: a CN that the schema allows, and that nobody has there.</summary>
    public static DirectoryError? CheckDn(WriteContext context, DistinguishedName dn, long exceptRow)
    {
        var words = context.Rules.Words;
        if (!string.Equals(dn.Type, "CN", StringComparison.OrdinalIgnoreCase) || !ValueChecks.IsName(dn.Name))
        {
            return new DirectoryError.InvalidValue { Attribute = AttributeNames.Name, ServerText = words.BadDn(dn.ToString()) };
        }

        if (ValueChecks.Check(context.Rules, AttributeNames.Name, [dn.Name]) is { } wrong)
        {
            return wrong;
        }

        return context.Session.Scalar("SELECT 1 FROM objects WHERE dn_key = $1 AND id <> $2", dn.Key, exceptRow) is null
            ? null
            : new DirectoryError.AlreadyExists { Attribute = AttributeNames.Name, ServerText = words.DnTaken(dn.ToString()) };
    }

    public static long? ContainerRow(WriteContext context, DistinguishedName dn) =>
        context.Session.Scalar("SELECT id FROM objects WHERE dn_key = $1 AND kind = 5", dn.Key) as long?;
}
