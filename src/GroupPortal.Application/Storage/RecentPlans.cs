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
/// writing it. What counts is still the database: a plan is claimed there, and only one claim succeeds. Far more fit in
/// than requests can be between their plan and its apply: of a plan that is not saved yet this is the only copy.
/// </summary>
internal sealed class RecentPlans
{
    /// <summary>A larger plan is saved at once and read again: it is rare, and memory is for many.</summary>
    public const int MostSteps = 1000;

    private const int MostPlans = 10_000;
    private const int MostStepsInAll = 500_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, LinkedListNode<LoadedPlan>> _plans = [];
    private readonly LinkedList<LoadedPlan> _oldestFirst = [];
    private int _steps;

    public void Add(LoadedPlan plan)
    {
        if (plan.Rows.Count > MostSteps)
        {
            return;
        }

        lock (_lock)
        {
            _plans.Add(plan.Head.Id, _oldestFirst.AddLast(plan));
            _steps += plan.Rows.Count;
            while (_plans.Count > MostPlans || _steps > MostStepsInAll)
            {
                Remove(_oldestFirst.First!);
            }
        }
    }

    /// <summary>Hands a plan out once: whoever applies it owns its record from then on.</summary>
    public LoadedPlan? Take(Guid planId)
    {
        lock (_lock)
        {
            if (!_plans.TryGetValue(planId, out var node))
            {
                return null;
            }

            Remove(node);
            return node.Value;
        }
    }

    private void Remove(LinkedListNode<LoadedPlan> node)
    {
        _plans.Remove(node.Value.Head.Id);
        _oldestFirst.Remove(node);
        _steps -= node.Value.Rows.Count;
    }
}
