using GroupPortal.Core.Criteria.Columns;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>A preview's whole list, worked out once; what is known of each comes later, in portions.</summary>
internal static class PreviewListing
{
    /// <summary>In the order of the query, without its page.</summary>
    public static IReadOnlyList<ListedMember> Of(ReplicaView view, PreviewQuery query, DateTimeOffset now)
    {
        var rows = view.Select(query.Rule, query.Group, now);
        var difference = rows.Against(query.Group is { } group ? view.MemberRowsOf(group) : new RowSet(view.RowCount));
        var list = query.Show switch
        {
            PreviewShow.Joining => difference.Joining,
            PreviewShow.Leaving => difference.Leaving,
            PreviewShow.Staying => difference.Staying,
            PreviewShow.Excepted => rows.Excepted,
            _ => rows.Selected,
        };
        var found = query.Search.Length == 0 ? list : view.Search(query.Search).And(list);
        return
        [
            .. view.Page(found, query.SortBy, query.IsDescending, 0, found.Count).Select(row => new ListedMember(
                view.IdOf(row),
                difference.Leaving[row] ? Standing.Leaving : difference.Staying[row] ? Standing.Staying : Standing.Joining,
                rows.Excepted[row])),
        ];
    }

    /// <summary>One for each, in their order; of somebody who is gone by now only the id.</summary>
    public static IReadOnlyList<PreviewMember> Values(ReplicaView view, IReadOnlyList<ListedMember> portion, IReadOnlyList<string> attributes)
    {
        var (disabled, mailboxes) = (view.Disabled(), view.OfTypes([QueryObjectType.MailboxUsers]));
        return [.. portion.Select(one => view.RowOf(one.Id) is var row and >= 0
            ? new PreviewMember(one.Id, view.KindOf(row), view.LabelOf(row), view.DnOf(row), one.Standing, one.IsExcepted, !disabled[row])
            {
                Values = attributes
                    .Select(name => KeyValuePair.Create(name, view.ValuesOf(row, name)))
                    .Where(pair => pair.Value.Count > 0)
                    .ToDictionary(StringComparer.OrdinalIgnoreCase),
                HasMailbox = mailboxes[row],
            }
            : new PreviewMember(one.Id, ObjectKind.User, one.Id.ToString("D"), string.Empty, one.Standing, one.IsExcepted, IsEnabled: false)
            {
                Values = new Dictionary<string, IReadOnlyList<string>>(StringComparer.OrdinalIgnoreCase),
            })];
    }
}
