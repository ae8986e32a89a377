using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups.Import;

/// <summary>From an imported query to the change that saves it. Pure.</summary>
public static class ImportRequests
{
    /// <summary>
    /// The whole rule as attributes, as any other change of a group; null while the query is not ready. Owners of the file are
    /// added, none of today's is taken away. Refused when the group changed since it was looked at.
    /// </summary>
    public static GroupRequest? Of(ImportedGroup imported, string account)
    {
        ArgumentNullException.ThrowIfNull(imported);
        if (imported.RuleBy(account) is not { } rule || imported.Group is not { } group)
        {
            return null;
        }

        var owners = imported.References.Where(reference => reference is { Role: ImportRole.Owner, Meant: not null })
            .Select(reference => reference.Meant!.Id.ToString("D")).Distinct().ToList();
        return new GroupRequest
        {
            Kind = PlanKind.Update,
            GroupId = group.Id,
            ExpectedETag = group.Version.ETag,
            IsStrict = true,
            Attributes =
            [
                .. imported.TakesOverDynamic ? [new AttributeChange(AttributeNames.MembershipRule, ChangeMode.Set, [])] : Array.Empty<AttributeChange>(),
                .. SmartRules.Changes(rule),
            ],
            Owners = owners.Count == 0 ? [] : [new ReferenceChange(ChangeMode.Add, owners)],
        };
    }
}
