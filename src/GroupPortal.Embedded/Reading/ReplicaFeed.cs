using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Reading;

/// <summary>
/// Everything by row, then what the change table has from the moment on at which the load began: what changed meanwhile comes
/// once more, as it is then. Containers are left out: nobody asks a rule about them.
/// </summary>
internal static class ReplicaFeed
{
    /// <summary>One page in one snapshot; null for a cookie that is not of this file's feed.</summary>
    public static ReplicaPage? Page(Session session, CriteriaVocabulary vocabulary, string? text, int take, CancellationToken cancellation)
    {
        var feed = new Guid((byte[])session.Scalar("SELECT id FROM feed")!, bigEndian: true);
        var newest = session.Number("SELECT coalesce(max(cookie), 0) FROM changes");
        var cookie = text is null ? new ReplicaCookie(feed, newest, 0) : ReplicaCookie.Read(text);
        // Fewer changes than were read already: the file was put back to an earlier day.
        if (cookie is null || cookie.Feed != feed || cookie.Changes > newest)
        {
            return null;
        }

        return cookie.Row is { } row
            ? Load(session, vocabulary, cookie, row, take, cancellation)
            : Changes(session, vocabulary, cookie, newest, take, cancellation);
    }

    private static ReplicaPage Load(
        Session session, CriteriaVocabulary vocabulary, ReplicaCookie cookie, long row, int take, CancellationToken cancellation)
    {
        var found = ReplicaRows.After(session, vocabulary, row, take, cancellation);
        var isLast = found.Count < take;
        var next = isLast ? cookie with { Row = null } : cookie with { Row = found[^1].Row };
        // What changed since the load began waits behind its last page, perhaps.
        var hasMore = !isLast || session.Scalar("SELECT 1 FROM changes WHERE cookie > $1 LIMIT 1", cookie.Changes) is not null;
        return new ReplicaPage([.. found.Select(one => one.Object)], [], next.ToString(), hasMore);
    }

    private static ReplicaPage Changes(
        Session session, CriteriaVocabulary vocabulary, ReplicaCookie cookie, long newest, int take, CancellationToken cancellation)
    {
        if (cookie.Changes == newest)
        {
            return new ReplicaPage([], [], cookie.ToString(), HasMore: false);
        }

        var changes = Reading.Changes.Since(session, cookie.Changes, take, cancellation);
        var changed = changes.Where(change => change.Kind != ObjectKind.OrganizationalUnit).Select(change => change.ObjectId).Distinct().ToList();
        var found = ReplicaRows.ByIds(session, vocabulary, changed, cancellation);
        var last = changes is [.., var one] ? one.Cookie : newest;
        return new ReplicaPage(
            found, [.. changed.Except(found.Select(item => item.Id))], (cookie with { Changes = last }).ToString(), last < newest);
    }
}
