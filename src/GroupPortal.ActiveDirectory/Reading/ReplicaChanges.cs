using System.Globalization;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>What changed between two change numbers of one server, or of what DirSync told, whole.</summary>
internal sealed class ReplicaChanges(Domain domain, DomainSearch searches, ReplicaGroups groups, NestingReader nesting)
{
    private static readonly LdapFilter Objects = LdapFilter.Or(
        LdapFilter.Equal("objectClass", "user"),
        LdapFilter.Equal("objectClass", "contact"),
        LdapFilter.Equal("objectClass", "group"),
        LdapFilter.Equal("objectClass", "foreignSecurityPrincipal"));

    private static readonly LdapFilter Containers = LdapFilter.Or(
        LdapFilter.Equal("objectClass", "organizationalUnit"),
        LdapFilter.Equal("objectClass", "container"));

    private static readonly IReadOnlyList<string> Asked =
        ["objectGUID", "isDeleted", "uSNCreated", LinkedNames.FirstRange("memberOf"), .. ReplicaValues.Attributes];

    /// <summary>Whoever is of interest, containers among them.</summary>
    public static LdapFilter Everything { get; } = LdapFilter.Or(Objects, Containers);

    /// <summary>Those of some that changed after a number; who may not be read, or is gone again, is left out.</summary>
    public async Task<DirectoryAnswer<IReadOnlyList<ReplicaObject>>> ReadAsync(
        DomainFacts facts, long from, IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        var answer = Usable(await searches.AnyOfAsync(
            ids,
            id => LdapFilter.Equal("objectGUID", id),
            filter => new LdapSearch(domain.BaseName, LdapScope.Subtree, LdapFilter.And(Everything, filter), Asked) { Controls = [LdapControls.ExtendedNames] },
            cancellation));
        return answer is DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var found)
            ? await ReadAsync(facts, from, found, cancellation)
            : answer.WhyNot();
    }

    /// <param name="from">Changes above this number.</param>
    /// <param name="to">And up to this one: what the server had when it was asked.</param>
    /// <returns>The page, and the number up to which all changes are in it.</returns>
    public async Task<DirectoryAnswer<(IReadOnlyList<ReplicaObject> Objects, IReadOnlyList<Guid> Deleted, long Upto)>> ReadAsync(
        DomainFacts facts, long from, long to, int take, CancellationToken cancellation)
    {
        var filter = LdapFilter.And(
            LdapFilter.AtLeast("uSNChanged", Text(from + 1)), LdapFilter.AtMost("uSNChanged", Text(to)), Everything);
        var answer = await AllAsync(domain.BaseName, filter, cancellation, LdapControls.ShowDeleted);
        if (answer is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var all))
        {
            return answer.WhyNot();
        }

        var (some, upto) = First([.. all.OrderBy(NumberOf)], take, to);
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

    /// <summary>In the server's own order; never a part of what has one number.</summary>
    private static (IReadOnlyList<LdapEntry> Some, long Upto) First(List<LdapEntry> ordered, int take, long to)
    {
        if (ordered.Count <= take)
        {
            return (ordered, to);
        }

        var last = NumberOf(ordered[take - 1]);
        var some = ordered.TakeWhile(entry => NumberOf(entry) <= last).ToList();
        return (some, some.Count == ordered.Count ? to : last);
    }

    private static long NumberOf(LdapEntry entry) => entry.Number("uSNChanged") ?? 0;

    private static bool IsDeleted(LdapEntry entry) => string.Equals(entry.Text("isDeleted"), "TRUE", StringComparison.OrdinalIgnoreCase);

    private static bool IsNew(LdapEntry entry, long from) => entry.Number("uSNCreated") > from;

    private static bool IsContainer(LdapEntry entry) => ObjectClasses.KindOf(entry.Texts("objectClass")) == ObjectKind.OrganizationalUnit;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// A container that was renamed or moved takes everything below along, and nothing below gets a new number: it is read again.
    /// What changed of a container is not told, and it is seldom that anything does.
    /// </summary>
    private async Task<DirectoryError?> AddMovedAsync(Dictionary<Guid, LdapEntry> changed, long from, CancellationToken cancellation)
    {
        foreach (var container in changed.Values.Where(IsContainer).ToList())
        {
            changed.Remove(container.Guid("objectGUID")!.Value);
            if (IsNew(container, from))
            {
                continue;
            }

            var answer = await AllAsync(LdapName.FromGuid(container.Guid("objectGUID")!.Value), Objects, cancellation);
            if (answer is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var below))
            {
                if (answer is DirectoryAnswer<IReadOnlyList<LdapEntry>>.Failed { Error: DirectoryError.NotFound })
                {
                    continue; // deleted meanwhile: it comes with what was below it
                }

                return answer.WhyNot();
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
        answer is DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var entries)
        && entries.Select(ReplicaLoad.WhyUnusable).FirstOrDefault(why => why is not null) is { } unreadable
            ? unreadable
            : answer;
}
