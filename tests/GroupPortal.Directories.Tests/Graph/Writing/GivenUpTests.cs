using System.Net;
using GroupPortal.EntraId;
using GroupPortal.EntraId.Requests;
using GroupPortal.EntraId.Writing;
using Microsoft.Graph.Models;

namespace GroupPortal.Directories.Tests.Graph.Writing;

/// <summary>Whoever gives up a write, or closes the portal, is told whether it had left.</summary>
public sealed class GivenUpTests
{
    [Fact]
    public async Task A_write_given_up_on_its_way_is_not_told_as_never_sent()
    {
        using var given = new CancellationTokenSource();
        using var stub = new GraphStub(_ =>
        {
            given.Cancel();
            throw new OperationCanceledException(given.Token);
        });
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        var reply = await PostAsync(tenant, given.Token);

        Assert.Single(stub.Requests);
        Assert.NotNull(reply.Lost);
    }

    [Fact]
    public async Task A_write_given_up_with_its_answer_there_is_not_told_as_never_sent()
    {
        using var given = new CancellationTokenSource();
        using var stub = new GraphStub(_ =>
        {
            given.Cancel();
            return GraphStub.Json(HttpStatusCode.Created, """{"id":"aaaaaaaa-0000-0000-0000-000000000001"}""");
        });
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        Assert.Null((await PostAsync(tenant, given.Token)).NotSent);
    }

    [Fact]
    public async Task A_write_on_its_way_while_the_portal_closes_is_not_told_as_never_sent()
    {
        Tenant? tenant = null;
        using var stub = new GraphStub(_ =>
        {
            tenant!.Dispose();
            throw new OperationCanceledException();
        });
        tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        var reply = await PostAsync(tenant, CancellationToken.None);

        Assert.Single(stub.Requests);
        Assert.NotNull(reply.Lost);
    }

    [Fact]
    public async Task A_write_given_up_in_the_queue_was_never_sent()
    {
        using var given = new CancellationTokenSource();
        using var stub = new GraphStub(_ =>
        {
            given.Cancel();
            return GraphStub.Error(429, "TooManyRequests", "later");
        });
        using var tenant = Tenant.Open(stub.Connection(), TimeProvider.System);

        Assert.NotNull((await PostAsync(tenant, given.Token)).NotSent);
    }

    private static Task<GraphReply<Group>> PostAsync(Tenant tenant, CancellationToken cancellation) =>
        new GraphWrites(tenant).SendAsync((client, token) => client.Groups.PostAsync(new Group(), cancellationToken: token), cancellation);
}
