using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.EntraId.Reading;

namespace GroupPortal.EntraId.Services;

/// <summary>Groups that were deleted within the last 30 days. Graph neither searches nor skips them: they are read, sorted and narrowed here.</summary>
internal sealed class DeletedGroups(GraphReader graph)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>More are not looked at; who looks for one of thousands names it.</summary>
    private const int MostPages = 20;

    private static readonly IReadOnlyList<string> Selected = ["id", "displayName", "mail", .. ObjectKinds.OfGroupType, "isAssignableToRole", "deletedDateTime"];

    public async Task<DirectoryAnswer<Page<DeletedGroup>>> FindAsync(string text, int skip, int take, CancellationToken cancellation)
    {
        if (Guid.TryParseExact(text.Trim(), "D", out var id))
        {
            var one = await graph.GetAsync(new GraphQuery($"/directory/deletedItems/{id:D}/microsoft.graph.group") { Select = Selected }, cancellation);
            return one switch
            {
                DirectoryAnswer<JsonElement>.Ok(var item) => DirectoryAnswer.Ok(Of(item) is { } found ? new Page<DeletedGroup>([found], 1) : Page<DeletedGroup>.Empty),
                DirectoryAnswer<JsonElement>.Failed { Error: DirectoryError.NotFound } => DirectoryAnswer.Ok(Page<DeletedGroup>.Empty),
                _ => one.WhyNot(),
            };
        }

        var query = new GraphQuery("/directory/deletedItems/microsoft.graph.group")
        {
            Select = Selected,
            Top = GraphReader.MostRows,
        };
        var (groups, isWhole) = (new List<DeletedGroup>(), false);
        var answer = await graph.GetAsync(query, cancellation);
        for (var pages = 1; ; pages++)
        {
            if (answer is not DirectoryAnswer<JsonElement>.Ok(var page))
            {
                return answer.WhyNot();
            }

            groups.AddRange(page.Items().Select(Of).OfType<DeletedGroup>().Where(group => text.Trim().Length == 0 || NameSearch.Matches(text, group.Name, group.Mail)));
            isWhole = GraphReader.NextLink(page) is null;
            if (isWhole || pages == MostPages)
            {
                break;
            }

            answer = await graph.FollowAsync(GraphReader.NextLink(page)!, query, cancellation);
        }

        return DirectoryAnswer.Ok(new Page<DeletedGroup>(
            [.. groups.OrderByDescending(group => group.Deleted).ThenBy(group => group.Id).Skip(skip).Take(take)], groups.Count, isWhole));
    }

    private static DeletedGroup? Of(JsonElement group) =>
        group.Id() is { } id && group.Time("deletedDateTime") is { } deleted
            ? new DeletedGroup(id, group.Text("displayName") ?? id.ToString("D"), (int)ObjectValues.GroupTypeOf(group), group.Text("mail"), deleted, deleted + Kept)
            {
                IsProtected = ObjectValues.IsProtected(group),
            }
            : null;
}
