using System.Net;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Directories.Tests.Servers;
using GroupPortal.Ldap;
using GroupPortal.TestDirectories;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Ldap.Faults;

/// <summary>
/// A broken network between the client and a real domain controller, for every call: it ends within its limit, it is said to
/// have been done only if that was received, at most one connection is lost, and the client recovers.
/// </summary>
[Collection(TimedCollection.Name)]
public sealed class FaultTests(DomainControllerFixture fixture) : IClassFixture<DomainControllerFixture>
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    [SambaFact]
    public Task A_slow_network_only_takes_longer() => FaceAsync(
        new FaultMode.Delay(TimeSpan.FromMilliseconds(150)),
        seen => Assert.True(Done(seen)),
        lost: 0);

    [SambaFact]
    public Task A_lost_answer_leaves_a_write_unknown_that_was_done_and_repeats_a_search() => FaceAsync(
        new FaultMode.DropAnswerThenClose().Once(),
        seen =>
        {
            Assert.Equal(seen.Call is { IsWrite: false, IsPooled: true, Name: not "extended" }, seen.Answer is LdapAnswer.Answered);
            Assert.Equal(seen.Call.IsPooled ? LdapFaultKind.Closed : LdapFaultKind.Tls, FaultOf(seen.Answer)?.Kind ?? (seen.Call.IsPooled ? LdapFaultKind.Closed : null));
        },
        lost: 1,
        wasDone: true);

    [SambaFact]
    public Task A_silent_network_ends_each_call_at_its_limit() => FaceAsync(
        new FaultMode.BlackHole(),
        seen => Assert.Equal(seen.Call.IsPooled ? LdapFaultKind.TimedOut : LdapFaultKind.Unreachable, FaultOf(seen.Answer)!.Kind),
        lost: 1);

    [SambaFact]
    public Task A_reset_in_the_middle_of_an_answer_leaves_a_write_unknown_that_was_done() => FaceAsync(
        new FaultMode.ResetAfter(20).Once(),
        seen => Assert.Equal(seen.Call is { IsWrite: false, IsPooled: true, Name: not "extended" }, seen.Answer is LdapAnswer.Answered),
        lost: 1,
        wasDone: true);

    [SambaFact]
    public Task A_dripping_network_delivers_in_time_or_not_at_all() => FaceAsync(
        new FaultMode.SlowDrip(10, TimeSpan.FromMilliseconds(20)),
        seen => Assert.True(Done(seen) || FaultOf(seen.Answer)!.Kind is LdapFaultKind.TimedOut or LdapFaultKind.Unreachable),
        lost: null,
        wasDone: true);

    [SambaFact]
    public Task On_a_half_closed_connection_nothing_is_answered() => FaceAsync(
        new FaultMode.HalfClose(),
        seen => AssertNotAnswered(seen, LdapFaultKind.Tls, LdapFaultKind.Closed),
        lost: null);

    [SambaFact]
    public Task A_server_that_refuses_connections_is_sent_nothing() => FaceAsync(
        new FaultMode.Refuse(),
        seen => AssertNotAnswered(seen, LdapFaultKind.Refused),
        lost: 1,
        wasDone: false,
        broken: proxy =>
        {
            proxy.ResetConnections();
            return proxy.OpenConnections == 0;
        });

    [SambaFact]
    public async Task A_connection_that_is_half_closed_while_a_write_is_in_flight_leaves_it_unknown()
    {
        await using var proxy = StartProxy();
        await using var client = new LdapClient(OptionsThrough(proxy), TimeProvider.System);
        await WarmAsync(client);
        var call = DirectoryCall.Make().Single(one => one.Name == "add");
        proxy.Mode = new FaultMode.BlackHole();
        var sent = proxy.BytesFromClients;
        var running = call.RunAsync(client, CancellationToken.None);
        Assert.False(running.IsCompleted);

        proxy.Mode = new FaultMode.HalfClose();

        Assert.Equal(LdapFaultKind.Closed, Assert.IsType<LdapAnswer.Unknown>(await running).Fault.Kind);
        await using var direct = new LdapClient(Clients.OptionsFor(fixture.Controller), TimeProvider.System);
        await AssertSettlesAsync(() => call.WasDoneAsync!(direct));
        Assert.True(proxy.BytesFromClients > sent);
    }

    /// <summary>Samba's answer to the extended request is that it does not know it.</summary>
    private static bool Done(Seen seen) => seen.Answer is LdapAnswer.Answered answered && (answered.Result.IsSuccess || seen.Call.Name == "extended");

    /// <summary>Not sent, for one of the reasons; or, as long as the client had not noticed yet, unknown.</summary>
    private static void AssertNotAnswered(Seen seen, params IReadOnlyList<LdapFaultKind> reasons)
    {
        Assert.False(seen.Answer is LdapAnswer.Answered);
        Assert.Contains(FaultOf(seen.Answer)!.Kind, seen.Answer is LdapAnswer.NotSent ? reasons : [LdapFaultKind.Closed]);
    }

    private static LdapFault? FaultOf(LdapAnswer answer) => answer switch
    {
        LdapAnswer.NotSent notSent => notSent.Fault,
        LdapAnswer.Unknown unknown => unknown.Fault,
        _ => null,
    };

    private static async Task WarmAsync(LdapClient client) => Assert.True((await client.SearchAsync(RootSearch, CancellationToken.None)).IsComplete);

    private static LdapSearch RootSearch { get; } = new(LdapName.RootDse, LdapScope.Base, LdapFilter.Present("objectClass"), ["dnsHostName"]) { Limit = TimeSpan.FromSeconds(20) };

    private static async Task AssertSettlesAsync(Func<Task<bool>> condition)
    {
        for (var time = 0; !await condition(); time++)
        {
            Assert.True(time < 500, "It was never done.");
            await Task.Delay(10);
        }
    }

    private FaultProxy StartProxy() => FaultProxy.Start(new IPEndPoint(fixture.Controller.Address, SambaDomainController.LdapsPort));

    private LdapOptions OptionsThrough(FaultProxy proxy) => Clients.OptionsFor(fixture.Controller) with
    {
        Servers = [new LdapServer(proxy.EndPoint.Address.ToString(), proxy.EndPoint.Port, LdapSecurity.Ldaps)],
        CallLimit = Limit,
        ConnectLimit = Limit,
    };

    /// <summary>All calls at once, each through a network and a client of its own, on a connection that stands.</summary>
    /// <param name="lost">How many connections each call loses; null where that is not fixed.</param>
    /// <param name="wasDone">Whether writes reach the directory; null when nobody can say.</param>
    /// <param name="broken">Breaks what the mode alone does not, and says when the client can know.</param>
    private async Task FaceAsync(FaultMode mode, Action<Seen> check, int? lost, bool? wasDone = null, Func<FaultProxy, bool>? broken = null)
    {
        await using var direct = new LdapClient(Clients.OptionsFor(fixture.Controller), TimeProvider.System);
        await Task.WhenAll(DirectoryCall.Make().Select(async call =>
        {
            try
            {
                var seen = await FaceOneAsync(direct, mode, call, lost, broken);
                check(seen);
                await AssertAgreesAsync(direct, seen, wasDone);
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"{mode}, {call.Name}: {fault.Message}", fault);
            }
        }));
    }

    private async Task<Seen> FaceOneAsync(LdapClient direct, FaultMode mode, DirectoryCall call, int? lost, Func<FaultProxy, bool>? broken)
    {
        await (call.PrepareAsync?.Invoke(direct) ?? Task.CompletedTask);
        await using var proxy = StartProxy();
        await using var client = new LdapClient(OptionsThrough(proxy), TimeProvider.System);
        await WarmAsync(client);
        // A mode of one fault is one object's.
        proxy.Mode = mode with { };
        await Condition.HoldsAsync(() => broken?.Invoke(proxy) ?? true);

        var answer = await TimedCall.EndsWithinAsync(Limit, () => call.RunAsync(client, CancellationToken.None));

        proxy.Mode = new FaultMode.Pass();
        var before = proxy.Connections;
        await AssertSettlesAsync(async () => (await client.SearchAsync(RootSearch, CancellationToken.None)).IsComplete);
        if (lost is { } connections && call.IsPooled)
        {
            Assert.Equal(1 + connections, proxy.Connections);
        }

        Assert.True(proxy.Connections - before <= 1, $"It took {proxy.Connections - before} connections to recover.");
        return new Seen(call, answer);
    }

    /// <summary>Nothing is said to be done that was not, and nothing not to be sent that was.</summary>
    private static async Task AssertAgreesAsync(LdapClient direct, Seen seen, bool? wasDone)
    {
        if (seen.Call.WasDoneAsync is not { } check)
        {
            return;
        }

        switch (seen.Answer)
        {
            case LdapAnswer.Answered:
                Assert.True(await check(direct));
                break;
            case LdapAnswer.NotSent:
                Assert.False(await check(direct));
                break;
            case LdapAnswer.Unknown when wasDone == true:
                await AssertSettlesAsync(() => check(direct));
                break;
            case LdapAnswer.Unknown when wasDone == false:
                Assert.False(await check(direct));
                break;
        }
    }

    private sealed record Seen(DirectoryCall Call, LdapAnswer Answer);
}
