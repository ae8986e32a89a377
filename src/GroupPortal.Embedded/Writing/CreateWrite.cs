using System.Globalization;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Writing;

internal static class CreateWrite
{
    public static DirectoryWriteAnswer Apply(WriteContext context, DirectoryWrite.CreateGroup write)
    {
        var (group, others, error) = Compose(context, write);
        error ??= ValueChecks.CheckUnique(context, group!);
        if (error is not null)
        {
            return GroupWrites.Refused(error);
        }

        var stored = group! with { Row = context.Objects.Insert(group!) };
        ModifyWrite.Store(context, stored.Row, others);
        var (owners, ownerError) = OwnerWrite.Change(context, stored, write.Owners);
        if (ownerError is not null)
        {
            return GroupWrites.Refused(ownerError);
        }

        var (members, added, memberError) = MemberWrite.Change(context, stored, write.Members);
        if (memberError is not null)
        {
            return GroupWrites.Refused(memberError);
        }

        context.Session.Execute("UPDATE objects SET member_count = $2 WHERE id = $1", stored.Row, added);
        return GroupWrites.Applied(
            stored,
            stored.Version,
            [
                .. write.OtherSteps.Select(StepOutcome.Done),
                .. write.Attributes.Select(attribute => StepOutcome.Done(attribute.Step)),
                .. owners,
                .. members,
            ]);
    }

    private static (StoredObject? Group, Dictionary<string, IReadOnlyList<string>> Others, DirectoryError? Error) Compose(
        WriteContext context, DirectoryWrite.CreateGroup write)
    {
        var others = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase);
        var (bare, error) = Place(context, write);
        if (bare is null)
        {
            return (null, others, error);
        }

        var group = bare;
        int? type = null;
        foreach (var attribute in write.Attributes.Where(attribute => attribute.Values.Count > 0))
        {
            // On a create the name may stand among the attributes, as long as it says what the DN says.
            if (context.Rules.IsTree && string.Equals(attribute.Attribute, AttributeNames.Name, StringComparison.OrdinalIgnoreCase)
                && attribute.Values is [var name] && !string.Equals(name, group.Name, StringComparison.Ordinal))
            {
                return (null, others, new DirectoryError.InvalidValue { Attribute = AttributeNames.Name, ServerText = $"00002032: RDN mismatch on {group.Dn}" });
            }

            error = ValueChecks.Check(context.Rules, attribute.Attribute, attribute.Values);
            if (error is not null)
            {
                return (null, others, error);
            }

            var values = ModifyWrite.Normalise(context.Rules, attribute);
            if (string.Equals(attribute.Attribute, AttributeNames.GroupType, StringComparison.OrdinalIgnoreCase))
            {
                if (!int.TryParse(values[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
                {
                    number = 0; // no kind of store knows a type 0: refused below in the kind's own words
                }

                type = number;
            }
            else if (AttributeColumns.TryGet(attribute.Attribute, out var column))
            {
                group = column.Write(group, values[0]);
            }
            else
            {
                others[context.Rules.Catalog[attribute.Attribute].Name] = values;
            }
        }

        type ??= context.Rules.DefaultGroupType ?? 0;
        error = context.Rules.CheckGroupType(null, type.Value);
        if (error is not null)
        {
            return (null, others, error);
        }

        if (!context.Rules.IsTree)
        {
            group = group with { Name = group.DisplayName ?? group.Name, DisplayName = group.DisplayName ?? group.Name };
        }

        (group, error) = context.Rules.Complete(group with { GroupType = type }, () => NextRid(context));
        return (group, others, error);
    }

    /// <summary>The group's place and name: from the DN in a tree, from a new id in a flat store.</summary>
    private static (StoredObject? Group, DirectoryError? Error) Place(WriteContext context, DirectoryWrite.CreateGroup write)
    {
        var id = Guid.NewGuid();
        if (!DistinguishedName.TryParse(write.Dn, out var dn) || dn.Parent is not { } container)
        {
            return (null, new DirectoryError.InvalidValue { Attribute = AttributeNames.Name, ServerText = context.Rules.Words.BadDn(write.Dn) });
        }

        var error = context.Rules.IsTree ? MoveWrite.CheckDn(context, dn, exceptRow: 0) : CheckFlatName(context, dn.Name);
        if (error is not null)
        {
            return (null, error);
        }

        var place = context.Rules.IsTree ? dn : context.Base.Child("CN", id.ToString());
        var parent = MoveWrite.ContainerRow(context, context.Rules.IsTree ? container : context.Base);
        if (parent is null)
        {
            return (null, new DirectoryError.NotFound { Attribute = AttributeNames.Container, ServerText = context.Rules.Words.ParentMissing(write.Dn) });
        }

        return (new StoredObject
        {
            Id = id,
            Kind = ObjectKind.Group,
            Name = dn.Name,
            Dn = place.ToString(),
            Parent = parent.Value,
            Marker = write.Marker == Guid.Empty ? null : write.Marker,
            Created = context.Now,
            Changed = context.Now,
        }, null);
    }

    private static DirectoryError.InvalidValue? CheckFlatName(WriteContext context, string name) => ValueChecks.IsName(name)
        ? null
        : new DirectoryError.InvalidValue { Attribute = context.Rules.NameAttribute, ServerText = context.Rules.Words.InvalidValue(context.Rules.NameAttribute) };

    private static long NextRid(WriteContext context)
    {
        Counters.Add(context.Session, Counters.NextRid, 1);
        return Counters.Get(context.Session, Counters.NextRid);
    }
}
