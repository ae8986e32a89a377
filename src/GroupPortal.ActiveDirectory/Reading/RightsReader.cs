using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// What our account may write, as the server works it out ([MS-ADTS] 3.1.1.4.5.17 and .18). Rights hardly change and are mostly
/// the container's: what one group there allows is believed of the others for a while, what it forbids never is.
/// </summary>
internal sealed class RightsReader(Domain domain, DomainSearch searches)
{
    private const string OfObject = "allowedAttributesEffective";
    private const string BelowObject = "allowedChildClassesEffective";

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(1);

    private readonly RecentAnswers<string, IReadOnlySet<string>> _byContainer = new(domain.Clock, names => names.Count, Kept, maximumAnswers: 256);

    /// <param name="wanted">Attributes that somebody wants to write.</param>
    public async Task<DirectoryAnswer<AccountRights>> OfGroupAsync(
        Guid group, DistinguishedName dn, IReadOnlyCollection<string> wanted, CancellationToken cancellation)
    {
        var isOwn = false;
        var answer = await _byContainer.GetAsync(
            dn.Parent?.Key ?? string.Empty,
            token =>
            {
                isOwn = true;
                return ReadAsync(LdapName.FromGuid(group), OfObject, token);
            },
            cancellation);
        if (!isOwn && answer is DirectoryAnswer<IReadOnlySet<string>>.Ok(var others) && !wanted.All(others.Contains))
        {
            answer = await ReadAsync(LdapName.FromGuid(group), OfObject, cancellation);
        }

        return answer.Map(writable => new AccountRights(MayCreate: true, writable));
    }

    /// <summary>Whether groups may be made in a container. A new group's attributes are the server's to judge.</summary>
    public async Task<DirectoryAnswer<AccountRights>> OfContainerAsync(DistinguishedName container, CancellationToken cancellation)
    {
        var answer = await _byContainer.GetAsync(
            container.Key + "\n", token => ReadAsync(Domain.NameOf(container), BelowObject, token), cancellation);
        return answer.Map(classes => new AccountRights(classes.Contains("group"), null));
    }

    private async Task<DirectoryAnswer<IReadOnlySet<string>>> ReadAsync(LdapName name, string attribute, CancellationToken cancellation)
    {
        var answer = await searches.EntryAsync(name, [attribute], cancellation);
        return answer switch
        {
            DirectoryAnswer<LdapEntry?>.Ok({ } entry) => DirectoryAnswer.Ok<IReadOnlySet<string>>(entry.Texts(attribute).ToHashSet(StringComparer.OrdinalIgnoreCase)),
            DirectoryAnswer<LdapEntry?>.Ok(null) => new DirectoryError.NotFound { ServerText = name.ToString() },
            _ => answer.WhyNot(),
        };
    }
}
