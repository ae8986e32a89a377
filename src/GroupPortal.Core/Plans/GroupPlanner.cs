namespace GroupPortal.Core.Plans;

/// <summary>From what is wanted and what stands to what will be done; pure.</summary>
public static partial class GroupPlanner
{
}
