using System.Globalization;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Resources;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// Which groups contain something, directly and through others: memberOf is walked upward level by level, one search for every
/// fifty groups of a level. The server's own chain rule does the same more than ten times slower.
/// </summary>
internal sealed class NestingReader(Domain domain, DomainSearch searches, LinkedNames links, ObjectReader objects)
{
    private const string Attribute = "memberOf";

    private static readonly IReadOnlyList<string> Asked = ["uSNChanged", "objectSid", "primaryGroupID", LinkedNames.FirstRange(Attribute)];

    /// <summary>The groups that contain an object directly, its primary group among them.</summary>
    public async Task<DirectoryAnswer<Page<DirectoryObject>>> MemberOfAsync(Guid id, int skip, int take, CancellationToken cancellation)
    {
        var answer = await ParentsAsync(id, cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyList<ExtendedName>?>.Ok(var parents))
        {
            return answer.WhyNot();
        }

        if (parents is null)
        {
            return DirectoryAnswer.Ok(Page<DirectoryObject>.Empty);
        }

        var ordered = parents.OrderBy(name => Folding.ActiveDirectory.Fold(name.Name), StringComparer.Ordinal).ThenBy(name => name.Id);
        var page = await objects.ByNamesAsync([.. ordered.Skip(Math.Max(0, skip)).Take(Math.Clamp(take, 1, 1000))], cancellation);
        return page.Map(items => new Page<DirectoryObject>(items, parents.Count));
    }

    /// <summary>
    /// All groups above this one; nobody knows of any above one that does not exist. A group that stands above and may not be
    /// read hides what is above it: then the answer is a part.
    /// </summary>
    public async Task<DirectoryAnswer<IReadOnlySet<Guid>>> AncestorsAsync(Guid group, CancellationToken cancellation)
    {
        var answer = await ParentsAsync(group, cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyList<ExtendedName>?>.Ok(var parents))
        {
            return answer.WhyNot();
        }

        var walked = await UpwardAsync(new Dictionary<Guid, IReadOnlyList<ExtendedName>> { [group] = parents ?? [] }, cancellation);
        return walked.Map<IReadOnlySet<Guid>>(above => above.From(group));
    }

    /// <summary>
    /// Those of some groups, read with <see cref="GroupValues.LinkAttributes"/>, that are protected: themselves, or by being in a
    /// protected group.
    /// </summary>
    public async Task<DirectoryAnswer<IReadOnlySet<Guid>>> ProtectedAsync(IReadOnlyList<LdapEntry> entries, CancellationToken cancellation)
    {
        var found = new HashSet<Guid>();
        var start = new Dictionary<Guid, IReadOnlyList<ExtendedName>>();
        foreach (var entry in entries)
        {
            var id = entry.Guid("objectGUID")!.Value;
            if (ProtectedGroups.ByEntry(entry))
            {
                found.Add(id);
                continue;
            }

            var parents = await links.AllAsync(entry, Attribute, withIds: true, cancellation);
            if (parents is not DirectoryAnswer<IReadOnlyList<ExtendedName>>.Ok(var names))
            {
                return parents.WhyNot();
            }

            start[id] = names;
        }

        var walked = await UpwardAsync(start, cancellation);
        switch (walked)
        {
            case DirectoryAnswer<Above>.Ok(var whole):
                found.UnionWith(start.Keys.Where(id => whole.From(id).Overlaps(whole.Protected)));
                return DirectoryAnswer.Ok<IReadOnlySet<Guid>>(found);
            case DirectoryAnswer<Above>.Partial(var known, _):
                // A name brings its SID even where the group may not be read; what is unknown above it protects as well.
                found.UnionWith(start.Keys.Where(id => known.From(id) is var above && (above.Overlaps(known.Protected) || above.Overlaps(known.Hidden))));
                return DirectoryAnswer.Ok<IReadOnlySet<Guid>>(found);
            default:
                return walked.WhyNot();
        }
    }

    private async Task<DirectoryAnswer<IReadOnlyList<ExtendedName>?>> ParentsAsync(Guid id, CancellationToken cancellation)
    {
        var answer = await searches.EntryAsync(LdapName.FromGuid(id), Asked, cancellation, LdapControls.ExtendedNames);
        if (answer is not DirectoryAnswer<LdapEntry?>.Ok(var entry))
        {
            return answer.WhyNot();
        }

        if (entry is null)
        {
            return DirectoryAnswer.Ok<IReadOnlyList<ExtendedName>?>(null);
        }

        var listed = await links.AllAsync(entry, Attribute, withIds: true, cancellation);
        if (listed is not DirectoryAnswer<IReadOnlyList<ExtendedName>>.Ok(var parents))
        {
            return listed.WhyNot();
        }

        var primary = await PrimaryGroupAsync(entry, cancellation);
        return primary.Map<IReadOnlyList<ExtendedName>?>(more => [.. parents, .. more]);
    }

    private async Task<DirectoryAnswer<IReadOnlyList<ExtendedName>>> PrimaryGroupAsync(LdapEntry entry, CancellationToken cancellation)
    {
        if (entry.Number("primaryGroupID") is not (> 0 and var rid))
        {
            return DirectoryAnswer.Ok<IReadOnlyList<ExtendedName>>([]);
        }

        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var answer = await searches.AllAsync(
            LdapFilter.Equal("objectSid", facts.DomainSid.Account((uint)rid).Octets), [], cancellation, LdapControls.ExtendedNames);
        return answer.Map<IReadOnlyList<ExtendedName>>(groups => [.. groups.Select(group => ExtendedName.Of(group))]);
    }

    private async Task<DirectoryAnswer<Above>> UpwardAsync(IReadOnlyDictionary<Guid, IReadOnlyList<ExtendedName>> start, CancellationToken cancellation)
    {
        var above = new Above();
        foreach (var (id, parents) in start)
        {
            above.Add(id, parents);
        }

        while (above.Next() is { Count: > 0 } level)
        {
            var answer = await searches.AnyOfAsync(level, id => LdapFilter.Equal("objectGUID", id), Asked, cancellation, LdapControls.ExtendedNames);
            if (answer is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var entries))
            {
                return answer.WhyNot();
            }

            foreach (var entry in entries)
            {
                var listed = await links.AllAsync(entry, Attribute, withIds: true, cancellation);
                if (listed is not DirectoryAnswer<IReadOnlyList<ExtendedName>>.Ok(var parents))
                {
                    return listed.WhyNot();
                }

                above.Add(entry.Guid("objectGUID")!.Value, parents);
            }

            above.Hide(level.Where(id => !above.IsKnown(id)), domain.Base);
        }

        return above.Hidden.Count == 0
            ? DirectoryAnswer.Ok(above)
            : new DirectoryAnswer<Above>.Partial(
                above,
                new DirectoryError.AccessDenied { Detail = Texts.Format("Read.SomeUnreadable", above.Hidden.Count.ToString(CultureInfo.CurrentCulture)) });
    }

    /// <summary>What the walk has seen: who is directly in what.</summary>
    private sealed class Above
    {
        private readonly Dictionary<Guid, IReadOnlyList<Guid>> _parents = [];
        private readonly Dictionary<Guid, ExtendedName> _names = [];

        /// <summary>Groups that are protected by their SID.</summary>
        public HashSet<Guid> Protected { get; } = [];

        /// <summary>Groups of this domain that may not be read.</summary>
        public HashSet<Guid> Hidden { get; } = [];

        public void Add(Guid id, IReadOnlyList<ExtendedName> parents)
        {
            _parents[id] = [.. parents.Select(parent => parent.Id).OfType<Guid>()];
            foreach (var parent in parents.Where(parent => parent.Id is not null))
            {
                _names[parent.Id!.Value] = parent;
                if (ProtectedGroups.BySid(parent.Sid))
                {
                    Protected.Add(parent.Id.Value);
                }
            }
        }

        public bool IsKnown(Guid id) => _parents.ContainsKey(id);

        /// <summary>The groups that were named and not looked at yet. Each comes once, so a loop ends.</summary>
        public IReadOnlyList<Guid> Next() => [.. _names.Keys.Where(id => !_parents.ContainsKey(id))];

        /// <summary>What was asked for and did not come. Groups of other domains are not expected to.</summary>
        public void Hide(IEnumerable<Guid> ids, DistinguishedName ownDomain)
        {
            foreach (var id in ids.ToList())
            {
                _parents[id] = [];
                if (_names[id].Parsed?.IsAtOrUnder(ownDomain) != false)
                {
                    Hidden.Add(id);
                }
            }
        }

        public HashSet<Guid> From(Guid start)
        {
            var found = new HashSet<Guid>();
            var open = new Stack<Guid>([start]);
            while (open.TryPop(out var id))
            {
                foreach (var parent in _parents.GetValueOrDefault(id, []))
                {
                    if (found.Add(parent))
                    {
                        open.Push(parent);
                    }
                }
            }

            return found;
        }
    }
}
