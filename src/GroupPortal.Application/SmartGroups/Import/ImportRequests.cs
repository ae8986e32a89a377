using System.Globalization;
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
                .. imported.TakesOverDynamic ? [Set(AttributeNames.MembershipRule)] : Array.Empty<AttributeChange>(),
                Set(AttributeNames.ManagedGroupType, "2"),
                Set(AttributeNames.Criteria, rule.Text),
                Set(AttributeNames.CriteriaLanguage, RuleValues.Write(rule.Language)),
                Set(AttributeNames.ObjectTypes, [.. rule.ObjectTypes.Select(type => ((int)type).ToString(CultureInfo.InvariantCulture))]),
                Set(AttributeNames.StartPath, [.. rule.StartPaths.Select(RuleValues.Write)]),
                Set(AttributeNames.Include, [.. rule.Include.Select(RuleValues.Write)]),
                Set(AttributeNames.Exclude, [.. rule.Exclude.Select(RuleValues.Write)]),
            ],
            Owners = owners.Count == 0 ? [] : [new ReferenceChange(ChangeMode.Add, owners)],
        };
    }

    private static AttributeChange Set(string name, params IReadOnlyList<string> values) => new(name, ChangeMode.Set, values);
}
