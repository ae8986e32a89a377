using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>Each operation on OpenLDAP, which is no Active Directory and keeps to the limits that it is given.</summary>
public sealed class SlapdLdapTests : IAsyncLifetime
{
    private static readonly LdapName People = LdapName.FromEscaped(SlapdServer.PeopleDn);
    private static readonly LdapName Groups = LdapName.FromEscaped(SlapdServer.GroupsDn);
    private static readonly LdapFilter Persons = LdapFilter.Equal("objectClass", "inetOrgPerson");
    private SlapdServer? _server;
    private LdapClient? _client;

    private LdapClient Client => _client!;

    public async Task InitializeAsync()
    {
        if (ServerTools.Slapd.ReasonToSkip is null)
        {
            _server = await SlapdServer.StartAsync();
            _client = new LdapClient(Options(SlapdServer.Manager), TimeProvider.System);
        }
    }

    public async Task DisposeAsync()
    {
        if (_client is not null)
        {
            await _client.DisposeAsync();
        }

        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [SlapdFact]
    public async Task A_group_is_added_changed_renamed_and_deleted()
    {
        var name = LdapName.FromEscaped($"cn=one,{Groups}");
        await SendAsync(new LdapRequest.Add(name, [new("objectClass", "groupOfNames"), new("member", $"uid=person00001,{People}", $"uid=person00002,{People}"), new("description", "Grüße \u202e🎈")]));
        Assert.Equal("Grüße \u202e🎈", (await ReadAsync(name))!.Text("description"));

        await SendAsync(new LdapRequest.Modify(name,
        [
            new(LdapChange.Replace, new("description", "after")),
            new(LdapChange.Add, new("member", $"uid=person00003,{People}")),
            new(LdapChange.Delete, new("member", $"uid=person00001,{People}")),
        ]));
        var changed = (await ReadAsync(name))!;
        Assert.Equal("after", changed.Text("description"));
        Assert.Equal([$"uid=person00002,{People}", $"uid=person00003,{People}"], changed.Texts("member").Order());

        await SendAsync(new LdapRequest.ModifyName(name, LdapName.FromEscaped("cn=two"), Groups));
        Assert.Null(await ReadAsync(name));
        var renamed = LdapName.FromEscaped($"cn=two,{Groups}");
        Assert.Equal(["two"], (await ReadAsync(renamed))!.Texts("cn"));

        await SendAsync(new LdapRequest.Delete(renamed));
        Assert.Null(await ReadAsync(renamed));
    }

    [SlapdFact]
    public async Task A_refusal_is_an_answer()
    {
        var there = LdapName.FromEscaped($"uid=person00001,{People}");

        Assert.Equal(LdapResultCode.NoSuchObject, await CodeAsync(new LdapRequest.Delete(LdapName.FromEscaped($"cn=nobody,{Groups}"))));
        Assert.Equal(LdapResultCode.EntryAlreadyExists, await CodeAsync(new LdapRequest.Add(there, [new("objectClass", "inetOrgPerson"), new("cn", "x"), new("sn", "x")])));
        Assert.Equal(LdapResultCode.ObjectClassViolation, await CodeAsync(new LdapRequest.Modify(there, [new(LdapChange.Delete, new("sn"))])));
        Assert.Equal(LdapResultCode.AttributeOrValueExists, await CodeAsync(new LdapRequest.Modify(there, [new(LdapChange.Add, new("cn", "Person 00001"))])));
        Assert.Equal(LdapResultCode.NotAllowedOnNonLeaf, await CodeAsync(new LdapRequest.Delete(People)));
    }

    [SlapdFact]
    public async Task A_search_that_the_size_limit_cut_off_is_not_complete_and_pages_are()
    {
        await using var reader = new LdapClient(Options(SlapdServer.Reader), TimeProvider.System);
        var everybody = new LdapSearch(People, LdapScope.OneLevel, Persons, ["uid"]);

        var limited = await reader.SearchAsync(everybody, CancellationToken.None);
        var own = await reader.SearchAsync(everybody with { SizeLimit = 10 }, CancellationToken.None);
        var paged = await reader.SearchPagesAsync(everybody, 100, CancellationToken.None);
        var some = await reader.SearchPagesAsync(everybody, 100, CancellationToken.None, atMost: 250);

        Assert.False(limited.IsComplete);
        Assert.Equal(LdapResultCode.SizeLimitExceeded, Assert.IsType<LdapAnswer.Answered>(limited.Answer).Result.Code);
        Assert.Equal(500, limited.Entries.Count);
        Assert.False(own.IsComplete);
        Assert.Equal(10, own.Entries.Count);
        Assert.True(paged.Found.IsComplete);
        Assert.False(paged.HasMore);
        Assert.Equal(1000, paged.Found.Entries.Select(entry => entry.Text("uid")).Distinct().Count());
        Assert.True(some.HasMore);
        Assert.Equal(300, some.Found.Entries.Count);
    }

    [SlapdFact]
    public async Task The_server_sorts()
    {
        var search = new LdapSearch(People, LdapScope.OneLevel, Persons, ["entryUUID"]) { Controls = [LdapControls.Sorted("entryUUID", descending: true)] };

        var answer = await Client.SearchAsync(search, CancellationToken.None);

        Assert.True(answer.IsComplete);
        var sorted = answer.Entries.Select(entry => entry.Text("entryUUID")).ToList();
        Assert.Equal(sorted.OrderDescending(StringComparer.Ordinal), sorted);
    }

    [SlapdFact]
    public async Task StartTLS_leads_to_the_same_directory()
    {
        await using var client = new LdapClient(Options(SlapdServer.Reader, LdapSecurity.StartTls), TimeProvider.System);

        Assert.True((await client.SearchAsync(new LdapSearch(People, LdapScope.Base, LdapFilter.Present("objectClass"), ["ou"]), CancellationToken.None)).IsComplete);
    }

    [SlapdFact]
    public async Task A_value_of_5_MB_is_written_and_read_and_a_request_that_is_too_long_is_not_sent()
    {
        var value = new SeededNumbers(5).Octets(5 * 1024 * 1024);
        var name = LdapName.FromEscaped($"uid=person00005,{People}");

        // slapd takes at most 4 MB of an authenticated client (sockbuf_max_incoming_auth); a longer one it hangs up on.
        await SendAsync(new LdapRequest.Modify(name, [new(LdapChange.Replace, new("jpegPhoto", [value.AsMemory(0, 3_900_000)]))]));
        var answer = await Client.SendAsync(new LdapRequest.Modify(name, [new(LdapChange.Replace, new("jpegPhoto", [value]))]), CancellationToken.None);
        var read = await ReadAsync(name);
        var longer = await Client.SendAsync(new LdapRequest.Modify(name, [new(LdapChange.Replace, new("jpegPhoto", [new byte[10 * 1024 * 1024]]))]), CancellationToken.None);

        var length = read!.Octets("jpegPhoto")!.Value.Length;
        Assert.Equal(answer is LdapAnswer.Answered ? value.Length : 3_900_000, length);
        Assert.True(value.AsSpan(0, length).SequenceEqual(read.Octets("jpegPhoto")!.Value.Span));
        Assert.Equal(LdapFaultKind.TooLarge, Assert.IsType<LdapAnswer.NotSent>(longer).Fault.Kind);
    }

    [SlapdFact]
    public async Task A_wrong_password_is_an_answer_and_a_right_one_is_too()
    {
        var wrong = await Client.TryBindAsync(new LdapCredential(SlapdServer.Reader.BindName, "wrong"), CancellationToken.None);
        var right = await Client.TryBindAsync(new LdapCredential(SlapdServer.Reader.BindName, SlapdServer.Reader.Password), CancellationToken.None);

        Assert.Equal(LdapResultCode.InvalidCredentials, Assert.IsType<LdapAnswer.Answered>(wrong).Result.Code);
        Assert.True(Assert.IsType<LdapAnswer.Answered>(right).Result.IsSuccess);
    }

    [SlapdFact]
    public async Task Who_am_I_is_answered_with_a_value()
    {
        var answer = await Client.SendAsync(new LdapRequest.Extended("1.3.6.1.4.1.4203.1.11.3"), CancellationToken.None);

        var value = Assert.IsType<LdapAnswer.Answered>(answer).Result.Value;
        Assert.Equal($"dn:{SlapdServer.Manager.BindName}", System.Text.Encoding.UTF8.GetString(value.Span));
    }

    private LdapOptions Options(TestAccount account, LdapSecurity security = LdapSecurity.Ldaps) => new()
    {
        Servers = [new LdapServer(_server!.Address.ToString(), security == LdapSecurity.Ldaps ? _server.LdapsPort : _server.LdapPort, security)],
        Trust = new LdapTrust.OfFile(_server.CaFile),
        Credential = new LdapCredential(account.BindName, account.Password),
        ConnectLimit = TimeSpan.FromSeconds(30),
    };

    private async Task SendAsync(LdapRequest request) => Assert.Equal(LdapResultCode.Success, await CodeAsync(request));

    private async Task<LdapResultCode> CodeAsync(LdapRequest request) =>
        Assert.IsType<LdapAnswer.Answered>(await Client.SendAsync(request, CancellationToken.None)).Result.Code;

    private async Task<LdapEntry?> ReadAsync(LdapName name) =>
        (await Client.SearchAsync(new LdapSearch(name, LdapScope.Base, LdapFilter.Present("objectClass"), ["*"]), CancellationToken.None)).Entries.SingleOrDefault();
}
