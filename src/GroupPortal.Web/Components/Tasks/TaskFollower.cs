using System.Runtime.CompilerServices;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;

namespace GroupPortal.Web.Components.Tasks;

/// <summary>Looks at a task until it has finished.</summary>
internal static class TaskFollower
{
    /// <summary>A page is not told more often than this.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(400);

    /// <summary>The task as it stands, again and again; the last one has finished. Nothing where there is no such task.</summary>
    public static async IAsyncEnumerable<TaskInfo> FollowAsync(
        this SmartUpdates updates, int storeId, long taskId, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = updates.WaitAsync(storeId, taskId, cancellation);
        while (await updates.FindAsync(storeId, taskId, cancellation) is { } task)
        {
            yield return task;
            if (task.State == TaskState.Finished)
            {
                break;
            }

            // The work can end without the task: the portal stopped, or a fault of its own. Then it is looked at slowly.
            var pause = Task.Delay(Interval, clock, cancellation);
            await (end.IsCompleted ? pause : Task.WhenAny(end, pause));
        }

        await end;
    }
}
