using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Servers;

/// <summary>The harness itself: a slapd starts, limits, pages, sorts, and can be stopped.</summary>
public sealed class SlapdServerTests : IAsyncLifetime
{
    private const int SizeLimitExceeded = 4;
    private const int InvalidCredentials = 49;

    private SlapdServer? _server;

    private SlapdServer Server => _server ?? throw new InvalidOperationException("slapd was not started.");

    private LdapTool AsReader => new(LdapTool.Url("ldaps", Server.Address, Server.LdapsPort), Server.CaFile, SlapdServer.Reader);

    public async Task InitializeAsync()
    {
        if (ServerTools.Slapd.ReasonToSkip is null)
        {
            _server = await SlapdServer.StartAsync(new SlapdServerOptions { People = 600, SizeLimit = 500 });
        }
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [SlapdFact]
    public async Task A_search_beyond_the_size_limit_is_cut_off_unless_it_is_paged()
    {
        var (limited, some) = await AsReader.SearchAsync(SlapdServer.PeopleDn, "(objectClass=person)");
        var (paged, all) = await AsReader.SearchAsync(SlapdServer.PeopleDn, "(objectClass=person)", "-E", "pr=100/noprompt");

        Assert.Equal(SizeLimitExceeded, limited);
        Assert.Equal(500, People(some));
        Assert.Equal(0, paged);
        Assert.Equal(600, People(all));
    }

    [SlapdFact]
    public async Task The_manager_knows_no_limit()
    {
        var manager = new LdapTool(LdapTool.Url("ldaps", Server.Address, Server.LdapsPort), Server.CaFile, SlapdServer.Manager);

        Assert.Equal(600, People((await manager.SearchAsync(SlapdServer.PeopleDn, "(objectClass=person)")).Lines));
    }

    [SlapdFact]
    public async Task The_server_sorts()
    {
        // By caseIgnoreOrderingMatch: uid has no order of its own.
        var (code, lines) = await AsReader.SearchAsync(SlapdServer.PeopleDn, "(uid=person0000*)", "-E", "!sss=-uid:2.5.13.3");

        Assert.Equal(0, code);
        Assert.Equal("uid: person00009", lines.First(line => line.StartsWith("uid:", StringComparison.Ordinal)));
    }

    [SlapdFact]
    public async Task StartTLS_is_offered()
    {
        var plain = new LdapTool(LdapTool.Url("ldap", Server.Address, Server.LdapPort), Server.CaFile, SlapdServer.Reader);

        Assert.Equal(0, (await plain.SearchAsync(SlapdServer.BaseDn, "(objectClass=domain)", "-ZZ")).Code);
    }

    [SlapdFact]
    public async Task A_wrong_password_is_refused()
    {
        Assert.Equal(InvalidCredentials, (await Server.BindAsync(SlapdServer.Reader with { Password = "wrong" })).Code);
    }

    [SlapdFact]
    public async Task It_is_stopped_and_started_again_on_the_same_ports_and_data()
    {
        var reader = AsReader;
        await Server.StopAsync();
        await Assert.ThrowsAsync<IOException>(() => Server.BindAsync(SlapdServer.Reader));

        await Server.StartAgainAsync();

        Assert.Equal(0, (await reader.SearchAsync($"uid=person00001,{SlapdServer.PeopleDn}", "(objectClass=*)")).Code);
    }

    private static int People(string[] lines) => lines.Count(line => line.StartsWith("dn: uid=", StringComparison.Ordinal));
}
