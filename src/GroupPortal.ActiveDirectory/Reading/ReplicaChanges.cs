using System.Globalization;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>What changed between two change numbers of one server, or of what DirSync told, whole.</summary>
/// <param name="containers">Where containers stood; null when that is not known.</param>
internal sealed class ReplicaChanges(Domain domain, DomainSearch searches, ReplicaGroups groups, NestingReader nesting, ReplicaContainers? containers)
{
    /// <summary>By so much a step of change numbers grows or shrinks.</summary>
    private const int StepFactor = 8;

    /// <summary>What moved with its container is one page; if it is more, everything is read again, which comes in many.</summary>
    private const int MostMoved = 20_000;

    private static readonly LdapFilter Objects = LdapFilter.Or(
        LdapFilter.Equal("objectClass", "user"),
        LdapFilter.Equal("objectClass", "contact"),
        LdapFilter.Equal("objectClass", "group"),
        LdapFilter.Equal("objectClass", "foreignSecurityPrincipal"));

    private static readonly IReadOnlyList<string> Asked =
        ["objectGUID", "isDeleted", "uSNCreated", LinkedNames.FirstRange("memberOf"), .. ReplicaValues.Attributes];

    /// <summary>Whoever is of interest, containers among them.</summary>
    public static LdapFilter Everything { get; } = LdapFilter.Or(Objects, ReplicaContainers.Filter);

    /// <summary>Those of some that changed after a number; who may not be read, or is gone again, is left out.</summary>
    public async Task<DirectoryAnswer<IReadOnlyList<ReplicaObject>>> ReadAsync(
        DomainFacts facts, long from, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        var wanted = ids.ToHashSet();
        var found = new List<LdapEntry>(ids.Count);
        if (ids.Count > DomainSearch.TermsPerSearch)
        {
            // Many that changed just now are the latest numbers: one search for most of them, where it does not find too many others.
            var latest = LdapFilter.And(LdapFilter.AtLeast("uSNChanged", Text(from + 1)), Everything);
            var first = await searches.FirstAsync(latest, Asked, ids.Count * 2, isNarrow: true, cancellation, LdapControls.ExtendedNames);
            if (first is not DirectoryAnswer<(IReadOnlyList<LdapEntry> Entries, bool HasMore)>.Ok(var (some, hasMore)))
            {
                return first.WhyNot();
            }

            if (!hasMore)
            {
                found.AddRange(some.Where(entry => entry.Guid("objectGUID") is { } id && wanted.Remove(id)));
            }
        }

        var answer = await searches.AnyOfAsync(
            wanted,
            id => LdapFilter.Equal("objectGUID", id),
            filter => new LdapSearch(domain.BaseName, LdapScope.Subtree, LdapFilter.And(Everything, filter), Asked) { Controls = [LdapControls.ExtendedNames] },
            cancellation);
        if (answer is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var others))
        {
            return answer.WhyNot();
        }

        found.AddRange(others);
        return WhyUnusable(found) is { } why ? why : await ReadAsync(facts, from, found, cancellation);
    }

    /// <param name="from">Changes above this number.</param>
    /// <param name="to">And up to this one: what the server had when it was asked.</param>
    /// <returns>The page, of about so many objects, and the number up to which all changes are in it.</returns>
    public async Task<DirectoryAnswer<(IReadOnlyList<ReplicaObject> Objects, IReadOnlyList<Guid> Deleted, long Upto)>> ReadAsync(
        DomainFacts facts, long from, long to, int take, CancellationToken cancellation)
    {
        var answer = await NextAsync(from, to, take, cancellation);
        if (answer is not DirectoryAnswer<(IReadOnlyList<LdapEntry>, long)>.Ok(var (some, upto)))
        {
            return answer.WhyNot();
        }

        var deleted = some.Where(IsDeleted).Select(entry => entry.Guid("objectGUID")!.Value).ToList();
        var whole = await ReadAsync(facts, from, [.. some.Where(entry => !IsDeleted(entry))], cancellation);
        return whole.Map(objects => (objects, (IReadOnlyList<Guid>)deleted, upto));
    }

    private async Task<DirectoryAnswer<IReadOnlyList<ReplicaObject>>> ReadAsync(
        DomainFacts facts, long from, IReadOnlyList<LdapEntry> entries, CancellationToken cancellation)
    {
        var changed = entries.DistinctBy(entry => entry.Guid("objectGUID")).ToDictionary(entry => entry.Guid("objectGUID")!.Value);
        if (await AddMovedAsync(changed, from, cancellation) is { } why || (why = await AddPrimaryGroupsAsync(changed, facts, from, cancellation)) is not null)
        {
            return why;
        }

        return await WholeAsync([.. changed.Values], facts, cancellation);
    }

    /// <summary>
    /// What changed next, in steps of numbers. A change has a number of its own, so that as many numbers are never too many objects;
    /// where few of them are of interest the steps grow, and shrink again where that was too far.
    /// </summary>
    private async Task<DirectoryAnswer<(IReadOnlyList<LdapEntry> Some, long Upto)>> NextAsync(long from, long to, int take, CancellationToken cancellation)
    {
        var found = new List<LdapEntry>();
        var (upto, step, mayGrow) = (from, (long)take, true);
        while (upto < to && found.Count < take)
        {
            var end = upto + Math.Min(step, to - upto);
            var answer = await BetweenAsync(upto, end, take, isNarrow: step <= take, cancellation);
            if (answer is not DirectoryAnswer<(IReadOnlyList<LdapEntry>, bool)>.Ok(var (some, hasMore)))
            {
                return answer.WhyNot();
            }

            if (hasMore)
            {
                // Not again, or the same place would be too far the next time.
                (step, mayGrow) = (Math.Max(1, step / StepFactor), false);
                continue;
            }

            found.AddRange(some);
            upto = end;
            step = mayGrow && some.Count * 2L < take ? step * StepFactor : step;
        }

        return DirectoryAnswer.Ok<(IReadOnlyList<LdapEntry>, long)>((found, upto));
    }

    private async Task<DirectoryAnswer<(IReadOnlyList<LdapEntry> Some, bool HasMore)>> BetweenAsync(
        long from, long to, int take, bool isNarrow, CancellationToken cancellation)
    {
        var filter = LdapFilter.And(
            LdapFilter.AtLeast("uSNChanged", Text(from + 1)), LdapFilter.AtMost("uSNChanged", Text(to)), Everything);
        if (to == from + 1)
        {
            // Never a part of what has one number.
            var whole = await AllAsync(domain.BaseName, filter, cancellation, LdapControls.ShowDeleted);
            return whole.Map(entries => (entries, false));
        }

        var answer = await searches.FirstAsync(filter, Asked, take, isNarrow, cancellation, LdapControls.ExtendedNames, LdapControls.ShowDeleted);
        return answer is DirectoryAnswer<(IReadOnlyList<LdapEntry> Entries, bool HasMore)>.Ok(var (some, _)) && WhyUnusable(some) is { } why ? why : answer;
    }

    private static bool IsDeleted(LdapEntry entry) => string.Equals(entry.Text("isDeleted"), "TRUE", StringComparison.OrdinalIgnoreCase);

    private static bool IsNew(LdapEntry entry, long from) => entry.Number("uSNCreated") > from;

    private static bool IsContainer(LdapEntry entry) => ObjectClasses.KindOf(entry.Texts("objectClass")) == ObjectKind.OrganizationalUnit;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A container that was renamed or moved takes everything below along, and nothing below gets a new number: it is read again.
    /// Where it stood is not told, so it is kept in mind.
    /// </summary>
    private async Task<DirectoryError?> AddMovedAsync(Dictionary<Guid, LdapEntry> changed, long from, CancellationToken cancellation)
    {
        foreach (var container in changed.Values.Where(IsContainer).ToList())
        {
            var id = container.Guid("objectGUID")!.Value;
            changed.Remove(id);
            var hasStayed = IsNew(container, from) || containers?.HasStayed(container, from) == true;
            containers?.Note(container);
            if (hasStayed)
            {
                continue;
            }

            var answer = await searches.FirstAsync(
                new LdapSearch(LdapName.FromGuid(id), LdapScope.Subtree, Objects, Asked) { Controls = [LdapControls.ExtendedNames] }, MostMoved, cancellation);
            if (answer is not DirectoryAnswer<(IReadOnlyList<LdapEntry> Entries, bool HasMore)>.Ok(var (below, hasMore)))
            {
                if (answer is DirectoryAnswer<(IReadOnlyList<LdapEntry> Entries, bool HasMore)>.Failed { Error: DirectoryError.NotFound })
                {
                    continue; // deleted meanwhile: it comes with what was below it
                }

                return answer.WhyNot();
            }

            if (hasMore || WhyUnusable(below) is not null)
            {
                return hasMore ? DirectoryError.Conflict.Unknown : WhyUnusable(below);
            }

            foreach (var entry in below)
            {
                changed.TryAdd(entry.Guid("objectGUID")!.Value, entry);
            }
        }

        return null;
    }

    /// <summary>A new account is in its primary group without that group's changing.</summary>
    private async Task<DirectoryError?> AddPrimaryGroupsAsync(Dictionary<Guid, LdapEntry> changed, DomainFacts facts, long from, CancellationToken cancellation)
    {
        var rids = changed.Values.Where(entry => IsNew(entry, from))
            .Select(entry => entry.Number("primaryGroupID")).OfType<long>().Where(rid => rid is > 0 and <= uint.MaxValue).Distinct().ToList();
        foreach (var some in rids.Chunk(DomainSearch.TermsPerSearch))
        {
            var answer = await AllAsync(
                domain.BaseName, LdapFilter.Or([.. some.Select(rid => LdapFilter.Equal("objectSid", facts.DomainSid.Account((uint)rid).Octets))]), cancellation);
            if (answer is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var found))
            {
                return answer.WhyNot();
            }

            foreach (var entry in found.Where(GroupValues.IsGroup))
            {
                changed.TryAdd(entry.Guid("objectGUID")!.Value, entry);
            }
        }

        return null;
    }

    private async Task<DirectoryAnswer<IReadOnlyList<ReplicaObject>>> WholeAsync(
        IReadOnlyList<LdapEntry> entries, DomainFacts facts, CancellationToken cancellation)
    {
        var ofGroups = entries.Where(GroupValues.IsGroup).ToList();
        var primaryAnswer = await groups.PrimaryMembersAsync(ofGroups, facts, cancellation);
        if (primaryAnswer is not DirectoryAnswer<IReadOnlyDictionary<uint, List<Guid>>>.Ok(var primary))
        {
            return primaryAnswer.WhyNot();
        }

        var guardedAnswer = await nesting.ProtectedAsync(ofGroups, cancellation);
        if (guardedAnswer is not DirectoryAnswer<IReadOnlySet<Guid>>.Ok(var guarded))
        {
            return guardedAnswer.WhyNot();
        }

        var objects = new List<ReplicaObject>(entries.Count);
        foreach (var entry in entries)
        {
            if (!GroupValues.IsGroup(entry))
            {
                objects.Add(ReplicaValues.Of(entry, ObjectClasses.KindOf(entry.Texts("objectClass"))));
                continue;
            }

            var answer = await groups.ReadAsync(entry, facts, primary, cancellation);
            switch (answer)
            {
                case DirectoryAnswer<ReplicaObject>.Ok(var group):
                    objects.Add(group with { IsProtected = guarded.Contains(group.Id) });
                    break;
                case DirectoryAnswer<ReplicaObject>.Failed { Error: DirectoryError.NotFound }:
                    break; // deleted meanwhile: it comes as deleted
                default:
                    return answer.WhyNot();
            }
        }

        return DirectoryAnswer.Ok<IReadOnlyList<ReplicaObject>>(objects);
    }

    private async Task<DirectoryAnswer<IReadOnlyList<LdapEntry>>> AllAsync(
        LdapName below, LdapFilter filter, CancellationToken cancellation, params IReadOnlyList<LdapControl> controls)
    {
        var answer = await searches.AllAsync(
            new LdapSearch(below, LdapScope.Subtree, filter, Asked) { Controls = [LdapControls.ExtendedNames, .. controls] }, cancellation);
        return Usable(answer);
    }

    private static DirectoryAnswer<IReadOnlyList<LdapEntry>> Usable(DirectoryAnswer<IReadOnlyList<LdapEntry>> answer) =>
        answer is DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var entries) && WhyUnusable(entries) is { } why ? why : answer;

    private static DirectoryError? WhyUnusable(IReadOnlyList<LdapEntry> entries) =>
        entries.Select(ReplicaLoad.WhyUnusable).FirstOrDefault(why => why is not null);
}
