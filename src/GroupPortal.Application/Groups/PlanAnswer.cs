using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.Application.Groups;

/// <summary>What became of the wish for a plan.</summary>
public abstract record PlanAnswer
{
    private PlanAnswer()
    {
    }

    /// <summary>There is a plan. It can be applied when <see cref="GroupPlan.IsApplicable"/>; only then is it kept.</summary>
    public sealed record Planned(GroupPlan Plan) : PlanAnswer;

    /// <summary>No store of that id is configured.</summary>
    public sealed record StoreUnknown : PlanAnswer;

    /// <summary>No group of that id; or, for a retry, no plan of that id that the requester may see.</summary>
    public sealed record GroupUnknown : PlanAnswer;

    /// <summary>The group is no longer the one that the requester looked at (<c>If-Match</c>).</summary>
    public sealed record VersionMismatch(string CurrentETag) : PlanAnswer;

    /// <summary>The directory could not be asked, or did not answer completely.</summary>
    public sealed record DirectoryFailed(DirectoryError Error) : PlanAnswer;

    /// <summary>The rule would no longer do what the requester looked at (<see cref="Core.Groups.GroupRequest.PreviewHash"/>); nothing is planned.</summary>
    /// <param name="Now">What it would do now, without its lists.</param>
    public sealed record PreviewChanged(Preview Now) : PlanAnswer;
}
