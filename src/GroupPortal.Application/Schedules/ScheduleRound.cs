using System.Collections.Concurrent;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Replica;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Application.Schedules;

/// <summary>
/// Looks which smart groups of one store are due, and updates them one after the other, the longest due first: so a start after a
/// week is no avalanche, and a person who asks for an update meanwhile has places left. What is due follows from tables alone
/// (<see cref="DueTimes"/>): nothing is lost or done twice by a round that is cut off.
/// </summary>
internal sealed class ScheduleRound(
    Replicas replicas, GroupReader groups, SmartSchedules schedules, ScheduleStore store, TaskStore tasks, TaskWorker worker, TimeProvider clock,
    ILogger<ScheduleRound> logger)
{
    private static readonly TimeSpan FirstRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(15);

    /// <summary>Stores that did not answer: until when they are left alone, and for how long that is.</summary>
    private readonly ConcurrentDictionary<int, (DateTimeOffset Until, TimeSpan Length)> _rests = new();

    /// <summary>One round of a store; not two of them at a time.</summary>
    public async Task RunAsync(int storeId, CancellationToken stopping)
    {
        // Who looks at a group meanwhile goes first.
        using var priority = CurrentPriority.Begin(WorkPriority.Low);
        var began = clock.GetUtcNow();
        if (replicas.Of(storeId) is not { Status.Phase: not ReplicaPhase.Loading } || (_rests.TryGetValue(storeId, out var rest) && began < rest.Until))
        {
            return;
        }

        var due = await DueAsync(storeId, began, stopping);
        if (due.Count == 0)
        {
            return;
        }

        logger.ScheduleRoundBegins(storeId, due.Count, due[0].Due);
        var run = Guid.CreateVersion7(began);
        foreach (var (group, name, _, known) in due)
        {
            stopping.ThrowIfCancellationRequested();
            if (await IsTakenAsync(storeId, group, known, stopping))
            {
                continue;
            }

            var task = (await tasks.AddAsync(run, storeId, [(group, name)], ScheduleRequester.Now(), stopping))[0];
            worker.Enqueue(task);
            await worker.WaitAsync(task.Id).WaitAsync(stopping);
            var ended = await tasks.FindAsync(storeId, task.Id, stopping);
            if (ended is { Outcome: TaskOutcome.Failed, ErrorCode: nameof(DirectoryError.Unavailable) or nameof(DirectoryError.Throttled) })
            {
                // The others would fare no better. They stay due; the next look begins with one of them.
                Rest(storeId);
                return;
            }

            _rests.TryRemove(storeId, out _);
        }
    }

    /// <summary>The groups that are due, the longest due first, with the last run by which they are.</summary>
    private async Task<IReadOnlyList<(Guid Group, string Name, DateTimeOffset Due, DateTimeOffset? LastRun)>> DueAsync(int storeId, DateTimeOffset now, CancellationToken stopping)
    {
        var smart = await store.GroupsAsync(storeId, stopping);
        if (smart.Count == 0)
        {
            return [];
        }

        var answer = await schedules.PlacesAsync(storeId, [.. smart.Select(group => group.GroupId)], stopping);
        if (answer is not DirectoryAnswer<IReadOnlyDictionary<Guid, (string Name, DistinguishedName Container)>>.Ok(var places))
        {
            Rest(storeId);
            return [];
        }

        var containers = new ContainerLookup(await store.ContainersAsync(storeId, stopping));
        var runs = await store.RunsAsync(storeId, stopping);
        await ForgetGoneAsync(storeId, [.. runs.Keys.Where(group => !places.ContainsKey(group))], stopping);
        var due = new List<(Guid Group, string Name, DateTimeOffset Due, DateTimeOffset? LastRun)>();
        foreach (var group in smart)
        {
            if (places.TryGetValue(group.GroupId, out var place)
                && DueTimes.Of(group, containers.Of(place.Container), runs.GetValueOrDefault(group.GroupId), clock.LocalTimeZone) is { } since && since <= now)
            {
                due.Add((group.GroupId, place.Name, since, runs.GetValueOrDefault(group.GroupId)?.LastRun));
            }
        }

        due.Sort((one, other) => one.Due != other.Due ? one.Due.CompareTo(other.Due) : one.Group.CompareTo(other.Group));
        return due;
    }

    /// <summary>
    /// Whether somebody else updates it, or has ended an update since it was looked what is due; also one that began before that, as
    /// what an earlier process left and this one finishes.
    /// </summary>
    private async Task<bool> IsTakenAsync(int storeId, Guid group, DateTimeOffset? known, CancellationToken stopping) =>
        await store.IsBusyAsync(storeId, group, stopping) || (await store.RunAsync(storeId, group, stopping))?.LastRun != known;

    /// <summary>Groups that the directory itself has no more; that the replica does not know them may mean that they are new.</summary>
    private async Task ForgetGoneAsync(int storeId, IReadOnlyList<Guid> unknown, CancellationToken stopping)
    {
        if (unknown.Count > 0 && await groups.GetManyAsync(storeId, unknown, stopping) is DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Ok(var present))
        {
            await store.RemoveAsync(storeId, [.. unknown.Where(group => !present.ContainsKey(group))], stopping);
        }
    }

    private void Rest(int storeId)
    {
        var longer = _rests.TryGetValue(storeId, out var before) ? before.Length * 2 : FirstRest;
        var rest = longer < LongestRest ? longer : LongestRest;
        var until = clock.GetUtcNow() + rest;
        _rests[storeId] = (until, rest);
        logger.StoreRests(storeId, until);
    }
}
