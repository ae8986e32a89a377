using System.Security.Cryptography;
using GroupPortal.ActiveDirectory.Schema;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory;

/// <summary>
/// Signs people in by a bind of their own. Who they are is found with the service account first, so that every spelling of a
/// name leads to the same account and the bind goes to exactly that one.
/// </summary>
public sealed class DomainAccounts : IDomainAccounts, IAsyncDisposable
{
    private const int DisabledFlag = 0x2;
    private static readonly TimeSpan RolesKept = TimeSpan.FromMinutes(5);
    private static readonly string[] Attributes = ["objectGUID", "sAMAccountName", "userPrincipalName", "displayName", "userAccountControl", "accountExpires"];

    private readonly DomainConnection _connection;
    private readonly TimeProvider _clock;
    private readonly LdapClient _client;
    private readonly DistinguishedName _root;
    private readonly string _dnsName;
    private string? _netbiosName;
    private (RoleGroups Groups, DateTimeOffset Until)? _roles;

    public DomainAccounts(DomainConnection connection, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(connection);
        _connection = connection;
        _clock = clock;
        _client = new LdapClient(connection.Ldap, clock);
        _root = DistinguishedName.Parse(connection.Store.BaseDn);
        _dnsName = DomainConnection.DnsNameOf(connection.Store.BaseDn)!;
        _netbiosName = connection.NetbiosName is { Length: > 0 } configured ? configured : null;
    }

    public IdentityStore Store => _connection.Store;

    public async Task<DirectoryAnswer<DomainAccount?>> FindAsync(string name, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (SignInName.Parse(name) is not { } given)
        {
            return DirectoryAnswer.Ok<DomainAccount?>(null);
        }

        if (given.Domain is { } domain)
        {
            var own = await IsOwnDomainAsync(domain, cancellation);
            if (own is not DirectoryAnswer<bool>.Ok(true))
            {
                return own.Map<DomainAccount?>(_ => null);
            }
        }

        var terms = new List<LdapFilter>();
        if (given.Principal is { } principal)
        {
            terms.Add(LdapFilter.Equal("userPrincipalName", principal));
        }

        // Active Directory takes account@domain for everybody, whatever the userPrincipalName says.
        if (given.IsOf(_dnsName))
        {
            terms.Add(LdapFilter.Equal("sAMAccountName", given.Local));
        }

        var filter = LdapFilter.And(LdapFilter.Equal("objectCategory", "person"), LdapFilter.Equal("objectClass", "user"), LdapFilter.Or(terms));
        var found = await _client.SearchAsync(new LdapSearch(Domain.NameOf(_root), LdapScope.Subtree, filter, Attributes), cancellation);
        if (!found.IsComplete)
        {
            return SignInFaults.Decode(found.Answer);
        }

        var accounts = new List<DomainAccount>();
        foreach (var entry in found.Entries)
        {
            if (AccountOf(entry) is not { } account)
            {
                return new DirectoryError.AccessDenied();
            }

            accounts.Add(account);
        }

        // Two that match could be two people: nobody is let in by guessing, unless one of them is out of use.
        return DirectoryAnswer.Ok(accounts is [var only] ? only : accounts.Where(account => account.IsActive).ToList() is [var active] ? active : null);
    }

    public string KeyOf(string name) => SignInName.Parse(name)?.Key ?? string.Empty;

    public async Task<BindOutcome> TryPasswordAsync(DomainAccount? account, string password, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(password);
        if (account is not null)
        {
            return BindAnswer.Decode(await _client.TryBindAsync(new LdapCredential(account.Entry.ToString(), password), cancellation));
        }

        // As long as for somebody who exists. The typed password stays here: it may be meant for another directory.
        var nobody = $"{Guid.NewGuid():N}@{_dnsName}";
        var outcome = BindAnswer.Decode(await _client.TryBindAsync(new LdapCredential(nobody, Convert.ToHexString(RandomNumberGenerator.GetBytes(16))), cancellation));
        return outcome is BindOutcome.Unreachable or BindOutcome.Unanswered ? outcome : BindOutcome.Wrong;
    }

    public async Task<DirectoryAnswer<PortalRole>> RoleAsync(DomainAccount account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        var roles = await RolesAsync(cancellation);
        if (roles is not DirectoryAnswer<RoleGroups>.Ok(var groups))
        {
            return roles.Map(_ => PortalRole.User);
        }

        if (groups.Administrators.Count == 0 && groups.Helpdesk.Count == 0)
        {
            return DirectoryAnswer.Ok(PortalRole.User);
        }

        // Only a search of the account itself has it ([MS-ADTS] 3.1.1.4.5.19).
        var found = await _client.SearchAsync(new LdapSearch(account.Entry, LdapScope.Base, LdapFilter.Present("objectClass"), ["tokenGroups"]), cancellation);
        if (!found.IsComplete)
        {
            return SignInFaults.Decode(found.Answer);
        }

        // Everybody is in a primary group, so nothing means that it cannot be read: the weakest role, which checks tell.
        var sids = found.Entries is [var entry] && entry["tokenGroups"] is { } groupsOfToken
            ? groupsOfToken.Values.Select(value => SecurityIdentifier.Of(value)?.ToString()).OfType<string>().ToList()
            : [];
        return DirectoryAnswer.Ok(
            sids.Any(groups.Administrators.Contains) ? PortalRole.Administrator
            : sids.Any(groups.Helpdesk.Contains) ? PortalRole.Helpdesk
            : PortalRole.User);
    }

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    private async Task<DirectoryAnswer<RoleGroups>> RolesAsync(CancellationToken cancellation)
    {
        if (_roles is { } known && known.Until > _clock.GetUtcNow())
        {
            return DirectoryAnswer.Ok(known.Groups);
        }

        var read = await RoleGroups.ReadAsync(_client, _root, _connection.Roles, cancellation);
        if (read is DirectoryAnswer<RoleGroups>.Ok(var groups))
        {
            _roles = (groups, _clock.GetUtcNow() + RolesKept);
        }

        return read;
    }

    private async Task<DirectoryAnswer<bool>> IsOwnDomainAsync(string domain, CancellationToken cancellation)
    {
        if (string.Equals(domain, _dnsName, StringComparison.OrdinalIgnoreCase))
        {
            return DirectoryAnswer.Ok(true);
        }

        if (_netbiosName is null)
        {
            var read = await NetbiosNames.ReadAsync(_client, _root, cancellation);
            if (read is not DirectoryAnswer<string?>.Ok({ } name))
            {
                return read.Map(_ => false);
            }

            _netbiosName = name;
        }

        return DirectoryAnswer.Ok(string.Equals(domain, _netbiosName, StringComparison.OrdinalIgnoreCase));
    }

    private DomainAccount? AccountOf(LdapEntry entry) =>
        entry.Guid("objectGUID") is { } id && entry.Text("sAMAccountName") is { Length: > 0 } accountName
            ? new DomainAccount(id, accountName, entry.Text("userPrincipalName"), entry.Text("displayName") ?? accountName, IsActive(entry)) { Entry = entry.Name }
            : null;

    private bool IsActive(LdapEntry entry)
    {
        if (entry.Number("userAccountControl") is not { } flags || (flags & DisabledFlag) != 0)
        {
            return false;
        }

        // 0 and the largest number are "never" ([MS-ADA1] 2.1); so is an absent value.
        return entry.Number("accountExpires") is not ({ } expires and not 0 and not long.MaxValue)
            || expires > _clock.GetUtcNow().UtcDateTime.ToFileTimeUtc();
    }
}
