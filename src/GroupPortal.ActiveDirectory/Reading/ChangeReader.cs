using System.Globalization;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// The change feed by uSNChanged: the last change of each object, in the server's own order, deleted objects among them. An
/// object that changed twice comes once. Other servers count differently, so a cookie says whose it is.
/// </summary>
internal sealed class ChangeReader(Domain domain, DomainSearch searches)
{
    /// <summary>47 bits of change number, 16 of the server's identity above them: always positive, and in order within one server.</summary>
    private const int NumberBits = 47;

    private static readonly LdapFilter Tracked = LdapFilter.Or(
        LdapFilter.Equal("objectClass", "user"),
        LdapFilter.Equal("objectClass", "contact"),
        LdapFilter.Equal("objectClass", "group"),
        LdapFilter.Equal("objectClass", "organizationalUnit"));

    /// <summary>What was read beyond the number asked for, so that a first load is not read again for each of its pages.</summary>
    private readonly RecentAnswers<long, IReadOnlyList<DirectoryChange>> _rest = new(domain.Clock, changes => changes.Count);

    public void Forget() => _rest.Forget();

    public async Task<DirectoryAnswer<IReadOnlyList<DirectoryChange>>> SinceAsync(long cookie, int take, CancellationToken cancellation)
    {
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var mark = MarkOf(facts.InvocationId);
        if (cookie > 0 && cookie >> NumberBits != mark)
        {
            return DirectoryError.Conflict.Unknown with { Detail = Texts.Format("Read.FeedOfAnotherServer") };
        }

        var answer = await _rest.GetAsync(cookie, token => ReadAsync(cookie, mark, token), cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyList<DirectoryChange>>.Ok(var changes))
        {
            // A gap in the middle would be lost for good.
            return answer.WhyNot();
        }

        var some = changes.Take(Math.Max(0, take)).ToList();
        if (some is [.., var last] && changes.Count > some.Count)
        {
            _rest.Replace(cookie, last.Cookie, changes is ArraySegment<DirectoryChange> all ? all[some.Count..] : [.. changes.Skip(some.Count)]);
        }

        return DirectoryAnswer.Ok<IReadOnlyList<DirectoryChange>>(some);
    }

    internal static long MarkOf(Guid invocationId) => BitConverter.ToUInt16(invocationId.ToByteArray(), 0);

    private async Task<DirectoryAnswer<IReadOnlyList<DirectoryChange>>> ReadAsync(long cookie, long mark, CancellationToken cancellation)
    {
        var from = (cookie & ((1L << NumberBits) - 1)) + 1;
        var search = new LdapSearch(
            domain.BaseName,
            LdapScope.Subtree,
            LdapFilter.And(LdapFilter.AtLeast("uSNChanged", from.ToString(CultureInfo.InvariantCulture)), Tracked),
            ["objectGUID", "objectClass", "uSNChanged", "isDeleted"])
        {
            Controls = [LdapControls.ShowDeleted],
        };
        var answer = await searches.CollectAsync(search, entry => Read(entry, mark), cancellation);
        return answer.Map<IReadOnlyList<DirectoryChange>>(changes => new ArraySegment<DirectoryChange>([.. changes.OrderBy(change => change.Cookie)]));
    }

    private static DirectoryChange? Read(LdapEntry entry, long mark) =>
        entry.Guid("objectGUID") is { } id && entry.Number("uSNChanged") is { } number
            ? new DirectoryChange(
                (mark << NumberBits) | number,
                id,
                ObjectClasses.KindOf(entry.Texts("objectClass")),
                string.Equals(entry.Text("isDeleted"), "TRUE", StringComparison.OrdinalIgnoreCase))
            : null;
}
