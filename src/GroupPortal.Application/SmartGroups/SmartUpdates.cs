using GroupPortal.Application.Access;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Tasks;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>What came of the wish to update one smart group.</summary>
public abstract record UpdateAnswer
{
    private UpdateAnswer()
    {
    }

    /// <summary>Recorded and on its way; a crash from here on does not lose it.</summary>
    /// <param name="RunId">The same for all groups of one request.</param>
    public sealed record Started(long TaskId, Guid RunId) : UpdateAnswer;

    public sealed record GroupUnknown : UpdateAnswer;

    /// <summary>People, or Entra ID itself, decide the members.</summary>
    public sealed record NotSmart : UpdateAnswer;

    public sealed record Denied(AccessDecision Decision) : UpdateAnswer;

    public sealed record DirectoryFailed(DirectoryError Error) : UpdateAnswer;
}

/// <summary>"Update now", for pages, API and jobs alike: each group becomes a task.</summary>
public sealed class SmartUpdates
{
    private readonly StoreRegistry _stores;
    private readonly GroupReader _groups;
    private readonly GroupAccess _access;
    private readonly TaskStore _tasks;
    private readonly TaskWorker _worker;

    internal SmartUpdates(StoreRegistry stores, GroupReader groups, GroupAccess access, TaskStore tasks, TaskWorker worker) =>
        (_stores, _groups, _access, _tasks, _worker) = (stores, groups, access, tasks, worker);

    /// <summary>One answer per group, in their order; a group that is named twice is one task.</summary>
    public async Task<IReadOnlyList<UpdateAnswer>> StartAsync(int storeId, IReadOnlyList<Guid> groupIds, Requester requester, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(groupIds);
        ArgumentNullException.ThrowIfNull(requester);
        if (!_stores.TryGet(storeId, out _))
        {
            return [.. groupIds.Select(_ => new UpdateAnswer.GroupUnknown())];
        }

        var found = await _groups.GetManyAsync(storeId, [.. groupIds.Distinct()], cancellation);
        if (found is not DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Ok(var states))
        {
            var error = found is DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>.Failed(var why) ? why : new DirectoryError.Unavailable();
            return [.. groupIds.Select(_ => new UpdateAnswer.DirectoryFailed(error))];
        }

        var refusals = new Dictionary<Guid, UpdateAnswer>();
        var allowed = new List<(Guid Id, string Name)>();
        foreach (var id in groupIds.Distinct())
        {
            if (await WhyNotAsync(storeId, states.GetValueOrDefault(id), requester.Person, cancellation) is { } refusal)
            {
                refusals.Add(id, refusal);
            }
            else
            {
                allowed.Add((id, states[id].Label));
            }
        }

        // Not cancelled: a caller who leaves now must not leave tasks that nobody was told to run.
        var tasks = allowed.Count == 0 ? [] : await _tasks.AddAsync(storeId, allowed, requester, CancellationToken.None);
        foreach (var task in tasks)
        {
            _worker.Enqueue(task);
        }

        var started = tasks.ToDictionary(task => task.GroupId);
        return [.. groupIds.Select(id => refusals.GetValueOrDefault(id) ?? new UpdateAnswer.Started(started[id].Id, started[id].RunId))];
    }

    /// <summary>A task of this store, or null. That somebody asked for an update is no secret among those who sign in.</summary>
    public async Task<TaskInfo?> FindAsync(int storeId, long taskId, CancellationToken cancellation) =>
        await _tasks.FindAsync(storeId, taskId, cancellation) is { Kind: TaskKind.SmartUpdate } task ? task : null;

    /// <summary>Updates, the newest first.</summary>
    /// <param name="groupId">Only this group's; null for all.</param>
    /// <param name="account">Only what this account asked for; null for everybody's.</param>
    public Task<Page<TaskInfo>> RecentAsync(int storeId, Guid? groupId, string? account, int skip, int take, CancellationToken cancellation) =>
        _tasks.RecentAsync(storeId, groupId, account, skip, take, cancellation);

    /// <summary>The task once it has finished. Cancelling stops the waiting, not the work.</summary>
    public async Task<TaskInfo?> WaitAsync(int storeId, long taskId, CancellationToken cancellation)
    {
        await _worker.WaitAsync(taskId).WaitAsync(cancellation);
        return await FindAsync(storeId, taskId, cancellation);
    }

    /// <summary>Whether a person may read who came and went by a task: who asked for it, and those who may update the group.</summary>
    public async Task<bool> MayReadAsync(TaskInfo task, Person person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(person);
        if (!AccessPolicy.AsksRelation(person.Role) || string.Equals(task.Account, person.Account, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return await _groups.GetAsync(task.StoreId, task.GroupId, cancellation) is DirectoryAnswer<GroupState?>.Ok(GroupState group)
            && await WhyNotAsync(task.StoreId, group, person, cancellation) is null;
    }

    private async Task<UpdateAnswer?> WhyNotAsync(int storeId, GroupState? group, Person person, CancellationToken cancellation)
    {
        if (group is null)
        {
            return new UpdateAnswer.GroupUnknown();
        }

        if (group.Membership != Membership.Smart)
        {
            return new UpdateAnswer.NotSmart();
        }

        var relation = AccessPolicy.AsksRelation(person.Role)
            ? await _access.RelationAsync(storeId, group, person, cancellation)
            : DirectoryAnswer.Ok(GroupRelation.None);
        if (relation is not DirectoryAnswer<GroupRelation>.Ok(var now))
        {
            return new UpdateAnswer.DirectoryFailed(relation is DirectoryAnswer<GroupRelation>.Failed(var error) ? error : new DirectoryError.Unavailable());
        }

        var decision = _access.Decide(storeId, group, person, now, GroupActions.UpdateMembers);
        return decision.Verdict == AccessVerdict.Allow ? null : new UpdateAnswer.Denied(decision);
    }
}
