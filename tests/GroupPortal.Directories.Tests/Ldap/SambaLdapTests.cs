using GroupPortal.Directories.Tests.Servers;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>Each operation on a real domain controller.</summary>
[Collection(DomainControllerCollection.Name)]
public sealed class SambaLdapTests(DomainControllerFixture fixture) : IAsyncLifetime
{
    private static readonly LdapName Base = LdapName.FromEscaped(SambaDomainController.BaseDn);
    private static readonly LdapName Groups = LdapName.FromEscaped("OU=Groups," + SambaDomainController.BaseDn);
    private readonly LdapClient _client = new(Clients.OptionsFor(fixture.Controller), TimeProvider.System);

    [SambaFact]
    public async Task The_root_says_which_domain_it_is()
    {
        var answer = await _client.SearchAsync(new LdapSearch(LdapName.RootDse, LdapScope.Base, LdapFilter.Present("objectClass"), ["defaultNamingContext"]), CancellationToken.None);

        Assert.True(answer.IsComplete);
        Assert.Equal(SambaDomainController.BaseDn, answer.Entries.Single().Text("defaultNamingContext"), ignoreCase: true);
    }

    [SambaFact]
    public async Task A_group_is_added_changed_renamed_and_deleted()
    {
        var name = LdapName.FromEscaped($"CN=ldap-{Guid.NewGuid():N},{Groups}");
        Assert.True((await SendAsync(new LdapRequest.Add(name, [new("objectClass", "group"), new("sAMAccountName", $"l{Guid.NewGuid():N}"), new("description", "Grüße \u202e🎈")]))).IsSuccess);
        Assert.Equal("Grüße \u202e🎈", (await ReadAsync(name, "description"))!.Text("description"));

        Assert.True((await SendAsync(new LdapRequest.Modify(name, [new(LdapChange.Replace, new("description", "after")), new(LdapChange.Add, new("info", "more"))]))).IsSuccess);
        var entry = (await ReadAsync(name, "description", "info"))!;
        Assert.Equal(("after", "more"), (entry.Text("description"), entry.Text("info")));

        var other = LdapName.FromEscaped($"CN=other-{Guid.NewGuid():N}");
        Assert.True((await SendAsync(new LdapRequest.ModifyName(name, other, Groups))).IsSuccess);
        Assert.True((await SendAsync(new LdapRequest.Delete(LdapName.FromEscaped($"{other},{Groups}")))).IsSuccess);
        Assert.Equal(LdapResultCode.NoSuchObject, (await SendAsync(new LdapRequest.Delete(name))).Code);
    }

    [SambaFact]
    public async Task Pages_together_hold_everybody_once()
    {
        var people = LdapFilter.And(LdapFilter.Equal("objectCategory", "person"), LdapFilter.Equal("objectClass", "user"));

        var answer = await _client.SearchPagesAsync(new LdapSearch(Base, LdapScope.Subtree, people, ["objectGUID"]), 100, CancellationToken.None);

        Assert.True(answer.Found.IsComplete);
        Assert.True(answer.Pages >= 10);
        Assert.True(answer.Found.Entries.Count >= 1000);
        Assert.Equal(answer.Found.Entries.Count, answer.Found.Entries.Select(entry => entry.Guid("objectGUID")).Distinct().Count());
    }

    [SambaFact]
    public async Task Two_hundred_requests_at_once_share_a_connection_and_each_gets_its_own_answer()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async number =>
        {
            var filter = LdapFilter.Equal("sAMAccountName", number % 2 == 0 ? "Administrator" : "nobody-" + number);
            return (number, Found: await _client.SearchAsync(new LdapSearch(Base, LdapScope.Subtree, filter, ["sAMAccountName"]), CancellationToken.None));
        }));

        Assert.All(answers, answer => Assert.Equal(answer.number % 2 == 0 ? 1 : 0, answer.Found.Entries.Count));
        Assert.All(answers, answer => Assert.True(answer.Found.IsComplete));
    }

    [SambaTheory]
    [InlineData("*")]
    [InlineData("a)(objectClass=*")]
    [InlineData("\\2a")]
    public async Task A_value_never_changes_the_filter(string value)
    {
        var answer = await _client.SearchAsync(new LdapSearch(Base, LdapScope.Subtree, LdapFilter.Equal("cn", value), ["cn"]), CancellationToken.None);

        Assert.True(answer.IsComplete);
        Assert.Empty(answer.Entries);
    }

    [SambaFact]
    public async Task A_wrong_password_is_an_answer_and_a_right_one_is_too()
    {
        var wrong = await _client.TryBindAsync(new LdapCredential(SambaDomainController.Administrator.BindName, "wrong"), CancellationToken.None);
        var right = await _client.TryBindAsync(new LdapCredential(SambaDomainController.Administrator.BindName, SambaDomainController.Administrator.Password), CancellationToken.None);

        Assert.Equal(LdapResultCode.InvalidCredentials, Assert.IsType<LdapAnswer.Answered>(wrong).Result.Code);
        Assert.True(Assert.IsType<LdapAnswer.Answered>(right).Result.IsSuccess);
    }

    [SambaFact]
    public async Task StartTLS_leads_to_the_same_directory()
    {
        await using var client = new LdapClient(Clients.OptionsFor(fixture.Controller, LdapSecurity.StartTls), TimeProvider.System);

        var answer = await client.SearchAsync(new LdapSearch(Base, LdapScope.Base, LdapFilter.Present("objectClass"), ["dc"]), CancellationToken.None);

        Assert.Equal("demo", answer.Entries.Single().Text("dc"), ignoreCase: true);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _client.DisposeAsync().AsTask();

    private async Task<LdapResult> SendAsync(LdapRequest request) =>
        Assert.IsType<LdapAnswer.Answered>(await _client.SendAsync(request, CancellationToken.None)).Result;

    private async Task<LdapEntry?> ReadAsync(LdapName name, params IReadOnlyList<string> attributes) =>
        (await _client.SearchAsync(new LdapSearch(name, LdapScope.Base, LdapFilter.Present("objectClass"), attributes), CancellationToken.None)).Entries.SingleOrDefault();
}
