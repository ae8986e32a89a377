using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// What references lead to, level by level: whoever is found at one level is not asked for at the next. One search for every
/// fifty references of a level.
/// </summary>
internal sealed class ReferenceReader(Domain domain, DomainSearch searches)
{
    private const int MaximumCandidates = 20;

    /// <summary>No name in a directory is longer.</summary>
    private const int MaximumLength = 1024;

    private static readonly string[] Names = ["sAMAccountName", "userPrincipalName", "mail", "displayName", "name"];

    public async Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(
        IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var found = new Dictionary<string, ReferenceMatch>(StringComparer.Ordinal);
        var open = references.ToHashSet(StringComparer.Ordinal);
        var wanted = ObjectClasses.Wanted(kinds);
        if (wanted.Count > 0)
        {
            foreach (var level in Levels())
            {
                var answer = await AskAsync(level, open, wanted, cancellation);
                if (answer is not DirectoryAnswer<Dictionary<string, ReferenceMatch>>.Ok(var some))
                {
                    return answer.WhyNot(); // half an answer would call the others "not found"
                }

                foreach (var (reference, match) in some)
                {
                    found[reference] = match;
                    open.Remove(reference);
                }
            }
        }

        foreach (var reference in open)
        {
            found[reference] = new ReferenceMatch.NotFound();
        }

        return DirectoryAnswer.Ok<IReadOnlyDictionary<string, ReferenceMatch>>(found);
    }

    /// <summary>How a level reads a reference (null: not so), asks for it, and finds it again in an entry.</summary>
    private sealed record Level(Func<string, string?> KeyOf, Func<string, LdapFilter> Term, Func<LdapEntry, string?> KeyOfEntry);

    private IEnumerable<Level> Levels()
    {
        yield return new Level(
            reference => Guid.TryParse(reference, out var id) ? id.ToString() : null,
            reference => LdapFilter.Equal("objectGUID", Guid.Parse(reference)),
            entry => entry.Guid("objectGUID")?.ToString());
        yield return new Level(
            reference => DistinguishedName.TryParse(reference, out var dn) && NameFilter.IsText(reference) && dn.IsAtOrUnder(domain.Base) ? dn.Key : null,
            reference => LdapFilter.Equal("distinguishedName", DistinguishedName.Parse(reference).ToString()),
            entry => ExtendedName.Of(entry).Parsed?.Key);
        foreach (var attribute in Names)
        {
            yield return new Level(
                reference => string.IsNullOrWhiteSpace(reference) || reference.Length > MaximumLength || !NameFilter.IsText(reference)
                    ? null
                    : domain.Store.Folding.Fold(reference),
                reference => LdapFilter.Equal(attribute, reference),
                entry => entry.Text(attribute) is { } value ? domain.Store.Folding.Fold(value) : null);
        }
    }

    private async Task<DirectoryAnswer<Dictionary<string, ReferenceMatch>>> AskAsync(
        Level level, IEnumerable<string> open, IReadOnlyCollection<ObjectKind> wanted, CancellationToken cancellation)
    {
        var asked = open
            .Select(reference => (Reference: reference, Key: level.KeyOf(reference)))
            .Where(pair => pair.Key is not null)
            .ToLookup(pair => pair.Key!, pair => pair.Reference, StringComparer.Ordinal);
        var classes = ObjectClasses.Filter(wanted);
        var answer = await searches.AnyOfAsync(
            asked.Select(group => group.First()),
            level.Term,
            terms => new LdapSearch(domain.BaseName, LdapScope.Subtree, LdapFilter.And(classes, terms), ["objectGUID", .. ObjectValues.Attributes]),
            cancellation);
        return answer.Map(entries =>
        {
            var matches = new Dictionary<string, ReferenceMatch>(StringComparer.Ordinal);
            foreach (var entry in entries)
            {
                if (ObjectValues.Read(entry) is { } item && wanted.Contains(item.Kind) && level.KeyOfEntry(entry) is { } key)
                {
                    foreach (var reference in asked[key])
                    {
                        matches[reference] = Join(matches.GetValueOrDefault(reference), item);
                    }
                }
            }

            return matches;
        });
    }

    private static ReferenceMatch Join(ReferenceMatch? before, DirectoryObject item) => before switch
    {
        null => new ReferenceMatch.Found(item),
        ReferenceMatch.Found found => found.Object.Id == item.Id ? found : new ReferenceMatch.Ambiguous([found.Object, item]),
        ReferenceMatch.Ambiguous { Candidates.Count: < MaximumCandidates } several => new ReferenceMatch.Ambiguous([.. several.Candidates, item]),
        _ => before,
    };
}
