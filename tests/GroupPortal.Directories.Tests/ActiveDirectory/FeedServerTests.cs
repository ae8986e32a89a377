using System.Globalization;
using System.Net;
using GroupPortal.ActiveDirectory;
using GroupPortal.Core.Directories;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>Change numbers are each server's own: what the feed says comes from one of them, and the cookie says from which.</summary>
public sealed class FeedServerTests : IAsyncLifetime
{
    private readonly ScriptedController _one = new("One", 1000);
    private readonly ScriptedController _other = new("Other", 10);
    private readonly FaultProxy _way;
    private readonly DomainDirectory _directory;

    public FeedServerTests()
    {
        _way = FaultProxy.Start(new IPEndPoint(IPAddress.Loopback, _one.Server.Port));
        var first = new LdapServer("127.0.0.1", _way.EndPoint.Port, LdapSecurity.Ldaps);
        _directory = DomainDirectory.Open(SambaFixture.Store, _one.Server.Options with { Servers = [first, _other.Server.Address] }, TimeProvider.System);
    }

    [Fact]
    public async Task A_server_that_goes_away_while_its_number_is_read_leaves_no_cookie_of_another()
    {
        // The first thing that is asked is answered, and nothing after that.
        _one.Before = number =>
        {
            if (number > 1)
            {
                Lose();
            }
        };

        var cookie = await LoadAsync();

        Assert.Equal($"usn:{_other.Invocation:N}:10:all", cookie);
    }

    [Fact]
    public async Task A_server_whose_database_was_restored_is_read_from_the_beginning_even_when_it_counts_further()
    {
        var cookie = await LoadAsync();
        Assert.Empty((await _directory.ReplicaAsync(cookie, 1000, CancellationToken.None)).Value().Objects);

        _one.Invocation = Guid.NewGuid();
        foreach (var number in new[] { 1000, 2000 })
        {
            _one.Number = number;
            var answer = await _directory.ReplicaAsync(cookie, 1000, CancellationToken.None);
            Assert.IsType<DirectoryError.Conflict>(Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(answer).Error);
        }

        Assert.StartsWith($"usn:{_one.Invocation:N}:2000:", await LoadAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_server_says_of_a_large_group_is_no_change_of_this_one()
    {
        var group = Guid.NewGuid();
        foreach (var server in new[] { _one, _other })
        {
            server.Group = group;
        }

        var cookie = await LoadAsync();
        _one.Number++;
        _one.BeforeRange = Lose;

        Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(await _directory.ReplicaAsync(cookie, 1000, CancellationToken.None));
        var next = await _directory.ReplicaAsync(cookie, 1000, CancellationToken.None);
        Assert.IsType<DirectoryError.Conflict>(Assert.IsType<DirectoryAnswer<ReplicaPage>.Failed>(next).Error);
        Assert.StartsWith($"usn:{_other.Invocation:N}:", await LoadAsync(), StringComparison.Ordinal);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _directory.DisposeAsync();
        await _way.DisposeAsync();
        await _one.Server.DisposeAsync();
        await _other.Server.DisposeAsync();
    }

    private void Lose()
    {
        _way.Mode = new FaultMode.Refuse();
        _way.ResetConnections();
    }

    /// <summary>Begins as often as somebody would who follows the feed.</summary>
    private async Task<string> LoadAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            string? cookie = null;
            var answer = await _directory.ReplicaAsync(cookie, 1000, CancellationToken.None);
            if (answer is DirectoryAnswer<ReplicaPage>.Ok(var page))
            {
                return page.Cookie;
            }

            Assert.True(attempt < 3, $"{answer}");
        }
    }

    /// <summary>A domain controller that says of itself what the test wants, and knows one group of three members at most.</summary>
    private sealed class ScriptedController
    {
        private const string Settings = "CN=NTDS Settings,CN=Server,CN=Sites,CN=Configuration,DC=demo,DC=local";

        private readonly string _name;
        private int _asked;

        public ScriptedController(string name, long number)
        {
            (_name, Number) = (name, number);
            Server = RecordingServer.Start(AnswerAsync);
        }

        public RecordingServer Server { get; }

        public Guid Invocation { get; set; } = Guid.NewGuid();

        public long Number { get; set; }

        public Guid? Group { get; set; }

        /// <summary>Gets the number of each search, from 1 on, before it is answered.</summary>
        public Action<int> Before { get; set; } = _ => { };

        /// <summary>Before a further range of members is answered.</summary>
        public Action BeforeRange { get; set; } = () => { };

        private static string Base => SambaDomainController.BaseDn;

        private async Task AnswerAsync(Conversation conversation, DecodedMessage message)
        {
            var search = Assert.IsType<LdapSearch>(message.Operation);
            Before(Interlocked.Increment(ref _asked));
            if (search.Controls.Any(control => control.Oid == LdapControls.DirSyncOid))
            {
                await conversation.AnswerAsync(message, LdapResultCode.InsufficientAccessRights);
                return;
            }

            foreach (var (name, attributes) in Found(search))
            {
                await conversation.SendAsync(ResponseEncoder.Entry(message.Id, name, attributes));
            }

            await conversation.AnswerAsync(message);
        }

        private IEnumerable<(string Name, IReadOnlyList<LdapAttribute> Attributes)> Found(LdapSearch search)
        {
            var id = new LdapAttribute("objectGUID", [new ReadOnlyMemory<byte>(Guid.NewGuid().ToByteArray())]);
            var name = search.Base.ToString();
            if (search.Base == LdapName.RootDse)
            {
                yield return (string.Empty,
                [
                    new("defaultNamingContext", Base), new("schemaNamingContext", $"CN=Schema,CN=Configuration,{Base}"), new("dsServiceName", Settings),
                    new("dnsHostName", _name), new("highestCommittedUSN", Number.ToString(CultureInfo.InvariantCulture)),
                ]);
            }
            else if (name == Settings)
            {
                yield return (name, [id, new("invocationId", [new ReadOnlyMemory<byte>(Invocation.ToByteArray())])]);
            }
            else if (search.Scope == LdapScope.Base && search.Attributes.Any(one => one.StartsWith("member;range=", StringComparison.Ordinal)))
            {
                BeforeRange();
                yield return ($"CN=Large,{Base}", [new("uSNChanged", "1001"), new("member;range=2-*", Member(_name))]);
            }
            else if (search.Scope == LdapScope.Base)
            {
                yield return (name, [id, new("objectSid", [new byte[] { 1, 4, 0, 0, 0, 0, 0, 5, 21, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0 }])]);
            }
            else if (Group is { } group && search.Attributes.Contains("uSNCreated"))
            {
                yield return ($"<GUID={group}>;CN=Large,{Base}",
                [
                    new("objectGUID", [new ReadOnlyMemory<byte>(group.ToByteArray())]), new("objectClass", "top", "group"), new("uSNChanged", "1001"),
                    new("uSNCreated", "5"), new("member;range=0-1", Member("a"), Member("b")),
                ]);
            }
        }

        private static string Member(string name) => $"<GUID={Guid.NewGuid()}>;CN={name},{Base}";
    }
}
