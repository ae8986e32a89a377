using GroupPortal.Ldap;
using GroupPortal.Directories.Tests.Servers;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>What changed, what is gone, and in which order: the controls that only a real domain controller answers.</summary>
public sealed class SambaChangeTests : IAsyncLifetime
{
    private static readonly LdapName Base = LdapName.FromEscaped(SambaDomainController.BaseDn);
    private static readonly LdapFilter Groups = LdapFilter.Equal("objectClass", "group");

    private SambaDomainController? _controller;
    private LdapClient? _client;

    [SambaFact]
    public async Task DirSync_tells_everything_once_and_then_what_changed()
    {
        var (everything, cookie) = await ChangesAsync(default);
        Assert.True(everything.Count > 100);
        Assert.Empty((await ChangesAsync(cookie)).Entries);

        var name = LdapName.FromEscaped($"CN=dirsync,OU=Groups,{Base}");
        await SendAsync(new LdapRequest.Add(name, [new("objectClass", "group"), new("sAMAccountName", "dirsync")]));
        Assert.Equal("dirsync", Assert.Single((await ChangesAsync(cookie)).Entries).Text("sAMAccountName"));
    }

    [SambaFact]
    public async Task A_deleted_group_is_found_where_deleted_ones_are_asked_for()
    {
        var name = LdapName.FromEscaped($"CN=goes,OU=Groups,{Base}");
        await SendAsync(new LdapRequest.Add(name, [new("objectClass", "group"), new("sAMAccountName", "goes")]));
        await SendAsync(new LdapRequest.Delete(name));
        var search = new LdapSearch(Base, LdapScope.Subtree, LdapFilter.And(LdapFilter.Equal("sAMAccountName", "goes"), LdapFilter.Equal("isDeleted", "TRUE")), ["cn"]);

        Assert.Empty((await _client!.SearchAsync(search, CancellationToken.None)).Entries);
        Assert.Single((await _client.SearchAsync(search with { Controls = [LdapControls.ShowDeleted] }, CancellationToken.None)).Entries);
    }

    [SambaTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_server_sorts(bool descending)
    {
        var answer = await _client!.SearchAsync(
            new LdapSearch(Base, LdapScope.Subtree, Groups, ["sAMAccountName"]) { Controls = [LdapControls.Sorted("sAMAccountName", descending)] }, CancellationToken.None);

        var names = answer.Entries.Select(entry => entry.Text("sAMAccountName")!).ToList();
        var sorted = names.Order(StringComparer.OrdinalIgnoreCase).ToList();
        Assert.Equal(descending ? sorted[^1] : sorted[0], names[0], ignoreCase: true);
        Assert.Equal(descending ? sorted[0] : sorted[^1], names[^1], ignoreCase: true);
    }

    public async Task InitializeAsync()
    {
        _controller = await SambaDomainController.StartAsync();
        _client = new LdapClient(Clients.OptionsFor(_controller), TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        await _client!.DisposeAsync();
        await _controller!.DisposeAsync();
    }

    private async Task<(IReadOnlyList<LdapEntry> Entries, ReadOnlyMemory<byte> Cookie)> ChangesAsync(ReadOnlyMemory<byte> cookie)
    {
        var all = new List<LdapEntry>();
        while (true)
        {
            var answer = await _client!.SearchAsync(
                new LdapSearch(Base, LdapScope.Subtree, Groups, ["sAMAccountName"]) { Controls = [LdapControls.DirSync(0, 1 << 20, cookie)] }, CancellationToken.None);
            all.AddRange(answer.Entries);
            Assert.True(DirSyncPage.TryRead(Assert.IsType<LdapAnswer.Answered>(answer.Answer).Result, out var page));
            cookie = page.Cookie;
            if (!page.HasMore)
            {
                return (all, cookie);
            }
        }
    }

    private async Task SendAsync(LdapRequest request) =>
        Assert.True(Assert.IsType<LdapAnswer.Answered>(await _client!.SendAsync(request, CancellationToken.None)).Result.IsSuccess);
}
