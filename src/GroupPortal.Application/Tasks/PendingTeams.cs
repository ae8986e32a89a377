namespace GroupPortal.Application.Tasks;

/// <summary>Teams that follow their groups, for pages that show such a group.</summary>
public sealed class PendingTeams
{
    private readonly TaskStore _tasks;

    internal PendingTeams(TaskStore tasks) => _tasks = tasks;

    /// <summary>The task that makes the group a team, with when it tries again; null where none is open.</summary>
    public Task<TaskInfo?> FindAsync(int storeId, Guid groupId, CancellationToken cancellation) => _tasks.FindTeamAsync(storeId, groupId, cancellation);
}
