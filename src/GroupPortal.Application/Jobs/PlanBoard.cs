using System.Threading.Channels;
using GroupPortal.Application.Groups;

namespace GroupPortal.Application.Jobs;

/// <summary>
/// Who watches which plan. Each watcher holds the latest news only: a slow one sees fewer steps, never more memory. What
/// counts is in the database; this only says that there is something new.
/// </summary>
internal sealed class PlanBoard
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, List<Watcher>> _watchers = [];

    /// <summary>Register first, then read the database: what happens in between is not missed.</summary>
    public Watcher Watch(Guid planId)
    {
        var watcher = new Watcher(this, planId);
        lock (_lock)
        {
            if (!_watchers.TryGetValue(planId, out var list))
            {
                _watchers.Add(planId, list = []);
            }

            list.Add(watcher);
        }

        return watcher;
    }

    public void Publish(PlanProgress progress)
    {
        foreach (var watcher in Of(progress.PlanId))
        {
            watcher.News.Writer.TryWrite(progress);
        }
    }

    /// <summary>The work on a plan stopped by a fault of ours; it is taken up again at the next start.</summary>
    public void Fault(Guid planId, Exception error)
    {
        foreach (var watcher in Of(planId))
        {
            watcher.News.Writer.TryComplete(error);
        }
    }

    private Watcher[] Of(Guid planId)
    {
        lock (_lock)
        {
            return _watchers.TryGetValue(planId, out var list) ? [.. list] : [];
        }
    }

    private void Remove(Watcher watcher)
    {
        lock (_lock)
        {
            if (_watchers.TryGetValue(watcher.PlanId, out var list) && list.Remove(watcher) && list.Count == 0)
            {
                _watchers.Remove(watcher.PlanId);
            }
        }
    }

    internal sealed class Watcher(PlanBoard board, Guid planId) : IDisposable
    {
        public Guid PlanId { get; } = planId;

        public Channel<PlanProgress> News { get; } = Channel.CreateBounded<PlanProgress>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

        public void Dispose() => board.Remove(this);
    }
}
