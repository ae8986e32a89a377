using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Access;
using GroupPortal.Web.Auth;
using GroupPortal.Web.Tests.Components;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroupPortal.Web.Tests.Auth;

public sealed class DirectorySignInTests
{
    private readonly FakeClock _clock = new(new DateTimeOffset(2026, 3, 14, 15, 9, 26, TimeSpan.Zero));
    private readonly FakeAccounts _accounts = new();
    private readonly DirectorySignIn _signIn;

    public DirectorySignInTests() => _signIn = new DirectorySignIn(_accounts, new LockoutGuard(_clock), _clock, NullLogger<DirectorySignIn>.Instance);

    [Theory]
    [InlineData("ada")]
    [InlineData(@"DEMO\ada")]
    [InlineData("Ada@demo.local")]
    public async Task Every_spelling_is_the_same_account_by_the_name_that_finds_its_own_object(string name)
    {
        var welcome = Assert.IsType<SignInAnswer.Welcome>(await SignInAsync(name));

        Assert.Equal((new PortalAccount("ada@demo.local", "Ada Winter", PortalRoles.Helpdesk), "ldap-2"), (welcome.Account, welcome.Method));
    }

    [Fact]
    public async Task An_account_without_a_principal_name_is_called_by_its_account_name()
    {
        _accounts.Ada = _accounts.Ada with { UserPrincipalName = null };

        Assert.Equal("ada", Assert.IsType<SignInAnswer.Welcome>(await SignInAsync("ada")).Account.Name);
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_have_one_answer_and_both_try_a_bind()
    {
        Assert.Equal(await SignInAsync("nobody"), await SignInAsync("ada", "wrong"));
        Assert.Equal([null, "wrong"], _accounts.Sent);
    }

    [Fact]
    public async Task An_empty_password_is_never_sent()
    {
        Assert.Equal(new SignInAnswer.Refused(SignInRefusal.DoNotMatch), await SignInAsync("ada", ""));
        Assert.Empty(_accounts.Sent);
        Assert.Equal(0, _accounts.Reads);
    }

    [Theory]
    [InlineData(BindOutcome.Disabled, SignInRefusal.Disabled)]
    [InlineData(BindOutcome.AccountExpired, SignInRefusal.AccountExpired)]
    [InlineData(BindOutcome.PasswordExpired, SignInRefusal.PasswordExpired)]
    [InlineData(BindOutcome.MustChangePassword, SignInRefusal.MustChangePassword)]
    [InlineData(BindOutcome.LockedOut, SignInRefusal.LockedOut)]
    [InlineData(BindOutcome.NotPermittedNow, SignInRefusal.NotPermittedNow)]
    [InlineData(BindOutcome.Unreachable, SignInRefusal.Unreachable)]
    [InlineData(BindOutcome.Unanswered, SignInRefusal.Unreachable)]
    public async Task What_the_domain_said_is_told_and_nobody_gets_in(BindOutcome outcome, SignInRefusal reason)
    {
        _accounts.WhenRight = outcome;

        Assert.Equal(new SignInAnswer.Refused(reason), await SignInAsync("ada"));
    }

    [Fact]
    public async Task Who_guesses_in_several_spellings_is_stopped_before_the_domain_would_lock_the_account()
    {
        foreach (var name in new[] { "ada", @"DEMO\ada", "ada@demo.local", "ADA" })
        {
            Assert.IsType<SignInAnswer.Refused>(await SignInAsync(name, "wrong"));
        }

        Assert.Equal(new SignInAnswer.TooMany(LockoutGuard.Window), await SignInAsync("ada"));
        Assert.Equal(LockoutGuard.MostFailures, _accounts.Sent.Count);

        _clock.Now += LockoutGuard.Window;
        Assert.IsType<SignInAnswer.Welcome>(await SignInAsync("ada"));
    }

    [Fact]
    public async Task Names_of_nobody_are_counted_alike()
    {
        foreach (var name in new[] { "nobody", @"DEMO\nobody", "nobody@demo.local", "NOBODY" })
        {
            await SignInAsync(name);
        }

        Assert.IsType<SignInAnswer.TooMany>(await SignInAsync("nobody"));
    }

    [Fact]
    public async Task What_the_domain_did_not_count_is_not_counted_here()
    {
        _accounts.WhenRight = BindOutcome.MustChangePassword;
        for (var times = 0; times < 10; times++)
        {
            Assert.Equal(new SignInAnswer.Refused(SignInRefusal.MustChangePassword), await SignInAsync("ada"));
        }
    }

    [Fact]
    public async Task A_right_password_begins_the_count_anew()
    {
        for (var times = 0; times < 3 * LockoutGuard.MostFailures; times++)
        {
            Assert.IsType<SignInAnswer.Refused>(await SignInAsync("ada", "wrong"));
            Assert.IsType<SignInAnswer.Welcome>(await SignInAsync("ada"));
        }
    }

    [Fact]
    public async Task A_session_asks_the_domain_now_and_then_and_ends_with_the_role()
    {
        await SignInAsync("ada");
        var reads = _accounts.Reads;
        Assert.True(await IsValidAsync(PortalRoles.Helpdesk));
        Assert.False(await IsValidAsync(PortalRoles.Administrator));
        Assert.Equal(reads, _accounts.Reads);

        _accounts.Role = PortalRole.User;
        _clock.Now += AccountStandings.Fresh;
        Assert.False(await IsValidAsync(PortalRoles.Helpdesk));
        Assert.True(await IsValidAsync(PortalRoles.User));
    }

    [Fact]
    public async Task A_session_ends_when_the_account_is_out_of_use()
    {
        await SignInAsync("ada");
        _accounts.Ada = _accounts.Ada with { IsActive = false };
        _clock.Now += AccountStandings.Fresh;

        Assert.False(await IsValidAsync(PortalRoles.Helpdesk));
    }

    [Fact]
    public async Task A_session_ends_when_its_name_has_become_somebody_elses()
    {
        await SignInAsync("ada");
        _accounts.Ada = _accounts.Ada with { UserPrincipalName = "other@demo.local" };
        _clock.Now += AccountStandings.Fresh;

        Assert.False(await IsValidAsync(PortalRoles.Helpdesk));
    }

    [Fact]
    public async Task A_session_outlives_a_short_outage_and_no_long_one()
    {
        await SignInAsync("ada");
        _accounts.IsReachable = false;
        _clock.Now += AccountStandings.Fresh;
        Assert.True(await IsValidAsync(PortalRoles.Helpdesk));

        _clock.Now += AccountStandings.Longest - AccountStandings.Fresh;
        Assert.False(await IsValidAsync(PortalRoles.Helpdesk));

        _accounts.IsReachable = true;
        _clock.Now += AccountStandings.Pause;
        Assert.True(await IsValidAsync(PortalRoles.Helpdesk));
    }

    [Fact]
    public async Task During_an_outage_the_domain_is_asked_only_now_and_then()
    {
        _accounts.IsReachable = false;
        for (var times = 0; times < 20; times++)
        {
            Assert.False(await IsValidAsync(PortalRoles.Helpdesk));
        }

        Assert.Equal(1, _accounts.Reads);
    }

    [Fact]
    public async Task A_token_of_a_demo_account_is_not_taken_for_the_domains_account_of_that_name()
    {
        _accounts.Role = PortalRole.Administrator;

        Assert.False(await _signIn.IsStillValidAsync("ada", PortalRoles.Administrator, CancellationToken.None));
    }

    private Task<SignInAnswer> SignInAsync(string name, string password = FakeAccounts.Password) => _signIn.SignInAsync(name, password, CancellationToken.None);

    private Task<bool> IsValidAsync(string role) => _signIn.IsStillValidAsync("ada@demo.local", role, CancellationToken.None);
}
