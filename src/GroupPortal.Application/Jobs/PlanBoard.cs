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
    private readonly HashSet<Guid> _live = [];

    /// <summary>This process works on the plan from now on, until <see cref="Finish"/>, <see cref="End"/> or <see cref="Fault"/>.</summary>
    public void Begin(Guid planId)
    {
        lock (_lock)
        {
            _live.Add(planId);
        }
    }

    /// <summary>
    /// Register first, then read the database: what happens in between is not missed. Of a plan that is
    /// <see cref="Watcher.IsLive"/> the end is sure to be told.
    /// </summary>
    public Watcher Watch(Guid planId)
    {
        lock (_lock)
        {
            var watcher = new Watcher(this, planId, _live.Contains(planId));
            if (!_watchers.TryGetValue(planId, out var list))
            {
                _watchers.Add(planId, list = []);
            }

            list.Add(watcher);
            return watcher;
        }
    }

    public void Publish(PlanProgress progress)
    {
        foreach (var watcher in Of(progress.PlanId))
        {
            watcher.News.Writer.TryWrite(progress);
        }
    }

    /// <summary>The last news of a plan.</summary>
    public void Finish(PlanProgress progress)
    {
        Publish(progress);
        End(progress.PlanId);
    }

    /// <summary>Nobody here works on the plan any more. Whoever watches still has the last news, and then asks the database.</summary>
    public void End(Guid planId)
    {
        lock (_lock)
        {
            _live.Remove(planId);
            foreach (var watcher in _watchers.GetValueOrDefault(planId) ?? [])
            {
                watcher.News.Writer.TryComplete();
            }
        }
    }

    /// <summary>The work on a plan stopped by a fault of ours; it is taken up again at the next start.</summary>
    public void Fault(Guid planId, Exception error)
    {
        foreach (var watcher in Of(planId))
        {
            watcher.News.Writer.TryComplete(error);
        }

        End(planId);
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

    internal sealed class Watcher(PlanBoard board, Guid planId, bool isLive) : IDisposable
    {
        public Guid PlanId { get; } = planId;

        /// <summary>Whether this process was at work on the plan when the watcher came.</summary>
        public bool IsLive { get; } = isLive;

        public Channel<PlanProgress> News { get; } = Channel.CreateBounded<PlanProgress>(
            new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });

        public void Dispose() => board.Remove(this);
    }
}
