using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Storage;

/// <summary>A plan as it stands in the database: what it was made as, and its lines with their outcomes so far.</summary>
internal sealed record LoadedPlan(PlanRecord Head, GroupPlan Plan, List<PlanRow> Rows)
{
    /// <summary>False for a plan that is written only together with its claim.</summary>
    public bool IsSaved { get; init; } = true;
}

/// <summary>
/// The plans of the last moments, because most are applied right after they were made and reading one back costs as much as
/// writing it. What counts is still the database: a plan is claimed there, and only one claim succeeds.
/// </summary>
internal sealed class RecentPlans
{
    private const int MostPlans = 128;

    /// <summary>A larger plan is read again: it is rare, and memory is for many.</summary>
    public const int MostSteps = 1000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LoadedPlan> _plans = [];
    private readonly Queue<Guid> _order = new();

    public void Add(LoadedPlan plan)
    {
        if (plan.Rows.Count > MostSteps)
        {
            return;
        }

        lock (_lock)
        {
            _plans[plan.Head.Id] = plan;
            _order.Enqueue(plan.Head.Id);
            while (_order.Count > MostPlans)
            {
                _plans.Remove(_order.Dequeue());
            }
        }
    }

    /// <summary>Hands a plan out once: whoever applies it owns its record from then on.</summary>
    public LoadedPlan? Take(Guid planId)
    {
        lock (_lock)
        {
            return _plans.Remove(planId, out var plan) ? plan : null;
        }
    }
}
