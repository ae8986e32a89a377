using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Auth;

/// <summary>Sign-in with the accounts of a domain. The domain judges the password; the portal keeps it nowhere.</summary>
internal sealed class DirectorySignIn : IPasswordSignIn
{
    private readonly IDomainAccounts _accounts;
    private readonly LockoutGuard _guard;
    private readonly ILogger<DirectorySignIn> _logger;
    private readonly AccountStandings _standings;

    public DirectorySignIn(IDomainAccounts accounts, LockoutGuard guard, TimeProvider clock, ILogger<DirectorySignIn> logger)
    {
        (_accounts, _guard, _logger) = (accounts, guard, logger);
        _standings = new AccountStandings(RoleOfAsync, clock);
        Method = FormattableString.Invariant($"ldap-{accounts.Store.Id}");
    }

    public string Method { get; }

    public bool IsAvailable => true;

    public async Task<SignInAnswer> SignInAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (password.Length == 0)
        {
            return new SignInAnswer.Refused(SignInRefusal.DoNotMatch);
        }

        if (await _accounts.FindAsync(name, cancellationToken) is not DirectoryAnswer<DomainAccount?>.Ok(var account))
        {
            return Unreachable();
        }

        // A name that leads to nobody is counted and takes its time as one that does: neither tells whether it exists.
        var key = account is null ? $"{Method}?{_accounts.KeyOf(name)}" : $"{Method}#{account.Id:N}";
        if (_guard.Begin(key) is { } wait)
        {
            return new SignInAnswer.TooMany(wait);
        }

        // Once it is sent, who asked has no more say: what the directory counted is to be known here.
        var outcome = await _accounts.TryPasswordAsync(account, password, CancellationToken.None);
        if (outcome == BindOutcome.Right)
        {
            _guard.Succeeded(key);
            return account is null ? new SignInAnswer.Refused(SignInRefusal.DoNotMatch) : await WelcomeAsync(account, cancellationToken);
        }

        if (outcome is not (BindOutcome.Wrong or BindOutcome.Unanswered))
        {
            _guard.TakeBack(key);
        }

        return outcome is BindOutcome.Unreachable or BindOutcome.Unanswered ? Unreachable() : new SignInAnswer.Refused(ReasonOf(outcome));
    }

    public Task<bool> IsStillValidAsync(string name, string role, CancellationToken cancellationToken) => _standings.IsAsync(name, role, cancellationToken);

    private static SignInRefusal ReasonOf(BindOutcome outcome) => outcome switch
    {
        BindOutcome.Disabled => SignInRefusal.Disabled,
        BindOutcome.AccountExpired => SignInRefusal.AccountExpired,
        BindOutcome.PasswordExpired => SignInRefusal.PasswordExpired,
        BindOutcome.MustChangePassword => SignInRefusal.MustChangePassword,
        BindOutcome.LockedOut => SignInRefusal.LockedOut,
        BindOutcome.NotPermittedNow => SignInRefusal.NotPermittedNow,
        _ => SignInRefusal.DoNotMatch,
    };

    private static string NameOf(PortalRole role) => role switch
    {
        PortalRole.Administrator => PortalRoles.Administrator,
        PortalRole.Helpdesk => PortalRoles.Helpdesk,
        _ => PortalRoles.User,
    };

    private async Task<SignInAnswer> WelcomeAsync(DomainAccount account, CancellationToken cancellation)
    {
        if (await _accounts.RoleAsync(account, cancellation) is not DirectoryAnswer<PortalRole>.Ok(var role))
        {
            return Unreachable();
        }

        _standings.Set(account.Name, NameOf(role));
        return new SignInAnswer.Welcome(new PortalAccount(account.Name, account.DisplayName, NameOf(role)), Method);
    }

    private async Task<DirectoryAnswer<string?>> RoleOfAsync(string name, CancellationToken cancellation)
    {
        var found = await _accounts.FindAsync(name, cancellation);
        if (found is not DirectoryAnswer<DomainAccount?>.Ok(var account))
        {
            return found.Map<string?>(_ => null);
        }

        // By the very name that was given at the sign-in: another spelling may by now be somebody else.
        if (account is not { IsActive: true } || !string.Equals(account.Name, name, StringComparison.OrdinalIgnoreCase))
        {
            return DirectoryAnswer.Ok<string?>(null);
        }

        return (await _accounts.RoleAsync(account, cancellation)).Map<string?>(NameOf);
    }

    private SignInAnswer.Refused Unreachable()
    {
        _logger.LogWarning("{Store} could not be asked about a sign-in.", _accounts.Store.Name);
        return new SignInAnswer.Refused(SignInRefusal.Unreachable);
    }
}
