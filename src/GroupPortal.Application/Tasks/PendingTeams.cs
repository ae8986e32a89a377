namespace GroupPortal.Application.Tasks;

/// <summary>Which groups wait to become teams, for their pages.</summary>
public sealed class PendingTeams
{
    private readonly TaskStore _tasks;

    internal PendingTeams(TaskStore tasks) => _tasks = tasks;

    /// <summary>The task by which the group becomes a team, with its next attempt and why it waits; null where none does.</summary>
    public Task<TaskInfo?> FindAsync(int storeId, Guid groupId, CancellationToken cancellation) => _tasks.TeamOfAsync(storeId, groupId, cancellation);
}
