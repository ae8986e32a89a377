using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>Objects of any kind, by what was typed or by their ids.</summary>
internal sealed class ObjectReader(Domain domain, DomainSearch searches)
{
    /// <summary>More hits than that are not read: "more than 1,000".</summary>
    private const int MaximumHits = 1000;

    /// <summary>The same where nothing was typed, and the server brings them in order.</summary>
    private const int MaximumShown = 200;

    public async Task<DirectoryAnswer<Page<DirectoryObject>>> FindAsync(ObjectQuery query, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var limit = Math.Clamp(query.Limit, 1, 200);
        var kinds = ObjectClasses.Wanted(query.Kinds);
        var names = NameFilter.Of(query.Text, domain.Store.Folding);
        if (kinds.Count == 0 || names.IsImpossible)
        {
            return DirectoryAnswer.Ok(Page<DirectoryObject>.Empty);
        }

        // Nothing typed means the first by name, and only the server can tell which these are.
        var classes = ObjectClasses.Filter(kinds);
        var answer = await searches.FirstAsync(
            names.IsEmpty ? classes : LdapFilter.And(classes, names.ToFilter()),
            [.. ObjectValues.Attributes, .. NameFilter.Attributes],
            names.IsEmpty ? MaximumShown : MaximumHits,
            names.IsNarrow,
            cancellation,
            names.IsEmpty ? [LdapControls.Sorted("name", descending: false)] : []);
        return answer.Map(hits =>
        {
            var found = hits.Entries.Where(names.Matches).Select(ObjectValues.Read).OfType<DirectoryObject>().Where(item => kinds.Contains(item.Kind)).ToList();
            return new Page<DirectoryObject>([.. ObjectValues.ByName(found).Take(limit)], found.Count, TotalIsExact: !hits.HasMore);
        });
    }

    public async Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> ByIdsAsync(IEnumerable<Guid> ids, CancellationToken cancellation)
    {
        var answer = await searches.AnyOfAsync(
            ids.Distinct(), id => LdapFilter.Equal("objectGUID", id), ObjectValues.Attributes, cancellation);
        return answer.Map<IReadOnlyDictionary<Guid, DirectoryObject>>(entries =>
            entries.Select(ObjectValues.Read).OfType<DirectoryObject>().DistinctBy(item => item.Id).ToDictionary(item => item.Id));
    }

    /// <summary>
    /// The objects that names with their ids lead to, in the same order. One that may not be read, or stands in another domain, is
    /// told by its name alone.
    /// </summary>
    public async Task<DirectoryAnswer<IReadOnlyList<DirectoryObject>>> ByNamesAsync(IReadOnlyList<ExtendedName> names, CancellationToken cancellation)
    {
        var answer = await ByIdsAsync(names.Select(name => name.Id).OfType<Guid>(), cancellation);
        return answer.Map<IReadOnlyList<DirectoryObject>>(found =>
        [
            .. names.Where(name => name.Id is not null).Select(name => found.GetValueOrDefault(name.Id!.Value) ?? ObjectValues.Stub(name.Id!.Value, name)),
        ]);
    }

    /// <summary>The objects of names without ids, by the name's key; those that may not be read are absent.</summary>
    public async Task<DirectoryAnswer<IReadOnlyDictionary<string, DirectoryObject>>> ByDnAsync(IEnumerable<ExtendedName> names, CancellationToken cancellation)
    {
        var answer = await searches.AnyOfAsync(
            names, name => LdapFilter.Equal("distinguishedName", name.Dn), ObjectValues.Attributes, cancellation);
        return answer.Map<IReadOnlyDictionary<string, DirectoryObject>>(entries =>
        {
            var found = new Dictionary<string, DirectoryObject>(StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                if (ObjectValues.Read(entry) is { } item)
                {
                    found[ExtendedName.Of(entry).Key] = item;
                }
            }

            return found;
        });
    }
}
