using GroupPortal.Application.Replica;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Tests;
using Microsoft.Extensions.Hosting;

namespace GroupPortal.Application.Tests.Replica;

/// <summary>The copy on disk: a portal that starts again reads only what changed, and believes only what is whole.</summary>
public sealed class ReplicaFileTests
{
    [Fact]
    public async Task After_a_restart_only_what_changed_is_read_and_the_table_is_as_before()
    {
        await using var portal = await TestPortal.StartAsync();
        await RunAsync(portal);
        var before = ContentOf(StoreReplicaTests.ReplicaOf(portal));
        await portal.RestartAsync();
        portal.Store.ReplicaReads.Clear();
        var made = (await portal.DoAsync(Requests.Create("While it was down"))).GroupId!.Value;

        await RunAsync(portal);

        Assert.DoesNotContain(null, portal.Store.ReplicaReads);
        var after = ContentOf(StoreReplicaTests.ReplicaOf(portal));
        Assert.True(after.Remove(made));
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task A_directory_that_is_dead_after_a_restart_leaves_the_saved_table_with_its_age()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        await RunAsync(portal);
        var before = StoreReplicaTests.ReplicaOf(portal).Status;
        await portal.RestartAsync(withWorker: false);
        portal.Clock.Advance(TimeSpan.FromHours(1));
        portal.Store.ReadError = new DirectoryError.Unavailable();

        var keeper = StoreReplicaTests.KeeperOf(portal);
        await keeper.StartAsync(CancellationToken.None);
        await Eventually.IsAsync(() => StoreReplicaTests.ReplicaOf(portal).Status.Error is not null);

        Assert.Equal(before with { Error = portal.Store.ReadError }, StoreReplicaTests.ReplicaOf(portal).Status);
        await keeper.StopAsync(CancellationToken.None);
    }

    /// <summary>What was deleted and purged since is never told of.</summary>
    [Fact]
    public async Task What_was_saved_more_than_a_week_ago_is_not_used_and_how_much_it_held_is_remembered()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        await RunAsync(portal);
        var count = StoreReplicaTests.CountOf(StoreReplicaTests.ReplicaOf(portal));
        await portal.RestartAsync(withWorker: false);
        portal.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        portal.Store.Hidden.UnionWith((await portal.PeopleAsync(15)).Select(one => one.Id));
        portal.Store.ReplicaReads.Clear();
        var replica = StoreReplicaTests.ReplicaOf(portal);

        replica.Restore();
        Assert.Equal((ReplicaPhase.Loading, -1), (replica.Status.Phase, StoreReplicaTests.CountOf(replica)));
        await StoreReplicaTests.ReadAsync(replica);

        Assert.Null(portal.Store.ReplicaReads[0]);
        Assert.Equal((count - 15, 15), (StoreReplicaTests.CountOf(replica), replica.Status.Missing));
    }

    [Fact]
    public async Task What_was_saved_a_week_ago_is_used()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        await RunAsync(portal);
        await portal.RestartAsync(withWorker: false);
        portal.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        portal.Store.ReplicaReads.Clear();

        await RunAsync(portal);

        Assert.DoesNotContain(null, portal.Store.ReplicaReads);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(20)]
    [InlineData(60)]
    [InlineData(-1)]
    [InlineData(-200)]
    public async Task A_damaged_file_is_not_believed_and_everything_is_read(int place)
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        await RunAsync(portal);
        var whole = ContentOf(StoreReplicaTests.ReplicaOf(portal));
        await portal.RestartAsync(withWorker: false);
        var path = FileOf(portal);
        var bytes = await File.ReadAllBytesAsync(path);
        bytes[place < 0 ? bytes.Length + place : place] ^= 0x40;
        await File.WriteAllBytesAsync(path, bytes);
        portal.Store.ReplicaReads.Clear();

        await RunAsync(portal);

        Assert.Null(portal.Store.ReplicaReads[0]);
        Assert.Equal(whole, ContentOf(StoreReplicaTests.ReplicaOf(portal)));
    }

    [Fact]
    public async Task A_file_that_was_cut_at_any_place_is_not_believed()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        await RunAsync(portal);
        var file = new ReplicaFile(portal.Folder, portal.Store.Store);
        var bytes = await File.ReadAllBytesAsync(file.Path);
        Assert.NotNull(file.Read(portal.Store.Vocabulary));

        foreach (var length in new[] { 0, 1, 4, 30, 100, 200, bytes.Length / 2, bytes.Length - 1 })
        {
            await File.WriteAllBytesAsync(file.Path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => file.Read(portal.Store.Vocabulary));
        }
    }

    [Fact]
    public async Task The_file_of_another_store_or_domain_is_not_believed()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        await RunAsync(portal);
        var store = portal.Store.Store;

        foreach (var other in new[] { store with { BaseDn = "DC=other,DC=local" }, store with { Id = 2, Kind = StoreKind.EntraId }, store with { Id = 7 } })
        {
            var file = new ReplicaFile(portal.Folder, other);
            if (file.Path != FileOf(portal))
            {
                File.Copy(FileOf(portal), file.Path);
            }

            Assert.Throws<InvalidDataException>(() => file.Read(portal.Store.Vocabulary));
        }
    }

    [Fact]
    public async Task It_is_saved_after_the_load_and_then_seldom_and_only_when_something_changed()
    {
        await using var portal = await TestPortal.StartAsync();
        var replica = StoreReplicaTests.ReplicaOf(portal);
        await StoreReplicaTests.ReadAsync(replica);
        Assert.True(SaveIfDue());

        portal.Clock.Advance(TimeSpan.FromHours(1));
        await StoreReplicaTests.ReadAsync(replica);
        Assert.False(SaveIfDue());

        await portal.DoAsync(Requests.Create("Changed"));
        await StoreReplicaTests.ReadAsync(replica);
        Assert.True(SaveIfDue());

        await portal.DoAsync(Requests.Create("Changed soon after"));
        await StoreReplicaTests.ReadAsync(replica);
        Assert.False(SaveIfDue());
        Assert.True(SaveIfDue(isLast: true));

        bool SaveIfDue(bool isLast = false)
        {
            File.Delete(FileOf(portal));
            replica.SaveIfDue(isLast);
            return File.Exists(FileOf(portal));
        }
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_stops_nothing()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        Directory.CreateDirectory(FileOf(portal) + ".new");
        var replica = StoreReplicaTests.ReplicaOf(portal);
        await StoreReplicaTests.ReadAsync(replica);

        replica.SaveIfDue(isLast: true);

        Assert.False(File.Exists(FileOf(portal)));
        Assert.Equal(ReplicaPhase.Ready, replica.Status.Phase);
    }

    private static string FileOf(TestPortal portal) => Path.Combine(portal.Folder, $"replica-{portal.StoreId}.bin");

    /// <summary>Starts what keeps the replica, until it has read, and stops it.</summary>
    private static async Task RunAsync(TestPortal portal)
    {
        var keeper = StoreReplicaTests.KeeperOf(portal);
        await keeper.StartAsync(CancellationToken.None);
        await Eventually.IsAsync(() => portal.Store.ReplicaReads.Count > 0 && StoreReplicaTests.ReplicaOf(portal).Status.Phase == ReplicaPhase.Ready);
        await StoreReplicaTests.ReadAsync(StoreReplicaTests.ReplicaOf(portal));
        await keeper.StopAsync(CancellationToken.None);
    }

    private static Dictionary<Guid, string> ContentOf(StoreReplica replica)
    {
        Assert.True(replica.TryRead(
            (view, _) => Enumerable.Range(0, view.RowCount).Where(row => view.RowOf(view.IdOf(row)) == row).ToDictionary(view.IdOf, row => Written(view.ObjectAt(row))), out var content));
        return content!;
    }

    private static string Written(ReplicaObject item) =>
        $"{item.Kind} {item.Dn} {item.IsProtected} "
        + string.Join(';', item.Values.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => $"{value.Key}={string.Join('|', value.Value.Order(StringComparer.Ordinal))}"))
        + $" {string.Join(',', (item.Members ?? []).Order())}";
}
