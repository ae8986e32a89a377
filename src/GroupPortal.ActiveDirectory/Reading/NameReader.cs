using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>Who has the names already that a group would like to have: two searches for all of them.</summary>
internal sealed class NameReader(Domain domain, DomainSearch searches)
{
    public async Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> InUseAsync(NameQuery query, CancellationToken cancellation)
    {
        var factsAnswer = await domain.Facts.GetAsync(cancellation);
        if (factsAnswer is not DirectoryAnswer<DomainFacts>.Ok(var facts))
        {
            return factsAnswer.WhyNot();
        }

        var inUse = new List<NameInUse>();
        if (DistinguishedName.TryParse(query.Dn, out var dn) && NameFilter.IsText(query.Dn) && dn.IsAtOrUnder(domain.Base))
        {
            var holder = await searches.EntryAsync(Domain.NameOf(dn), ObjectValues.Attributes, cancellation);
            if (holder is not DirectoryAnswer<LdapEntry?>.Ok(var entry))
            {
                return holder.WhyNot();
            }

            if (entry is not null && ObjectValues.Read(entry) is { } item && item.Id != query.Except)
            {
                inUse.Add(new NameInUse(AttributeNames.Name, dn.Name, item, MustBeUnique: true));
            }
        }

        var asked = new (string Attribute, string? Value)[]
            {
                (AttributeNames.AccountName, query.AccountName),
                (AttributeNames.MailNickname, facts.Capabilities.HasMailNickname ? query.MailNickname : null),
                (AttributeNames.DisplayName, query.DisplayName),
            }
            .Where(one => !string.IsNullOrWhiteSpace(one.Value) && NameFilter.IsText(one.Value))
            .Select(one => (one.Attribute, Value: one.Value!))
            .ToList();
        if (asked.Count == 0)
        {
            return DirectoryAnswer.Ok<IReadOnlyList<NameInUse>>(inUse);
        }

        var answer = await searches.AllAsync(
            LdapFilter.Or([.. asked.Select(one => LdapFilter.Equal(one.Attribute, one.Value))]),
            [.. ObjectValues.Attributes, AttributeNames.MailNickname],
            cancellation);
        return answer.Map<IReadOnlyList<NameInUse>>(entries =>
        [
            .. inUse,
            .. asked.Select(one => HolderOf(entries, one.Attribute, one.Value, query.Except) is { } item
                ? new NameInUse(one.Attribute, one.Value, item, facts.Catalog.TryGet(one.Attribute, out var definition) && definition.IsUnique)
                : null).OfType<NameInUse>(),
        ]);
    }

    private DirectoryObject? HolderOf(IEnumerable<LdapEntry> entries, string attribute, string value, Guid? except) => entries
        .Where(entry => entry.Text(attribute) is { } theirs && domain.Store.Folding.Equals(theirs, value))
        .Select(ObjectValues.Read)
        .OfType<DirectoryObject>()
        .FirstOrDefault(item => item.Id != except);
}
