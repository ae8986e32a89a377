using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>Every call ends within half a second of its limit or its cancellation, and the server is told.</summary>
[Collection(TimedCollection.Name)]
public sealed class LimitTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private static readonly LdapSearch Greeting = new(LdapName.RootDse, LdapScope.Base, LdapFilter.Present("objectClass"), ["greeting"]);

    public static TheoryData<string> Operations => Operation.Names;

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_call_ends_at_its_limit_and_is_abandoned(string name)
    {
        var operation = Operation.Named(name);
        await using var server = RecordingServer.Start(AnswerOnlyGreetings);
        await using var client = new LdapClient(server.Options with { CallLimit = Short }, TimeProvider.System);
        await GreetAsync(client);

        var answer = await TimedCall.EndsWithinAsync(Short, () => operation.Run(client, CancellationToken.None));

        Assert.Equal(LdapFaultKind.TimedOut, Assert.IsType<LdapAnswer.Unknown>(answer).Fault.Kind);
        await AssertAbandonedAsync(server, operation);
        await GreetAsync(client);
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_call_ends_when_it_is_cancelled_and_is_abandoned(string name)
    {
        var operation = Operation.Named(name);
        await using var server = RecordingServer.Start(AnswerOnlyGreetings);
        await using var client = new LdapClient(server.Options, TimeProvider.System);
        await GreetAsync(client);
        using var cancellation = new CancellationTokenSource();
        var call = operation.Run(client, cancellation.Token);
        await server.ReceivesAsync(operation.IsRequest);

        var ended = await TimedCall.EndsWithinAsync(TimeSpan.Zero, async () =>
        {
            await cancellation.CancelAsync();
            return await Task.WhenAny(call);
        });

        if (operation.IsWrite)
        {
            Assert.Equal(LdapFaultKind.Cancelled, Assert.IsType<LdapAnswer.Unknown>(await ended).Fault.Kind);
        }
        else
        {
            Assert.True(ended.IsCanceled);
        }

        await AssertAbandonedAsync(server, operation);
        await GreetAsync(client);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_connection_on_which_the_server_said_nothing_is_dropped_at_the_limit()
    {
        await using var server = RecordingServer.Start((conversation, message) => conversation.Number == 1 ? Task.CompletedTask : conversation.AnswerAsync(message));
        await using var client = new LdapClient(server.Options with { CallLimit = TimeSpan.FromSeconds(1.2) }, TimeProvider.System);
        var other = client.SendAsync(new LdapRequest.Delete(LdapName.FromEscaped("cn=other")) { Limit = TimeSpan.FromSeconds(20) }, CancellationToken.None);
        await server.ReceivesAsync(sent => sent is LdapRequest.Delete);

        Assert.Equal(LdapFaultKind.TimedOut, FaultOf((await client.SearchAsync(Operation.AnySearch, CancellationToken.None)).Answer).Kind);

        Assert.Equal(LdapFaultKind.Closed, Assert.IsType<LdapAnswer.Unknown>(await other).Fault.Kind);
        await GreetAsync(client);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_on_which_the_server_said_something_lives_on()
    {
        await using var server = RecordingServer.Start(AnswerOnlyGreetings);
        await using var client = new LdapClient(server.Options with { CallLimit = TimeSpan.FromSeconds(1.2) }, TimeProvider.System);
        var call = client.SearchAsync(Operation.AnySearch, CancellationToken.None);
        await server.ReceivesAsync(Operation.Named("search").IsRequest);
        await GreetAsync(client);

        Assert.Equal(LdapFaultKind.TimedOut, FaultOf((await call).Answer).Kind);

        await GreetAsync(client);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_millisecond_of_silence_costs_nobody_a_connection()
    {
        await using var server = RecordingServer.Start(AnswerOnlyGreetings);
        await using var client = new LdapClient(server.Options, TimeProvider.System);
        await GreetAsync(client);
        var other = client.SendAsync(new LdapRequest.Delete(LdapName.FromEscaped("cn=other")), CancellationToken.None);

        var answer = (await client.SearchAsync(Operation.AnySearch with { Limit = TimeSpan.FromMilliseconds(1) }, CancellationToken.None)).Answer;

        // It may not even have left.
        Assert.True(answer is LdapAnswer.Unknown { Fault.Kind: LdapFaultKind.TimedOut } or LdapAnswer.NotSent { Fault.Kind: LdapFaultKind.TimedOut });
        await GreetAsync(client);
        Assert.False(other.IsCompleted);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task Answers_that_come_too_late_belong_to_nobody()
    {
        await using var server = RecordingServer.Start(async (conversation, message) =>
        {
            if (message.Operation is Abandon abandon)
            {
                await conversation.SendAsync(ResponseEncoder.Entry(abandon.Id, "cn=late"));
                await conversation.SendAsync(ResponseEncoder.Done(abandon.Id, ResponseEncoder.SearchDone));
            }

            await AnswerOnlyGreetings(conversation, message);
        });
        await using var client = new LdapClient(server.Options with { CallLimit = Short }, TimeProvider.System);

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(LdapFaultKind.TimedOut, FaultOf((await client.SearchAsync(Operation.AnySearch, CancellationToken.None)).Answer).Kind);
            Assert.Empty((await client.SearchAsync(Greeting with { Limit = TimeSpan.FromSeconds(10) }, CancellationToken.None)).Entries);
        }

        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task An_answer_that_was_given_up_and_never_ends_costs_the_connection()
    {
        await using var server = RecordingServer.Start(async (conversation, message) =>
        {
            if (message.Operation is Abandon abandon && conversation.Number == 1)
            {
                var entry = ResponseEncoder.Entry(abandon.Id, "cn=late", new LdapAttribute("a", [new byte[1024 * 1024]]));
                while (true)
                {
                    await conversation.SendAsync(entry);
                }
            }

            await AnswerOnlyGreetings(conversation, message);
        });
        await using var client = new LdapClient(server.Options with { CallLimit = Short }, TimeProvider.System);

        await client.SearchAsync(Operation.AnySearch, CancellationToken.None);
        await Condition.HoldsAsync(() => server.Open == 0);

        await GreetAsync(client);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task What_waits_behind_a_full_pipe_was_not_sent()
    {
        var opens = new TaskCompletionSource();
        await using var server = RecordingServer.Start();
        await using var client = new LdapClient(server.Options with { CallLimit = TimeSpan.FromSeconds(20) }, TimeProvider.System);
        await GreetAsync(client);
        server.Gate = opens.Task;
        var blocked = await FillAsync(server, client, CancellationToken.None);
        using var cancellation = new CancellationTokenSource(Short);

        var late = await TimedCall.EndsWithinAsync(Short, () => client.SendAsync(Large with { Limit = Short }, CancellationToken.None));
        var cancelled = await TimedCall.EndsWithinAsync(Short, () => Task.WhenAny(client.SendAsync(Large, cancellation.Token)));

        Assert.Equal(LdapFaultKind.TimedOut, Assert.IsType<LdapAnswer.NotSent>(late).Fault.Kind);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        opens.SetResult();
        Assert.IsType<LdapAnswer.Answered>(await blocked.Answer);
        await GreetAsync(client);
        Assert.Single(server.Operations, sent => sent is LdapRequest.Add);
    }

    [Fact]
    public async Task A_pipe_that_stays_full_is_given_up_although_the_one_who_filled_it_has_gone()
    {
        await using var server = RecordingServer.Start();
        await using var client = new LdapClient(server.Options with { CallLimit = TimeSpan.FromSeconds(1.2) }, TimeProvider.System);
        await GreetAsync(client);
        server.Gate = new TaskCompletionSource().Task;
        using var cancellation = new CancellationTokenSource();
        var blocked = await FillAsync(server, client, cancellation.Token);
        var queued = client.SendAsync(Large, CancellationToken.None);
        await cancellation.CancelAsync();
        Assert.IsType<LdapAnswer.Unknown>(await blocked.Answer);

        Assert.IsType<LdapAnswer.NotSent>(await queued);
        server.Gate = Task.CompletedTask;

        await GreetAsync(client);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task An_answer_before_its_request_is_none()
    {
        var opens = new TaskCompletionSource();
        Conversation? first = null;
        await using var server = RecordingServer.Start((conversation, message) =>
        {
            first ??= conversation;
            return conversation.AnswerAsync(message);
        });
        await using var client = new LdapClient(server.Options, TimeProvider.System);
        await GreetAsync(client);
        server.Gate = opens.Task;
        var blocked = await FillAsync(server, client, CancellationToken.None);
        var queued = client.SendAsync(new LdapRequest.Delete(LdapName.FromEscaped("cn=foreseen")), CancellationToken.None);

        // 1 was the bind, 2 the greeting, 3 fills the pipe.
        await first!.SendAsync(ResponseEncoder.Done(4, ResponseEncoder.DeleteDone));
        Assert.Equal(LdapFaultKind.BadAnswer, Assert.IsType<LdapAnswer.Unknown>(await blocked.Answer).Fault.Kind);
        opens.SetResult();

        Assert.IsType<LdapAnswer.Answered>(await queued);
        Assert.Equal(2, server.Received.Single(received => received.Message.Operation is LdapRequest.Delete).Connection);
    }

    [Fact]
    public async Task What_is_cancelled_beforehand_is_not_sent()
    {
        await using var server = RecordingServer.Start();
        await using var client = new LdapClient(server.Options, TimeProvider.System);

        foreach (var operation in Operation.All)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => operation.Run(client, new CancellationToken(canceled: true)));
        }

        await GreetAsync(client);
        Assert.DoesNotContain(server.Operations, sent => Operation.All.Any(operation => operation.IsWrite && operation.IsRequest(sent)));
    }

    [Fact]
    public async Task A_bind_that_is_not_answered_ends_at_the_limit_of_connecting()
    {
        await using var server = RecordingServer.Start();
        server.Bind = (_, _) => Task.CompletedTask;
        await using var client = new LdapClient(server.Options with { ConnectLimit = Short }, TimeProvider.System);

        var answer = await TimedCall.EndsWithinAsync(Short, () => client.TryBindAsync(new LdapCredential("cn=ada", "secret"), CancellationToken.None));

        var fault = Assert.IsType<LdapAnswer.NotSent>(answer).Fault;
        Assert.Equal(LdapFaultKind.Unreachable, fault.Kind);
        Assert.Contains("bind", fault.Message, StringComparison.Ordinal);
        await Condition.HoldsAsync(() => server.Open == 0);
    }

    [Fact]
    public async Task A_bind_ends_when_it_is_cancelled()
    {
        await using var server = RecordingServer.Start();
        server.Bind = (_, _) => Task.CompletedTask;
        await using var client = new LdapClient(server.Options, TimeProvider.System);
        using var cancellation = new CancellationTokenSource();
        var call = client.TryBindAsync(new LdapCredential("cn=ada", "secret"), cancellation.Token);
        await server.ReceivesAsync(sent => sent is LdapRequest.Bind);

        var ended = await TimedCall.EndsWithinAsync(TimeSpan.Zero, async () =>
        {
            await cancellation.CancelAsync();
            return await Task.WhenAny(call);
        });

        Assert.True(ended.IsCanceled);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task The_limit_of_a_call_holds_for_connecting_too(string name)
    {
        await using var server = RecordingServer.Start();
        server.Bind = (_, _) => Task.CompletedTask;
        await using var client = new LdapClient(server.Options with { CallLimit = Short, ConnectLimit = TimeSpan.FromSeconds(20) }, TimeProvider.System);

        var answer = await TimedCall.EndsWithinAsync(Short, () => Operation.Named(name).Run(client, CancellationToken.None));

        Assert.Equal(LdapFaultKind.TimedOut, Assert.IsType<LdapAnswer.NotSent>(answer).Fault.Kind);
    }

    private static LdapRequest.Add Large { get; } = new(LdapName.FromEscaped("cn=large"), [new LdapAttribute("a", [new byte[8 * 1024 * 1024]])]);

    /// <summary>The beginning of a request that is longer than the pipe, when it is on its way.</summary>
    private static async Task<PendingWrite> FillAsync(RecordingServer server, LdapClient client, CancellationToken cancellation)
    {
        var before = server.Octets;
        var call = client.SendAsync(Large, cancellation);
        await Condition.HoldsAsync(() => server.Octets > before);
        return new PendingWrite(call);
    }

    private sealed record PendingWrite(Task<LdapAnswer> Answer);

    private static Task AnswerOnlyGreetings(Conversation conversation, DecodedMessage message) =>
        message.Operation is LdapSearch { Attributes: ["greeting"] } ? conversation.AnswerAsync(message) : Task.CompletedTask;

    private static async Task GreetAsync(LdapClient client) =>
        Assert.True((await client.SearchAsync(Greeting with { Limit = TimeSpan.FromSeconds(20) }, CancellationToken.None)).IsComplete);

    private static LdapFault FaultOf(LdapAnswer answer) => Assert.IsType<LdapAnswer.Unknown>(answer).Fault;

    private static async Task AssertAbandonedAsync(RecordingServer server, Operation operation)
    {
        var id = server.Received.Last(received => operation.IsRequest(received.Message.Operation)).Message.Id;
        await server.ReceivesAsync(sent => sent is Abandon abandon && abandon.Id == id);
    }
}
