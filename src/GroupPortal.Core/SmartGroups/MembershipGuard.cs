using GroupPortal.Core.Plans;

namespace GroupPortal.Core.SmartGroups;

/// <summary>
/// Limits of the guard on members that a rule decides; section <c>Directories:&lt;id&gt;:Recompute</c>. Each is the largest number
/// that still passes.
/// </summary>
/// <param name="RemovePercent">Of the members, in groups of at least <paramref name="SmallGroup"/>.</param>
/// <param name="SmallGroup">Groups with fewer members have <paramref name="SmallRemoves"/> and a half instead of a share.</param>
/// <param name="SmallRemoves">Held in a small group: more than these and more than half.</param>
/// <param name="ChurnPercent">Adds and removes together, of the members; never the net.</param>
/// <param name="ChurnCount">Up to so many people the share of churn does not matter.</param>
/// <param name="RemoveCount">Removes in one run, over all its groups, and in the store within an hour.</param>
/// <param name="AddCount">Adds, counted in the same way; the only limit of a first fill.</param>
public sealed record RecomputeLimits(
    int RemovePercent = 20, int SmallGroup = 20, int SmallRemoves = 5, int ChurnPercent = 50, int ChurnCount = 25, int RemoveCount = 500, int AddCount = 5000);

/// <summary>What an update would do to one group, and what the run that it belongs to has done before.</summary>
/// <param name="Present">Members that stand now.</param>
/// <param name="IsProtected">The group grants administrative rights, by itself or through a group that contains it.</param>
/// <param name="RunAdds">Adds in earlier groups of the same run, or of the last hour, that nobody approved.</param>
/// <param name="RunRemoves">Removes, counted in the same way.</param>
public sealed record MembershipChange(long Present, long Adds, long Removes, bool IsProtected = false, long RunAdds = 0, long RunRemoves = 0)
{
    /// <summary>Nobody is in it yet.</summary>
    public bool IsFirstFill => Present == 0;

    /// <summary>The data that the rule was asked of holds clearly fewer objects than before it was read anew.</summary>
    public bool IsShrunk { get; init; }
}

/// <summary>Whether an update by rule may go on by itself, or waits for a second person. Pure; asked on every way in.</summary>
public static class MembershipGuard
{
    public static GuardVerdict Judge(MembershipChange change, RecomputeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(limits);
        var holds = new List<string>();
        if (change.Adds + change.Removes == 0)
        {
            return new GuardVerdict(holds, 0, 0, change.Present);
        }

        if (change.IsProtected)
        {
            holds.Add("Protected");
        }

        if (change.RunAdds + change.Adds > limits.AddCount && change.Adds > 0)
        {
            holds.Add("RunAdds");
        }

        if (!change.IsFirstFill)
        {
            HoldRemoves(change, limits, holds);
        }

        return new GuardVerdict(holds, change.Adds, change.Removes, change.Present);
    }

    private static void HoldRemoves(MembershipChange change, RecomputeLimits limits, List<string> holds)
    {
        var (present, removes, churn) = (change.Present, change.Removes, change.Adds + change.Removes);

        // Those who are hidden from the portal all at once would leave every group, a few from each.
        if (change.IsShrunk && removes > 0)
        {
            holds.Add("Shrunk");
        }

        // Also when others come at the same time: a complete exchange is the mark of a wrong rule or a wrong source.
        if (removes > 0 && removes >= present)
        {
            holds.Add("Empties");
        }

        var isMuch = present < limits.SmallGroup
            ? removes > limits.SmallRemoves && removes * 2 > present
            : removes * 100 > present * limits.RemovePercent;
        if (isMuch)
        {
            holds.Add("RemoveShare");
        }

        if (churn > limits.ChurnCount && churn * 100 > present * limits.ChurnPercent)
        {
            holds.Add("Churn");
        }

        if (removes > 0 && change.RunRemoves + removes > limits.RemoveCount)
        {
            holds.Add("RunRemoves");
        }
    }
}
