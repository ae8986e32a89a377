using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap;

/// <summary>Disposal of a client ends within a second whatever goes on.</summary>
[Collection(TimedCollection.Name)]
public sealed class DisposalTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1) - TimedCall.Grace;

    [Fact]
    public async Task Everything_in_flight_ends_as_unknown()
    {
        await using var silent = RecordingServer.Start((_, _) => Task.CompletedTask);
        var client = new LdapClient(silent.Options, TimeProvider.System);
        var calls = Operation.All.Where(operation => operation.IsWrite).SelectMany(operation => Enumerable.Range(0, 20).Select(_ => operation.Run(client, CancellationToken.None))).ToList();
        await Condition.HoldsAsync(() => silent.Operations.Count(sent => sent is not LdapRequest.Bind) == calls.Count);

        var answers = await TimedCall.EndsWithinAsync(Second, async () =>
        {
            await client.DisposeAsync();
            return await Task.WhenAll(calls);
        });

        Assert.All(answers, answer => Assert.Equal(LdapFaultKind.Disposed, Assert.IsType<LdapAnswer.Unknown>(answer).Fault.Kind));
        await Condition.HoldsAsync(() => silent.Open == 0);
    }

    [Fact]
    public async Task Whoever_waits_for_a_connection_ends_unsent()
    {
        await using var server = RecordingServer.Start();
        server.Bind = (_, _) => Task.CompletedTask;
        var client = new LdapClient(server.Options with { ConnectLimit = TimeSpan.FromMinutes(1) }, TimeProvider.System);
        var calls = Operation.All.Select(operation => operation.Run(client, CancellationToken.None))
            .Append(client.TryBindAsync(new LdapCredential("cn=ada", "secret"), CancellationToken.None)).ToList();
        await Condition.HoldsAsync(() => server.Operations.Count(sent => sent is LdapRequest.Bind) == 2);

        var answers = await TimedCall.EndsWithinAsync(Second, async () =>
        {
            await client.DisposeAsync();
            return await Task.WhenAll(calls);
        });

        Assert.All(answers, answer => Assert.Equal(LdapFaultKind.Disposed, Assert.IsType<LdapAnswer.NotSent>(answer).Fault.Kind));
    }

    [Fact]
    public async Task A_server_that_takes_nothing_any_more_is_not_waited_for()
    {
        await using var server = RecordingServer.Start();
        var client = new LdapClient(server.Options, TimeProvider.System);
        await client.SearchAsync(Operation.AnySearch, CancellationToken.None);
        server.Gate = new TaskCompletionSource().Task;
        var call = client.SendAsync(new LdapRequest.Add(LdapName.FromEscaped("cn=large"), [new LdapAttribute("a", [new byte[8 * 1024 * 1024]])]), CancellationToken.None);

        var answer = await TimedCall.EndsWithinAsync(Second, async () =>
        {
            await client.DisposeAsync();
            return await call;
        });

        Assert.IsNotType<LdapAnswer.Answered>(answer);
    }
}
