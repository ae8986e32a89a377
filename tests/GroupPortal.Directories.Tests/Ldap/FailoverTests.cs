using System.Net;
using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>Servers in order: the first that answers, and it alone, until it cannot be had any more.</summary>
public sealed class FailoverTests : IAsyncLifetime
{
    private readonly RecordingServer _first = RecordingServer.Start();
    private readonly RecordingServer _second = RecordingServer.Start();
    private readonly FaultProxy _way;

    public FailoverTests() => _way = FaultProxy.Start(new IPEndPoint(IPAddress.Loopback, _first.Port));

    private LdapServer First => new("127.0.0.1", _way.EndPoint.Port, LdapSecurity.Ldaps);

    private LdapOptions Options => _first.Options with { Servers = [First, _second.Address], ConnectLimit = TimeSpan.FromSeconds(2) };

    [Fact]
    public async Task The_first_server_is_preferred()
    {
        await using var client = new LdapClient(Options, TimeProvider.System);
        Assert.Null(client.Current);

        await AssertAnswersAsync(client);

        Assert.Equal(First, client.Current);
        Assert.Equal(0, _second.Connections);
    }

    [Fact]
    public async Task A_server_that_refuses_connections_is_passed_over_and_the_next_one_stays()
    {
        _way.Mode = new FaultMode.Refuse();
        await using var client = new LdapClient(Options, TimeProvider.System);

        await AssertAnswersAsync(client);
        _way.Mode = new FaultMode.Pass();
        for (var time = 0; time < 20; time++)
        {
            await AssertAnswersAsync(client);
        }

        Assert.Equal(_second.Address, client.Current);
        Assert.Equal(0, _first.Connections);
        Assert.Equal(1, _second.Connections);
    }

    [Fact]
    public async Task A_server_that_says_nothing_is_passed_over_after_the_limit_of_connecting()
    {
        _way.Mode = new FaultMode.BlackHole();
        await using var client = new LdapClient(Options, TimeProvider.System);

        await AssertAnswersAsync(client);

        Assert.Equal(_second.Address, client.Current);
        Assert.Equal(1, _second.Connections);
    }

    [Fact]
    public async Task When_the_current_server_is_gone_the_next_one_is_asked_and_what_was_in_flight_is_unknown()
    {
        _first.Script = (conversation, message) => message.Operation is LdapRequest.Delete ? Task.CompletedTask : conversation.AnswerAsync(message);
        await using var client = new LdapClient(Options, TimeProvider.System);
        await AssertAnswersAsync(client);
        var write = client.SendAsync(new LdapRequest.Delete(LdapName.FromEscaped("cn=x")), CancellationToken.None);
        await _first.ReceivesAsync(sent => sent is LdapRequest.Delete);

        _way.Mode = new FaultMode.Refuse();
        _way.ResetConnections();

        Assert.Equal(LdapFaultKind.Closed, Assert.IsType<LdapAnswer.Unknown>(await write).Fault.Kind);
        await AssertAnswersAsync(client);
        Assert.Equal(_second.Address, client.Current);
        Assert.DoesNotContain(_second.Operations, sent => sent is LdapRequest.Delete);
    }

    [Fact]
    public async Task A_server_that_is_named_is_the_only_one_that_is_asked()
    {
        await using var client = new LdapClient(Options, TimeProvider.System);
        await AssertAnswersAsync(client);

        Assert.True((await client.SearchAsync(Operation.AnySearch, CancellationToken.None, _second.Address)).IsComplete);
        Assert.True((await client.SearchPagesAsync(Operation.AnySearch, 10, CancellationToken.None, server: _second.Address)).Found.IsComplete);
        Assert.True((await client.ReadAllValuesAsync(LdapName.FromEscaped("cn=x"), "member", [], CancellationToken.None, _second.Address)).IsComplete);
        Assert.IsType<LdapAnswer.Answered>(await client.SendAsync(new LdapRequest.Delete(LdapName.FromEscaped("cn=x")), CancellationToken.None, _second.Address));

        Assert.Equal(First, client.Current);
        Assert.Equal(4, _second.Operations.Count(sent => sent is not LdapRequest.Bind));
        Assert.Single(_first.Operations, sent => sent is not LdapRequest.Bind);
    }

    [Fact]
    public async Task A_named_server_that_cannot_be_reached_is_not_replaced_by_another()
    {
        _way.Mode = new FaultMode.Refuse();
        await using var client = new LdapClient(Options, TimeProvider.System);

        var answer = await client.SendAsync(new LdapRequest.Delete(LdapName.FromEscaped("cn=x")), CancellationToken.None, First);
        var stranger = await client.SendAsync(new LdapRequest.Delete(LdapName.FromEscaped("cn=x")), CancellationToken.None, new LdapServer("elsewhere", 636, LdapSecurity.Ldaps));

        Assert.Equal(LdapFaultKind.Refused, Assert.IsType<LdapAnswer.NotSent>(answer).Fault.Kind);
        Assert.Equal(LdapFaultKind.NameNotFound, Assert.IsType<LdapAnswer.NotSent>(stranger).Fault.Kind);
        Assert.Equal(0, _second.Connections);
    }

    [Fact]
    public async Task A_wrong_password_is_tried_at_one_server_only()
    {
        _first.Bind = (conversation, message) => conversation.AnswerAsync(message, LdapResultCode.InvalidCredentials, "data 52e");
        await using var client = new LdapClient(Options, TimeProvider.System);

        var answers = new List<LdapAnswer>();
        foreach (var operation in Operation.All)
        {
            answers.Add(await operation.Run(client, CancellationToken.None));
        }

        var bind = await client.TryBindAsync(new LdapCredential("cn=ada", "secret"), CancellationToken.None);

        Assert.All(answers, answer => Assert.Equal(LdapFaultKind.Bind, Assert.IsType<LdapAnswer.NotSent>(answer).Fault.Kind));
        Assert.Equal(LdapResultCode.InvalidCredentials, Assert.IsType<LdapAnswer.Answered>(bind).Result.Code);
        Assert.Equal(2, _first.Connections);
        Assert.Equal(0, _second.Connections);
    }

    [Theory]
    [InlineData(LdapResultCode.Busy)]
    [InlineData(LdapResultCode.Unavailable)]
    public async Task A_server_that_is_busy_with_binding_is_passed_over(LdapResultCode code)
    {
        _first.Bind = (conversation, message) => conversation.AnswerAsync(message, code);
        await using var client = new LdapClient(Options, TimeProvider.System);

        await AssertAnswersAsync(client);
        var bind = await client.TryBindAsync(new LdapCredential("cn=ada", "secret"), CancellationToken.None);

        Assert.Equal(_second.Address, client.Current);
        Assert.True(Assert.IsType<LdapAnswer.Answered>(bind).Result.IsSuccess);
    }

    [Fact]
    public async Task All_ranges_of_a_list_come_from_one_server()
    {
        _first.Script = async (conversation, message) =>
        {
            if (message.Operation is LdapSearch { Attributes: ["member"] })
            {
                await conversation.SendAsync(ResponseEncoder.Entry(message.Id, "cn=x", new LdapAttribute("member;range=0-0", "a")));
                await conversation.AnswerAsync(message);
            }
            else
            {
                _way.Mode = new FaultMode.Refuse();
                _way.ResetConnections();
            }
        };
        await using var client = new LdapClient(Options, TimeProvider.System);

        var answer = await client.ReadAllValuesAsync(LdapName.FromEscaped("cn=x"), "member", [], CancellationToken.None);

        Assert.False(answer.IsComplete);
        Assert.Empty(answer.Entries);
        Assert.Equal(0, _second.Connections);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _way.DisposeAsync();
        await _first.DisposeAsync();
        await _second.DisposeAsync();
    }

    private static async Task AssertAnswersAsync(LdapClient client) => Assert.True((await client.SearchAsync(Operation.AnySearch, CancellationToken.None)).IsComplete);
}
