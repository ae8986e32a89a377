using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>Groups as rules see them: with all their members, those whose primary group it is among them.</summary>
internal sealed class ReplicaGroups(DomainSearch searches, LinkedNames links)
{
    /// <param name="primary">Whose primary group has this number.</param>
    public async Task<DirectoryAnswer<ReplicaObject>> ReadAsync(
        LdapEntry entry, DomainFacts facts, IReadOnlyDictionary<uint, List<Guid>> primary, CancellationToken cancellation)
    {
        var listed = await links.AllAsync(entry, ReplicaValues.Member, withIds: true, cancellation);
        if (listed is not DirectoryAnswer<IReadOnlyList<ExtendedName>>.Ok(var names))
        {
            return listed.WhyNot();
        }

        if (names.Any(name => name.Id is null))
        {
            return new DirectoryError.Unsupported { ServerText = "A name came without its GUID." };
        }

        var members = names.Select(name => name.Id!.Value);
        if (MemberReader.PrimaryRid(entry, facts) is { } rid && primary.TryGetValue(rid, out var more))
        {
            members = members.Concat(more);
        }

        return DirectoryAnswer.Ok(ReplicaValues.Of(entry, ObjectKind.Group) with
        {
            Members = [.. members.Distinct()],
            IsProtected = ProtectedGroups.ByEntry(entry),
        });
    }

    /// <summary>Whose primary group one of these is, by the groups' numbers.</summary>
    public async Task<DirectoryAnswer<IReadOnlyDictionary<uint, List<Guid>>>> PrimaryMembersAsync(
        IEnumerable<LdapEntry> groups, DomainFacts facts, CancellationToken cancellation)
    {
        var found = new Dictionary<uint, List<Guid>>();
        foreach (var rids in groups.Select(group => MemberReader.PrimaryRid(group, facts)).OfType<uint>().Distinct().Chunk(DomainSearch.TermsPerSearch))
        {
            var answer = await searches.CollectAsync<string>(
                LdapFilter.Or([.. rids.Select(MemberReader.PrimaryOf)]),
                ["primaryGroupID"],
                entry =>
                {
                    Add(found, entry);
                    return null;
                },
                cancellation);
            if (answer is not DirectoryAnswer<IReadOnlyList<string>>.Ok)
            {
                return answer.WhyNot();
            }
        }

        return DirectoryAnswer.Ok<IReadOnlyDictionary<uint, List<Guid>>>(found);
    }

    /// <summary>Notes whose primary group an account names.</summary>
    public static void Add(Dictionary<uint, List<Guid>> primary, LdapEntry account)
    {
        if (account.Number("primaryGroupID") is > 0 and <= uint.MaxValue and var rid && account.Guid("objectGUID") is { } id)
        {
            if (!primary.TryGetValue((uint)rid, out var members))
            {
                primary.Add((uint)rid, members = []);
            }

            members.Add(id);
        }
    }

    /// <summary>
    /// What a group contains that is protected by its SID is protected as well; among all groups this needs no further question.
    /// </summary>
    /// <param name="roots">The groups that are protected by their SID.</param>
    public static HashSet<Guid> Below(IEnumerable<Guid> roots, IReadOnlyDictionary<Guid, ReplicaObject> groups)
    {
        var found = new HashSet<Guid>();
        var open = new Stack<Guid>(roots);
        while (open.TryPop(out var id))
        {
            if (groups.TryGetValue(id, out var group) && found.Add(id))
            {
                foreach (var member in group.Members ?? [])
                {
                    open.Push(member);
                }
            }
        }

        return found;
    }
}
