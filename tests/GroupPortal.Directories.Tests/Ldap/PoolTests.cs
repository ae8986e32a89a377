using System.Collections.Concurrent;
using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>How connections are made, shared and closed.</summary>
public sealed class PoolTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task A_connection_that_nobody_used_for_the_idle_limit_is_closed_with_an_unbind()
    {
        await using var server = RecordingServer.Start();
        await using var client = new LdapClient(server.Options, _clock);
        await AssertAnswersAsync(client);

        _clock.Advance(server.Options.IdleLimit * 1.5);
        await server.ReceivesAsync(sent => sent is Unbind);
        await Condition.HoldsAsync(() => server.Open == 0);

        await AssertAnswersAsync(client);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_on_which_something_is_in_flight_is_not_idle()
    {
        var answers = new TaskCompletionSource();
        await using var server = RecordingServer.Start(async (conversation, message) =>
        {
            await answers.Task;
            await conversation.AnswerAsync(message);
        });
        await using var client = new LdapClient(server.Options with { CallLimit = TimeSpan.FromHours(2) }, _clock);
        var call = client.SearchAsync(Operation.AnySearch, CancellationToken.None);
        await server.ReceivesAsync(sent => sent is LdapSearch);

        _clock.Advance(server.Options.IdleLimit * 3);
        answers.SetResult();

        Assert.True((await call).IsComplete);
        // Idle begins with the answer, not with the question.
        _clock.Advance(server.Options.IdleLimit / 2);
        await AssertAnswersAsync(client);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task There_are_never_more_connections_than_allowed()
    {
        var answers = new TaskCompletionSource();
        await using var server = RecordingServer.Start(async (conversation, message) =>
        {
            await answers.Task;
            await conversation.AnswerAsync(message);
        });
        await using var client = new LdapClient(server.Options with { MaximumConnections = 3 }, TimeProvider.System);
        var calls = new List<Task<LdapSearchAnswer>>();
        for (var sent = 1; sent <= 300; sent++)
        {
            calls.Add(client.SearchAsync(Operation.AnySearch, CancellationToken.None));
            await Condition.HoldsAsync(() => server.Operations.Count(one => one is LdapSearch) == sent);
        }

        Assert.Equal(3, server.Connections);
        answers.SetResult();
        Assert.All(await Task.WhenAll(calls), answer => Assert.True(answer.IsComplete));
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task Paged_searches_at_once_have_connections_of_their_own()
    {
        var answers = new TaskCompletionSource();
        var paging = new ConcurrentBag<int>();
        await using var server = RecordingServer.Start(async (conversation, message) =>
        {
            if (message.Operation is LdapSearch { Controls: [{ Oid: LdapControls.PagedResultsOid }] })
            {
                paging.Add(conversation.Number);
                await answers.Task;
            }

            await conversation.AnswerAsync(message);
        });
        await using var client = new LdapClient(server.Options, TimeProvider.System);

        var searches = Enumerable.Range(0, 4).Select(_ => client.SearchPagesAsync(Operation.AnySearch, 10, CancellationToken.None)).ToList();
        await Condition.HoldsAsync(() => paging.Count == 4);
        await AssertAnswersAsync(client);

        Assert.Equal([1, 2, 3, 4], paging.Order());
        answers.SetResult();
        Assert.All(await Task.WhenAll(searches), answer => Assert.True(answer.Found.IsComplete));
        Assert.Equal(4, server.Connections);
    }

    [Fact]
    public async Task One_attempt_to_connect_serves_everybody_who_waits_and_outlives_who_gave_up()
    {
        var binds = new TaskCompletionSource();
        await using var server = RecordingServer.Start();
        server.Bind = async (conversation, message) =>
        {
            await binds.Task;
            await conversation.AnswerAsync(message);
        };
        await using var client = new LdapClient(server.Options, TimeProvider.System);
        using var cancellation = new CancellationTokenSource();
        var impatient = client.SearchAsync(Operation.AnySearch, cancellation.Token);
        var patient = Enumerable.Range(0, 10).Select(_ => client.SearchAsync(Operation.AnySearch, CancellationToken.None)).ToList();
        await server.ReceivesAsync(sent => sent is LdapRequest.Bind);

        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        binds.SetResult();

        Assert.All(await Task.WhenAll(patient), answer => Assert.True(answer.IsComplete));
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Nobody_waits_for_another_connection_while_there_is_one()
    {
        await using var server = RecordingServer.Start((conversation, message) =>
            message.Operation is LdapSearch { SizeLimit: 1 } ? Task.CompletedTask : conversation.AnswerAsync(message));
        server.Bind = (conversation, message) => conversation.Number == 1 ? conversation.AnswerAsync(message) : Task.CompletedTask;
        await using var client = new LdapClient(server.Options with { ConnectLimit = TimeSpan.FromSeconds(30) }, TimeProvider.System);
        await AssertAnswersAsync(client);
        var busy = Enumerable.Range(0, 40).Select(_ => client.SearchAsync(Operation.AnySearch with { SizeLimit = 1 }, CancellationToken.None)).ToList();
        await Condition.HoldsAsync(() => server.Connections == 2);

        await AssertAnswersAsync(client);

        Assert.DoesNotContain(busy, call => call.IsCompleted);
    }

    [Theory]
    [InlineData(LdapResultCode.Busy, 1)]
    [InlineData(LdapResultCode.Unavailable, 1)]
    [InlineData(LdapResultCode.InvalidCredentials, 60)]
    public async Task A_server_that_refused_the_bind_is_left_alone_for_a_while(LdapResultCode code, int seconds)
    {
        await using var server = RecordingServer.Start();
        server.Bind = (conversation, message) => conversation.AnswerAsync(message, conversation.Number == 1 ? code : LdapResultCode.Success);
        await using var client = new LdapClient(server.Options, _clock);

        for (var time = 0; time < 3; time++)
        {
            var answer = (await client.SearchAsync(Operation.AnySearch, CancellationToken.None)).Answer;
            Assert.Equal(code, Assert.IsType<LdapAnswer.NotSent>(answer).Fault.Result!.Code);
            _clock.Advance(TimeSpan.FromSeconds(seconds) / 4);
        }

        Assert.Equal(1, server.Connections);
        _clock.Advance(TimeSpan.FromSeconds(seconds) / 2);
        await AssertAnswersAsync(client);
    }

    /// <summary>As Blazor's circuits have one: what runs in it stops while the circuit is busy.</summary>
    [Fact]
    public async Task A_connection_does_not_run_in_the_context_of_whoever_needed_it_first()
    {
        await using var server = RecordingServer.Start();
        await using var client = new LdapClient(server.Options, TimeProvider.System);
        var context = new DeafContext();
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(context);
        var first = client.SearchAsync(Operation.AnySearch, CancellationToken.None);
        SynchronizationContext.SetSynchronizationContext(before);
        await Condition.HoldsAsync(() => server.Connections == 1);

        await AssertAnswersAsync(client);

        Assert.False(first.IsCompleted);
    }

    [Fact]
    public async Task Nothing_is_answered_by_a_client_that_was_disposed()
    {
        await using var server = RecordingServer.Start();
        var client = new LdapClient(server.Options, TimeProvider.System);
        await AssertAnswersAsync(client);
        await client.DisposeAsync();

        foreach (var operation in Operation.All)
        {
            Assert.Equal(LdapFaultKind.Disposed, Assert.IsType<LdapAnswer.NotSent>(await operation.Run(client, CancellationToken.None)).Fault.Kind);
        }

        var bind = await client.TryBindAsync(new LdapCredential("cn=ada", "secret"), CancellationToken.None);
        Assert.Equal(LdapFaultKind.Disposed, Assert.IsType<LdapAnswer.NotSent>(bind).Fault.Kind);
        Assert.Equal(1, server.Connections);
    }

    private static async Task AssertAnswersAsync(LdapClient client) => Assert.True((await client.SearchAsync(Operation.AnySearch, CancellationToken.None)).IsComplete);

    /// <summary>Takes what it is given and does nothing.</summary>
    private sealed class DeafContext : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }
}
