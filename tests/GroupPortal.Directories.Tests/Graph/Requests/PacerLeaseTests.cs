using GroupPortal.Core.Directories;
using GroupPortal.EntraId;
using GroupPortal.EntraId.Requests;

namespace GroupPortal.Directories.Tests.Graph.Requests;

public sealed class PacerLeaseTests
{
    [Fact]
    public async Task One_app_in_one_tenant_has_one_pacer_until_nobody_uses_it_any_more()
    {
        using var stub = new GraphStub(_ => GraphStub.Empty());
        var connection = stub.Connection();
        var first = PacerLease.Of(connection, TimeProvider.System);
        var second = PacerLease.Of(connection, TimeProvider.System);
        Assert.Same(first.Pacer, second.Pacer);

        first.Dispose();
        first.Dispose();
        using (await second.Pacer.EnterAsync(new RequestCost(1, 0), WorkPriority.High, CancellationToken.None))
        {
            second.Dispose();
        }

        using var third = PacerLease.Of(connection, TimeProvider.System);
        Assert.NotSame(second.Pacer, third.Pacer);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second.Pacer.EnterAsync(new RequestCost(1, 0), WorkPriority.High, CancellationToken.None));
    }

    [Fact]
    public void Another_app_or_another_tenant_has_its_own()
    {
        using var stub = new GraphStub(_ => GraphStub.Empty());
        var one = stub.Connection();
        using var first = PacerLease.Of(one, TimeProvider.System);
        using var app = PacerLease.Of(With(one.Identity with { Client = "other" }), TimeProvider.System);
        using var tenant = PacerLease.Of(With(one.Identity with { Tenant = Guid.NewGuid() }), TimeProvider.System);

        Assert.Equal(3, new HashSet<RequestPacer>([first.Pacer, app.Pacer, tenant.Pacer]).Count);

        GraphConnection With(AppIdentity identity) => new(one.Store, identity, one.Root, one.CallLimit) { Network = one.Network, Quotas = one.Quotas };
    }
}
