using GroupPortal.Application.Access;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Access;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tests.Access;

public sealed class TokenStoreTests
{
    private const string Client = "script";

    [Fact]
    public async Task A_token_speaks_for_its_person_until_it_expires()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var tokens = portal.Get<TokenStore>();
        var issued = await tokens.IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);

        Assert.Equal(1200, issued.ExpiresIn);
        Assert.Equal(new TokenOwner(TestPortal.Hal, Client, 2), await tokens.ValidateAsync(issued.AccessToken, CancellationToken.None));
        portal.Clock.Advance(TimeSpan.FromSeconds(1199));
        Assert.NotNull(await tokens.ValidateAsync(issued.AccessToken, CancellationToken.None));
        portal.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await tokens.ValidateAsync(issued.AccessToken, CancellationToken.None));
    }

    [Fact]
    public async Task Neither_a_refresh_token_nor_anything_else_passes_for_an_access_token()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var tokens = portal.Get<TokenStore>();
        var issued = await tokens.IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);

        Assert.Null(await tokens.ValidateAsync(issued.RefreshToken, CancellationToken.None));
        Assert.Null(await tokens.ValidateAsync(string.Empty, CancellationToken.None));
        Assert.Null(await tokens.RefreshAsync(issued.AccessToken, Client, CancellationToken.None));
        Assert.Null(await tokens.RefreshAsync(issued.RefreshToken, "another client", CancellationToken.None));
    }

    [Fact]
    public async Task A_refresh_token_is_good_for_one_new_pair()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var tokens = portal.Get<TokenStore>();
        var first = await tokens.IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);

        var second = await tokens.RefreshAsync(first.RefreshToken, Client, CancellationToken.None);

        Assert.NotNull(await tokens.ValidateAsync(second!.AccessToken, CancellationToken.None));
        Assert.NotEqual(first.RefreshToken, second.RefreshToken);
    }

    [Fact]
    public async Task Using_a_refresh_token_twice_revokes_all_that_came_of_the_sign_in()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var tokens = portal.Get<TokenStore>();
        var first = await tokens.IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);
        var other = await tokens.IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);
        var second = await tokens.RefreshAsync(first.RefreshToken, Client, CancellationToken.None);
        Assert.NotNull(await tokens.ValidateAsync(second!.AccessToken, CancellationToken.None));

        Assert.Null(await tokens.RefreshAsync(first.RefreshToken, Client, CancellationToken.None));

        Assert.Null(await tokens.ValidateAsync(first.AccessToken, CancellationToken.None));
        Assert.Null(await tokens.ValidateAsync(second.AccessToken, CancellationToken.None));
        Assert.Null(await tokens.RefreshAsync(second.RefreshToken, Client, CancellationToken.None));
        Assert.NotNull(await tokens.ValidateAsync(other.AccessToken, CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_who_refresh_at_once_one_gets_a_pair()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var tokens = portal.Get<TokenStore>();
        var issued = await tokens.IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);

        var pairs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => tokens.RefreshAsync(issued.RefreshToken, Client, CancellationToken.None)));

        Assert.Single(pairs, pair => pair is not null);
    }

    [Fact]
    public async Task Renewing_does_not_outlive_the_sign_in_by_more_than_two_weeks()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var tokens = portal.Get<TokenStore>();
        var pair = await tokens.IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);
        portal.Clock.Advance(TimeSpan.FromDays(13));
        pair = await tokens.RefreshAsync(pair.RefreshToken, Client, CancellationToken.None);
        portal.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Null(await tokens.RefreshAsync(pair!.RefreshToken, Client, CancellationToken.None));
    }

    [Fact]
    public async Task A_restart_keeps_tokens_and_a_revoked_one_stays_revoked()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var kept = await portal.Get<TokenStore>().IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);
        var revoked = await portal.Get<TokenStore>().IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);
        Assert.NotNull(await portal.Get<TokenStore>().ValidateAsync(revoked.AccessToken, CancellationToken.None));
        await portal.Get<TokenStore>().RevokeAsync(revoked.RefreshToken, CancellationToken.None);
        Assert.Null(await portal.Get<TokenStore>().ValidateAsync(revoked.AccessToken, CancellationToken.None));

        await portal.RestartAsync(withWorker: false);

        Assert.NotNull(await portal.Get<TokenStore>().ValidateAsync(kept.AccessToken, CancellationToken.None));
        Assert.Null(await portal.Get<TokenStore>().ValidateAsync(revoked.AccessToken, CancellationToken.None));
    }

    [Fact]
    public async Task The_database_holds_no_token_and_expired_rows_go()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var issued = await portal.Get<TokenStore>().IssueAsync(TestPortal.Hal, Client, 2, CancellationToken.None);
        await using var state = await portal.OpenStateAsync();
        var hashes = await state.AccessTokens.Select(one => one.Hash).ToListAsync();
        Assert.DoesNotContain(issued.AccessToken, hashes);
        Assert.All(hashes, hash => Assert.Equal(64, hash.Length));

        portal.Clock.Advance(TimeSpan.FromDays(15));
        await portal.Get<TokenStore>().RemoveExpiredAsync(CancellationToken.None);

        Assert.Equal(0, await state.AccessTokens.CountAsync());
    }
}
