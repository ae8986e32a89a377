using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Plans;

/// <summary>From what is wanted and what stands to what will be done; pure.</summary>
public static partial class GroupPlanner
{
    /// <summary>The names that a request would give, for the application to look up before it plans; null where none would change.</summary>
    public static Directories.NameQuery? NamesOf(GroupRequest request, PlanFacts facts) =>
        throw new InvalidOperationException("Comes with the next commit.");

    /// <summary>The plan of a request, with every problem of it. <paramref name="id"/> becomes the plan's id.</summary>
    public static GroupPlan Plan(Guid id, GroupRequest request, PlanFacts facts) =>
        throw new InvalidOperationException("Comes with the next commit.");
}
