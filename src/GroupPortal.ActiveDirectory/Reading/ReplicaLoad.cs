using System.Runtime.CompilerServices;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// One reading of everything, held between the pages that are asked for: a paged search lives on its connection. Accounts first,
/// so that the groups find whose primary group they are; then the groups, which are known together before the first is given.
/// </summary>
internal sealed class ReplicaLoad : IAsyncDisposable
{
    private static readonly LdapFilter Accounts = LdapFilter.Or(
        LdapFilter.Equal("objectClass", "user"),
        LdapFilter.Equal("objectClass", "contact"),
        LdapFilter.Equal("objectClass", "foreignSecurityPrincipal"));

    private static readonly LdapFilter Groups = LdapFilter.Equal("objectClass", "group");

    private readonly Domain _domain;
    private readonly DomainFacts _facts;
    private readonly DomainSearch _searches;
    private readonly ReplicaGroups _groups;
    private readonly CancellationTokenSource _ending = new();
    private readonly IAsyncEnumerator<DirectoryAnswer<IReadOnlyList<ReplicaObject>>> _parts;
    private readonly Queue<ReplicaObject> _rest = [];
    private bool _hasEnded;

    public ReplicaLoad(Domain domain, DomainFacts facts, DomainSearch searches, ReplicaGroups groups)
    {
        (_domain, _facts, _searches, _groups) = (domain, facts, searches, groups);
        _parts = PartsAsync(_ending.Token).GetAsyncEnumerator(_ending.Token);
    }

    public Guid Id { get; } = Guid.NewGuid();

    /// <summary>Pages that were given.</summary>
    public int Pages { get; private set; }

    /// <summary>The next objects, and whether these were the last. After an error there is no going on.</summary>
    public async Task<DirectoryAnswer<(IReadOnlyList<ReplicaObject> Objects, bool IsLast)>> NextAsync(int take, CancellationToken cancellation)
    {
        using var cancelling = cancellation.Register(_ending.Cancel);
        // One more than is given, so that the last page is known to be the last.
        while (_rest.Count <= take && !_hasEnded)
        {
            if (!await _parts.MoveNextAsync())
            {
                _hasEnded = true;
            }
            else if (_parts.Current is DirectoryAnswer<IReadOnlyList<ReplicaObject>>.Ok(var part))
            {
                foreach (var item in part)
                {
                    _rest.Enqueue(item);
                }
            }
            else
            {
                return _parts.Current.WhyNot();
            }
        }

        var page = new List<ReplicaObject>(Math.Min(take, _rest.Count));
        while (page.Count < take && _rest.TryDequeue(out var item))
        {
            page.Add(item);
        }

        Pages++;
        return DirectoryAnswer.Ok<(IReadOnlyList<ReplicaObject>, bool)>((page, _hasEnded && _rest.Count == 0));
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _parts.DisposeAsync();
        _ending.Dispose();
    }

    /// <summary>Why an entry can be no part of the whole; null for one that can.</summary>
    public static DirectoryError? WhyUnusable(LdapEntry entry) =>
        entry.Guid("objectGUID") is null || entry["objectClass"] is null ? DomainSearch.Unreadable(ExtendedName.Of(entry).Dn) : null;

    private LdapSearch Search(LdapFilter filter) => new(_domain.BaseName, LdapScope.Subtree, filter, ["objectGUID", .. ReplicaValues.Attributes])
    {
        Controls = [LdapControls.ExtendedNames],
    };

    private async IAsyncEnumerable<DirectoryAnswer<IReadOnlyList<ReplicaObject>>> PartsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var primary = new Dictionary<uint, List<Guid>>();
        await foreach (var part in _searches.EachAsync(Search(Accounts), cancellation))
        {
            yield return Take(part, primary);
        }

        var groups = new Dictionary<Guid, ReplicaObject>();
        var roots = new List<Guid>();
        await foreach (var part in _searches.EachAsync(Search(Groups), cancellation))
        {
            if (await TakeGroupsAsync(part, primary, groups, roots, cancellation) is { } why)
            {
                yield return why;
                yield break;
            }
        }

        var guarded = ReplicaGroups.Below(roots, groups);
        yield return DirectoryAnswer.Ok<IReadOnlyList<ReplicaObject>>(
            [.. groups.Values.Select(group => guarded.Contains(group.Id) ? group with { IsProtected = true } : group)]);
    }

    private static DirectoryAnswer<IReadOnlyList<ReplicaObject>> Take(DirectoryAnswer<IReadOnlyList<LdapEntry>> part, Dictionary<uint, List<Guid>> primary)
    {
        if (part is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var entries))
        {
            return part.WhyNot();
        }

        var objects = new List<ReplicaObject>(entries.Count);
        foreach (var entry in entries)
        {
            if (WhyUnusable(entry) is { } why)
            {
                return why;
            }

            ReplicaGroups.Add(primary, entry);
            objects.Add(ReplicaValues.Of(entry, ObjectClasses.KindOf(entry.Texts("objectClass"))));
        }

        return DirectoryAnswer.Ok<IReadOnlyList<ReplicaObject>>(objects);
    }

    private async Task<DirectoryError?> TakeGroupsAsync(
        DirectoryAnswer<IReadOnlyList<LdapEntry>> part,
        Dictionary<uint, List<Guid>> primary,
        Dictionary<Guid, ReplicaObject> groups,
        List<Guid> roots,
        CancellationToken cancellation)
    {
        if (part is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var entries))
        {
            return part.WhyNot();
        }

        foreach (var entry in entries)
        {
            if (WhyUnusable(entry) is { } why)
            {
                return why;
            }

            var answer = await _groups.ReadAsync(entry, _facts, primary, cancellation);
            switch (answer)
            {
                case DirectoryAnswer<ReplicaObject>.Ok(var group):
                    groups[group.Id] = group;
                    if (ProtectedGroups.BySid(SecurityIdentifier.Of(entry.Octets("objectSid"))?.ToString()))
                    {
                        roots.Add(group.Id);
                    }

                    break;
                case DirectoryAnswer<ReplicaObject>.Failed { Error: DirectoryError.NotFound }:
                    // Deleted between its entry and its members: it comes as deleted with the changes.
                    break;
                default:
                    return answer.WhyNot();
            }
        }

        return null;
    }
}
