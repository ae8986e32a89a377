using System.Globalization;
using GroupPortal.Application.Replica;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace GroupPortal.Application.Tests.Replica;

public sealed class StoreReplicaTests
{
    private static readonly DirectoryError Dead = new DirectoryError.Unavailable { ServerText = "No route to host" };

    [Fact]
    public async Task Before_anything_is_read_it_is_loading_and_there_is_nothing_to_look_into()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);

        Assert.Equal(new ReplicaStatus(ReplicaPhase.Loading, 0, null, IsStale: false, Error: null), replica.Status);
        Assert.Equal(-1, CountOf(replica));
        Assert.Null(portal.Get<Replicas>().Of(99));
    }

    [Fact]
    public async Task The_first_reading_loads_everything_and_says_how_far_it_is()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        var seen = new List<ReplicaStatus>();
        portal.Store.ObjectsPerPage = 20;
        portal.Store.BeforeReplica = (_, _) =>
        {
            seen.Add(replica.Status);
            return Task.FromResult<DirectoryAnswer<ReplicaPage>?>(null);
        };

        var asOf = await ReadAsync(replica);

        Assert.All(seen, status => Assert.Equal(ReplicaPhase.Loading, status.Phase));
        Assert.Equal([0, 20, 40], seen.Take(3).Select(status => status.Loaded));
        Assert.True(CountOf(replica) > 60);
        Assert.Equal(new ReplicaStatus(ReplicaPhase.Ready, CountOf(replica), asOf, IsStale: false, Error: null), replica.Status);
    }

    [Fact]
    public async Task When_nothing_changed_one_question_is_asked_and_only_the_age_changes()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        var before = await ReadAsync(replica);
        var count = CountOf(replica);
        portal.Store.ReplicaReads.Clear();
        portal.Clock.Advance(TimeSpan.FromMinutes(1));

        var after = await ReadAsync(replica);

        Assert.NotNull(Assert.Single(portal.Store.ReplicaReads));
        Assert.Equal(count, CountOf(replica));
        Assert.Equal(before + TimeSpan.FromMinutes(1), after);
    }

    [Fact]
    public async Task What_the_portal_wrote_is_read_when_somebody_looks_and_not_before()
    {
        await using var portal = await TestPortal.StartAsync();
        var replica = ReplicaOf(portal);
        await ReadAsync(replica);
        var count = CountOf(replica);
        Assert.Null(await replica.CatchUpAsync(CancellationToken.None));
        portal.Store.ReplicaReads.Clear();

        await portal.DoAsync(Requests.Create("Replicated"));
        await portal.DoAsync(Requests.Create("Replicated too"));
        Assert.Empty(portal.Store.ReplicaReads);
        Assert.Null(await replica.CatchUpAsync(CancellationToken.None));
        Assert.Null(await replica.CatchUpAsync(CancellationToken.None));

        Assert.Single(portal.Store.ReplicaReads);
        Assert.Equal(count + 2, CountOf(replica));
    }

    [Fact]
    public async Task A_deleted_group_is_gone_from_the_table()
    {
        await using var portal = await TestPortal.StartAsync();
        var replica = ReplicaOf(portal);
        var made = (await portal.DoAsync(Requests.Create("Goes"))).GroupId!.Value;
        await ReadAsync(replica);
        var count = CountOf(replica);

        await portal.DoAsync(Requests.Delete(made));
        await ReadAsync(replica);

        Assert.Equal(count - 1, CountOf(replica));
    }

    [Fact]
    public async Task A_directory_that_is_dead_at_the_start_is_asked_again_until_it_answers()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        portal.Store.ReadError = Dead;

        Assert.Same(Dead, Assert.IsType<DirectoryAnswer<DateTimeOffset>.Failed>(await replica.BringUpToDateAsync(CancellationToken.None)).Error);
        Assert.Equal(new ReplicaStatus(ReplicaPhase.Failed, 0, null, IsStale: false, Dead), replica.Status);
        Assert.Equal(-1, CountOf(replica));

        portal.Store.ReadError = null;
        await ReadAsync(replica);
        Assert.Equal(ReplicaPhase.Ready, replica.Status.Phase);
        Assert.Null(replica.Status.Error);
    }

    [Fact]
    public async Task A_directory_that_dies_leaves_the_table_with_its_age()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        var asOf = await ReadAsync(replica);
        var count = CountOf(replica);
        portal.Store.ReadError = Dead;
        portal.Clock.Advance(TimeSpan.FromHours(3));

        Assert.IsType<DirectoryAnswer<DateTimeOffset>.Failed>(await replica.BringUpToDateAsync(CancellationToken.None));

        Assert.Equal(new ReplicaStatus(ReplicaPhase.Ready, count, asOf, IsStale: false, Dead), replica.Status);
        Assert.Equal(count, CountOf(replica));
        portal.Store.ReadError = null;
        Assert.Equal(asOf + TimeSpan.FromHours(3), await ReadAsync(replica));
        Assert.Null(replica.Status.Error);
    }

    /// <summary>What was deleted and purged since is never told of.</summary>
    [Fact]
    public async Task A_directory_that_answers_again_after_more_than_a_week_is_read_from_the_beginning()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        await ReadAsync(replica);
        portal.Clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        portal.Store.ReplicaReads.Clear();
        await ReadAsync(replica);
        Assert.DoesNotContain(null, portal.Store.ReplicaReads);

        portal.Clock.Advance(TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1));
        portal.Store.ReplicaReads.Clear();
        await ReadAsync(replica);
        Assert.Null(portal.Store.ReplicaReads[0]);
    }

    [Fact]
    public async Task A_directory_that_dies_in_the_middle_of_the_first_load_leaves_nothing_to_look_into()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        portal.Store.ObjectsPerPage = 20;
        portal.Store.BeforeReplica = (cookie, _) => Task.FromResult(cookie is null ? null : DirectoryAnswer.Failed<ReplicaPage>(Dead));

        await replica.BringUpToDateAsync(CancellationToken.None);

        Assert.Equal(ReplicaPhase.Failed, replica.Status.Phase);
        Assert.Equal(-1, CountOf(replica));
    }

    [Fact]
    public async Task Neither_a_part_nor_an_adapter_that_throws_nor_an_endless_feed_changes_the_table()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        await ReadAsync(replica);
        var count = CountOf(replica);

        foreach (var bad in new Func<string?, DirectoryAnswer<ReplicaPage>?>[]
        {
            _ => new DirectoryAnswer<ReplicaPage>.Partial(new ReplicaPage([], [], "x", HasMore: false), Dead),
            _ => throw new InvalidOperationException("a fault of the adapter"),
            cookie => DirectoryAnswer.Ok(new ReplicaPage([], [], cookie!, HasMore: true)),
        })
        {
            portal.Store.BeforeReplica = (cookie, _) => Task.FromResult(bad(cookie));
            Assert.IsType<DirectoryAnswer<DateTimeOffset>.Failed>(await replica.BringUpToDateAsync(CancellationToken.None));
            Assert.Equal((ReplicaPhase.Ready, count), (replica.Status.Phase, CountOf(replica)));
            Assert.NotNull(replica.Status.Error);
        }

        portal.Store.BeforeReplica = (_, _) => Task.FromResult<DirectoryAnswer<ReplicaPage>?>(null);
        await ReadAsync(replica);
        Assert.Equal(count, CountOf(replica));
    }

    [Fact]
    public async Task When_the_feed_has_ended_everything_is_read_again_while_readers_keep_the_old_table()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        await ReadAsync(replica);
        var count = CountOf(replica);
        var during = new List<(bool IsStale, int Count, ReplicaPhase Phase)>();
        portal.Store.ObjectsPerPage = 20;
        portal.Store.BeforeReplica = (cookie, _) =>
        {
            if (cookie is not null && during.Count == 0)
            {
                during.Add((replica.Status.IsStale, CountOf(replica), replica.Status.Phase));
                return Task.FromResult<DirectoryAnswer<ReplicaPage>?>(DirectoryError.Conflict.Unknown);
            }

            during.Add((replica.Status.IsStale, CountOf(replica), replica.Status.Phase));
            return Task.FromResult<DirectoryAnswer<ReplicaPage>?>(null);
        };

        await ReadAsync(replica);

        Assert.False(during[0].IsStale);
        Assert.True(during.Count > 4);
        Assert.All(during.Skip(1), one => Assert.Equal((true, count, ReplicaPhase.Ready), one));
        Assert.Equal((ReplicaPhase.Ready, false, count), (replica.Status.Phase, replica.Status.IsStale, CountOf(replica)));
    }

    /// <summary>A right taken from the portal's account hides people all at once; deletions come one by one, by the feed.</summary>
    [Fact]
    public async Task What_is_missing_after_everything_was_read_again_is_counted_until_it_is_back()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var people = await portal.PeopleAsync(15);
        var replica = ReplicaOf(portal);
        await ReadAsync(replica);
        Assert.Equal(0, replica.Status.Missing);

        Assert.Equal(0, await MissingAsync(people.Take(3)));
        Assert.Equal(0, await MissingAsync([]));
        Assert.Equal(15, await MissingAsync(people));
        await ReadAsync(replica);
        Assert.Equal(15, replica.Status.Missing);
        Assert.True(Assert.IsType<SmartEvaluation.Ok>(await EvaluateAsync()).IsShrunk);
        Assert.Equal(15, await MissingAsync(people));
        Assert.Equal(0, await MissingAsync(people.Take(3)));
        Assert.False(Assert.IsType<SmartEvaluation.Ok>(await EvaluateAsync()).IsShrunk);

        async Task<int> MissingAsync(IEnumerable<DirectoryObject> hidden)
        {
            portal.Store.Hidden.Clear();
            portal.Store.Hidden.UnionWith(hidden.Select(one => one.Id));
            portal.Store.BeforeReplica = (cookie, _) => Task.FromResult(cookie is null ? null : DirectoryAnswer.Failed<ReplicaPage>(DirectoryError.Conflict.Unknown));
            await ReadAsync(replica);
            portal.Store.BeforeReplica = (_, _) => Task.FromResult<DirectoryAnswer<ReplicaPage>?>(null);
            return replica.Status.Missing;
        }

        Task<SmartEvaluation> EvaluateAsync() => new ReplicaEvaluator(portal.Get<Replicas>(), portal.Clock).EvaluateAsync(
            portal.StoreId,
            groupId: null,
            new SmartRule { Criteria = new Criterion.Present("department"), Text = string.Empty, Language = CriteriaLanguage.GroupId },
            CancellationToken.None);
    }

    [Fact]
    public async Task A_loss_is_remembered_by_the_next_process_and_doubted_for_a_week()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var folder = portal.Folder;
        using (var first = new StoreReplica(portal.Store, folder, portal.Clock, NullLogger.Instance))
        {
            await ReadAsync(first);
            portal.Store.Hidden.UnionWith((await portal.PeopleAsync(15)).Select(one => one.Id));
            portal.Store.BeforeReplica = (cookie, _) => Task.FromResult(cookie is null ? null : DirectoryAnswer.Failed<ReplicaPage>(DirectoryError.Conflict.Unknown));
            await ReadAsync(first);
            portal.Store.BeforeReplica = (_, _) => Task.FromResult<DirectoryAnswer<ReplicaPage>?>(null);
            first.SaveIfDue(isLast: true);
        }

        using var second = new StoreReplica(portal.Store, folder, portal.Clock, NullLogger.Instance);
        second.Restore();

        Assert.Equal(15, second.Status.Missing);
        portal.Clock.Advance(TimeSpan.FromDays(7));
        await ReadAsync(second);
        Assert.Equal(0, second.Status.Missing);
    }

    /// <summary>A cookie that is ahead of its table would leave out for ever what lies between.</summary>
    [Fact]
    public async Task What_is_saved_while_another_table_takes_its_place_is_one_table_with_its_own_cookie()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        var generation = 0;
        portal.Store.BeforeReplica = (cookie, _) => Task.FromResult<DirectoryAnswer<ReplicaPage>?>(cookie is null
            ? DirectoryAnswer.Ok(new ReplicaPage([new ReplicaObject(IdOf(++generation), ObjectKind.User, string.Empty, [])], [], Text(generation), HasMore: false))
            : DirectoryError.Conflict.Unknown);
        await ReadAsync(replica);

        var loads = Task.Run(async () =>
        {
            for (var load = 0; load < 2000; load++)
            {
                await ReadAsync(replica);
            }
        });
        var mixed = new HashSet<string>();
        var seen = replica.Snapshot()!;
        while (!loads.IsCompleted)
        {
            var saved = replica.Snapshot()!;
            // Looked into only when it is another one, so that it is taken as often as can be.
            if ((!ReferenceEquals(saved.Table, seen.Table) || !ReferenceEquals(saved.Cookie, seen.Cookie))
                && !saved.Table.Read(view => view.RowOf(IdOf(int.Parse(saved.Cookie, CultureInfo.InvariantCulture))) >= 0))
            {
                mixed.Add(saved.Cookie);
            }

            seen = saved;
        }

        await loads;
        Assert.Empty(mixed);

        static Guid IdOf(int number) => new(number, 0, 0, new byte[8]);

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task When_reading_everything_again_fails_the_old_table_stays_and_says_that_it_is_stale()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        await ReadAsync(replica);
        var count = CountOf(replica);
        portal.Store.BeforeReplica = (cookie, _) => Task.FromResult(DirectoryAnswer.Failed<ReplicaPage>(cookie is null ? Dead : DirectoryError.Conflict.Unknown))!;

        await replica.BringUpToDateAsync(CancellationToken.None);

        Assert.Equal((ReplicaPhase.Ready, true, Dead, count), (replica.Status.Phase, replica.Status.IsStale, replica.Status.Error, CountOf(replica)));
    }

    [Fact]
    public async Task A_feed_that_never_can_be_loaded_is_not_begun_for_ever()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        portal.Store.BeforeReplica = (_, _) => Task.FromResult<DirectoryAnswer<ReplicaPage>?>(DirectoryError.Conflict.Unknown);

        Assert.IsType<DirectoryAnswer<DateTimeOffset>.Failed>(await ReplicaOf(portal).BringUpToDateAsync(CancellationToken.None));

        Assert.Equal(3, portal.Store.ReplicaReads.Count);
    }

    [Fact]
    public async Task A_directory_that_asks_for_patience_is_not_asked_before()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        await ReadAsync(replica);
        portal.Store.ReadError = new DirectoryError.Throttled(TimeSpan.FromMinutes(1));
        await replica.BringUpToDateAsync(CancellationToken.None);
        portal.Store.ReadError = null;
        portal.Store.ReplicaReads.Clear();

        Assert.IsType<DirectoryAnswer<DateTimeOffset>.Failed>(await replica.BringUpToDateAsync(CancellationToken.None));
        Assert.Empty(portal.Store.ReplicaReads);

        portal.Clock.Advance(TimeSpan.FromMinutes(1));
        await ReadAsync(replica);
    }

    [Fact]
    public async Task Callers_share_a_reading_that_began_after_they_asked_and_never_one_that_began_before()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var replica = ReplicaOf(portal);
        await ReadAsync(replica);
        portal.Store.ReplicaReads.Clear();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        portal.Store.BeforeReplica = async (_, _) =>
        {
            entered.TrySetResult();
            await release.Task;
            return null;
        };

        var first = replica.BringUpToDateAsync(CancellationToken.None);
        await entered.Task;
        var others = Enumerable.Range(0, 20).Select(_ => replica.BringUpToDateAsync(CancellationToken.None)).ToList();
        using var impatient = new CancellationTokenSource();
        var cancelled = replica.BringUpToDateAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        release.SetResult();
        await Task.WhenAll(others.Append(first));

        Assert.Equal(2, portal.Store.ReplicaReads.Count);
    }

    [Fact]
    public async Task A_directory_that_hangs_delays_neither_the_start_nor_the_stop()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        portal.Store.BeforeReplica = async (_, cancellation) =>
        {
            entered.TrySetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return null;
        };

        var keeper = KeeperOf(portal);
        await keeper.StartAsync(CancellationToken.None);
        await entered.Task;
        Assert.Equal(ReplicaPhase.Loading, ReplicaOf(portal).Status.Phase);
        await keeper.StopAsync(CancellationToken.None);

        Assert.Empty(Directory.GetFiles(portal.Folder, "replica-*"));
    }

    /// <summary>A host that fails at its start is disposed of while it stops.</summary>
    [Fact]
    public async Task What_is_disposed_of_can_still_be_stopped_and_asked()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        var keeper = KeeperOf(portal);
        await keeper.StartAsync(CancellationToken.None);

        portal.Get<Replicas>().Dispose();
        await keeper.StopAsync(CancellationToken.None);

        Assert.IsType<DirectoryAnswer<DateTimeOffset>.Failed>(await ReplicaOf(portal).BringUpToDateAsync(CancellationToken.None));
        portal.Get<Replicas>().Dispose();
    }

    [Theory]
    [InlineData("0")]
    [InlineData("3601")]
    [InlineData("-5")]
    public async Task An_interval_that_cannot_be_is_refused_by_its_key(string interval)
    {
        await using var portal = await TestPortal.StartAsync(StoreKind.ActiveDirectory, withWorker: false, ("Replica:Interval", interval));

        var refusal = Assert.Throws<OptionsValidationException>(() => portal.Get<IOptions<ReplicaOptions>>().Value);
        Assert.StartsWith("Replica:Interval", Assert.Single(refusal.Failures), StringComparison.Ordinal);
    }

    internal static StoreReplica ReplicaOf(TestPortal portal) => portal.Get<Replicas>().Of(portal.StoreId)!;

    internal static IHostedService KeeperOf(TestPortal portal) => portal.Get<IEnumerable<IHostedService>>().OfType<ReplicaKeeper>().Single();

    /// <summary>Objects in the table; -1 where there is none.</summary>
    internal static int CountOf(StoreReplica replica) => replica.TryRead((view, _) => Enumerable.Range(0, view.RowCount).Count(row => view.RowOf(view.IdOf(row)) == row), out var count) ? count : -1;

    internal static async Task<DateTimeOffset> ReadAsync(StoreReplica replica) =>
        Assert.IsType<DirectoryAnswer<DateTimeOffset>.Ok>(await replica.BringUpToDateAsync(CancellationToken.None)).Value;
}
