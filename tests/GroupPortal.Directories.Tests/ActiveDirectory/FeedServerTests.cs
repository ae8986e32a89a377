using System.Formats.Asn1;
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

    /// <summary>Most numbers are of what nobody asks for: names of machines, leases, tickets.</summary>
    public static TheoryData<string, long[]> Distributions { get; } = new()
    {
        { "one after the other", [.. Range(1001, 300)] },
        { "far apart", [.. Range(1, 30).Select(number => 1000 + (number * 100_000))] },
        { "all at the end", [.. Range(10_000_000, 300)] },
        { "in heaps", [.. Range(1001, 70), .. Range(1400, 70), .. Range(5_000_000, 120), 5_000_700, .. Range(9_000_000, 3)] },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public async Task However_changes_lie_among_the_numbers_each_is_told_once_in_pages_and_with_few_searches(string name, long[] numbers)
    {
        const int Take = 50;
        var cookie = await LoadAsync();
        _one.Changes = [.. numbers];
        _one.Number = numbers[^1] + 40;
        var told = new List<string>();
        ReplicaPage page;
        do
        {
            page = (await _directory.ReplicaAsync(cookie, Take, CancellationToken.None)).Value();
            cookie = page.Cookie;
            told.AddRange(page.Objects.Select(item => item.Dn));
            Assert.InRange(page.Objects.Count, 0, 2 * Take);
        }
        while (page.HasMore);

        Assert.Equal(numbers.Select(ScriptedController.NameOf).Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
        Assert.InRange(_one.ChangeSearches, 1, 100);
        Assert.True(_one.Sent <= 3 * numbers.Length, $"{name}: {_one.Sent} entries for {numbers.Length} changes");
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _directory.DisposeAsync();
        await _way.DisposeAsync();
        await _one.Server.DisposeAsync();
        await _other.Server.DisposeAsync();
    }

    private static IEnumerable<long> Range(long first, int count) => Enumerable.Range(0, count).Select(index => first + index);

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

    /// <summary>A domain controller that says of itself what the test wants, and knows one group of three members at most, and as many contacts as changed.</summary>
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

        /// <summary>The change numbers of contacts, in order.</summary>
        public IReadOnlyList<long> Changes { get; set; } = [];

        public int ChangeSearches { get; private set; }

        /// <summary>Changed contacts that were sent, again or not.</summary>
        public int Sent { get; private set; }

        /// <summary>Gets the number of each search, from 1 on, before it is answered.</summary>
        public Action<int> Before { get; set; } = _ => { };

        /// <summary>Before a further range of members is answered.</summary>
        public Action BeforeRange { get; set; } = () => { };

        private static string Base => SambaDomainController.BaseDn;

        public static string NameOf(long number) => string.Create(CultureInfo.InvariantCulture, $"CN={number},{Base}");

        private async Task AnswerAsync(Conversation conversation, DecodedMessage message)
        {
            var search = Assert.IsType<LdapSearch>(message.Operation);
            Before(Interlocked.Increment(ref _asked));
            if (search.Controls.Any(control => control.Oid == LdapControls.DirSyncOid))
            {
                await conversation.AnswerAsync(message, LdapResultCode.InsufficientAccessRights);
                return;
            }

            if (search.Attributes.Contains("uSNCreated") && Changes.Count > 0)
            {
                await AnswerChangesAsync(conversation, message, search);
                return;
            }

            foreach (var (name, attributes) in Found(search))
            {
                await conversation.SendAsync(ResponseEncoder.Entry(message.Id, name, attributes));
            }

            await conversation.AnswerAsync(message);
        }

        /// <summary>All of them, or the first page where pages are asked for.</summary>
        private async Task AnswerChangesAsync(Conversation conversation, DecodedMessage message, LdapSearch search)
        {
            var filter = search.Filter.ToString()!;
            var changes = Changes.Where(number => number >= Bound(filter, ">=") && number <= Bound(filter, "<=")).ToList();
            var paged = search.Controls.FirstOrDefault(control => control.Oid == LdapControls.PagedResultsOid);
            var page = paged is null ? changes : changes.Take((int)new AsnReader(paged.Value!.Value, AsnEncodingRules.BER).ReadSequence().ReadInteger()).ToList();
            (ChangeSearches, Sent) = (ChangeSearches + 1, Sent + page.Count);
            foreach (var number in page)
            {
                await conversation.SendAsync(ResponseEncoder.Entry(
                    message.Id,
                    NameOf(number),
                    new("objectGUID", [new ReadOnlyMemory<byte>(Guid.NewGuid().ToByteArray())]),
                    new("objectClass", "top", "contact"),
                    new("uSNCreated", "5"),
                    new("uSNChanged", number.ToString(CultureInfo.InvariantCulture))));
            }

            var result = new LdapResult(LdapResultCode.Success, string.Empty, string.Empty)
            {
                Controls = paged is null ? [] : [ResponseEncoder.PageControl(page.Count < changes.Count ? [1] : [])],
            };
            await conversation.SendAsync(ResponseEncoder.Done(message.Id, ResponseEncoder.SearchDone, result));
        }

        private static long Bound(string filter, string comparison)
        {
            var from = filter.IndexOf("uSNChanged" + comparison, StringComparison.Ordinal) + "uSNChanged".Length + comparison.Length;
            return long.Parse(filter.AsSpan(from, filter.IndexOf(')', from) - from), CultureInfo.InvariantCulture);
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
