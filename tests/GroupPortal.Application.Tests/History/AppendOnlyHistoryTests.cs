using GroupPortal.Application.History;
using GroupPortal.Application.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace GroupPortal.Application.Tests.History;

public sealed class AppendOnlyHistoryTests
{
    [Fact]
    public async Task History_cannot_be_changed_or_deleted_by_entity_or_by_statement()
    {
        await using var portal = await TestPortal.StartAsync();
        await portal.DoAsync(Requests.Create("Night Shift"));

        await using (var state = await portal.OpenStateAsync())
        {
            (await state.History.SingleAsync()).Account = "somebody else";
            await Assert.ThrowsAsync<InvalidOperationException>(() => state.SaveChangesAsync());
        }

        await using (var state = await portal.OpenStateAsync())
        {
            state.History.Remove(await state.History.SingleAsync());
            await Assert.ThrowsAsync<InvalidOperationException>(() => state.SaveChangesAsync());
            await Assert.ThrowsAsync<SqliteException>(() => state.History.ExecuteDeleteAsync());
            await Assert.ThrowsAsync<SqliteException>(() => state.History.ExecuteUpdateAsync(set => set.SetProperty(entry => entry.Account, "x")));
            Assert.Equal("ada", (await state.History.AsNoTracking().SingleAsync()).Account);
        }
    }

    [Fact]
    public async Task History_is_paged_newest_first()
    {
        await using var portal = await TestPortal.StartAsync();
        var history = portal.Get<HistoryReader>();
        var id = (await portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        await portal.DoAsync(Requests.Update(id, false, ("description", "1")), TestPortal.Hal);
        await portal.DoAsync(Requests.Update(id, false, ("description", "2")));
        await portal.DoAsync(Requests.Create("Day Shift"));

        var page = await history.OfGroupAsync(portal.StoreId, id, 0, 2, CancellationToken.None);
        Assert.Equal((3L, "ada", "hal"), (page.Total, page.Items[0].Account, page.Items[1].Account));
        Assert.Equal("Day Shift", (await history.RecentAsync(null, 0, 1, CancellationToken.None)).Items[0].GroupName);
        Assert.Equal(1, (await history.RecentAsync("hal", 0, 10, CancellationToken.None)).Total);
        Assert.Null(await history.OfPlanAsync(Guid.NewGuid(), CancellationToken.None));
    }
}
