using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Groups;

/// <summary>Puts the groups that the portal knows an owner of beside those that the directory does. Pure.</summary>
internal static class OwnedGroups
{
    /// <summary>Those that the query would have found, in its order.</summary>
    public static IReadOnlyList<GroupSummary> Matching(IEnumerable<GroupState> groups, GroupQuery query) =>
        [.. Sorted(groups
            .Where(group => query.GroupTypes is not { Count: > 0 } types || types.Contains(group.GroupType))
            .Where(group => query.Text.Length == 0 || HasWord(group, query.Text))
            .Select(Summary), query)];

    public static Page<GroupSummary> Merge(IReadOnlyList<GroupSummary> additional, Page<GroupSummary> own, GroupQuery query) =>
        new([.. Sorted(additional.Concat(own.Items), query).Skip(query.Skip).Take(query.Take)], own.Total + additional.Count, own.TotalIsExact);

    private static IEnumerable<GroupSummary> Sorted(IEnumerable<GroupSummary> groups, GroupQuery query) => (query.Sort, query.Descending) switch
    {
        (GroupSort.Changed, false) => groups.OrderBy(group => group.Changed),
        (GroupSort.Changed, true) => groups.OrderByDescending(group => group.Changed),
        (_, true) => groups.OrderByDescending(group => group.Label, StringComparer.OrdinalIgnoreCase),
        _ => groups.OrderBy(group => group.Label, StringComparer.OrdinalIgnoreCase),
    };

    private static bool HasWord(GroupState group, string text) =>
        new[] { group.Name, group.Label, group.Attributes.First(AttributeNames.AccountName), group.Attributes.First(AttributeNames.Mail) }
            .Any(name => name is not null && (name.StartsWith(text, StringComparison.OrdinalIgnoreCase) || name.Contains(' ' + text, StringComparison.OrdinalIgnoreCase)));

    private static GroupSummary Summary(GroupState group) => new(group.Id, group.Name, group.Dn, group.GroupType)
    {
        DisplayName = group.Attributes.First(AttributeNames.DisplayName),
        Description = group.Attributes.First(AttributeNames.Description),
        Mail = group.Attributes.First(AttributeNames.Mail),
        OwnerName = group.Owners is [var owner, ..] ? owner.Label : null,
        IsProtected = group.IsProtected,
        IsDynamic = group.Attributes.First(AttributeNames.MembershipRule) is { Length: > 0 },
        Changed = group.Changed,
    };
}
