using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>
/// What our account may write, remembered. Rights hardly change and are mostly the container's: what one group there allows is
/// believed of the others for a while, what it forbids never is.
/// </summary>
internal sealed class RightsReader(Domain domain, DomainSearch searches)
{
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
                return OfObjectAsync(LdapName.FromGuid(group), token);
            },
            cancellation);
        if (!isOwn && answer is DirectoryAnswer<IReadOnlySet<string>>.Ok(var others) && !wanted.All(others.Contains))
        {
            answer = await OfObjectAsync(LdapName.FromGuid(group), cancellation);
        }

        return answer.Map(writable => new AccountRights(MayCreate: true, writable));
    }

    /// <summary>Whether groups may be made in a container. A new group's attributes are the server's to judge.</summary>
    public async Task<DirectoryAnswer<AccountRights>> OfContainerAsync(DistinguishedName container, CancellationToken cancellation)
    {
        var answer = await _byContainer.GetAsync(
            container.Key + "\n", token => BelowObjectAsync(Domain.NameOf(container), token), cancellation);
        return answer.Map(classes => new AccountRights(classes.Contains("group"), null));
    }

    private static DirectoryAnswer<IReadOnlySet<string>> There(DirectoryAnswer<IReadOnlySet<string>?> answer, LdapName name) =>
        answer is DirectoryAnswer<IReadOnlySet<string>?>.Ok(null) ? new DirectoryError.NotFound { ServerText = name.ToString() } : answer.Map(rights => rights!);

    private async Task<DirectoryAnswer<IReadOnlySet<string>>> OfObjectAsync(LdapName name, CancellationToken cancellation) =>
        There(await EffectiveRights.AttributesAsync(searches, name, cancellation), name);

    private async Task<DirectoryAnswer<IReadOnlySet<string>>> BelowObjectAsync(LdapName name, CancellationToken cancellation) =>
        There(await EffectiveRights.ClassesBelowAsync(searches, name, cancellation), name);
}
