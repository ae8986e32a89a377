using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.Application.Groups;

/// <summary>Whether a plan has been started; what comes of it is asked with <see cref="GroupService.WaitAsync"/>.</summary>
public abstract record ApplyAnswer
{
    private ApplyAnswer()
    {
    }

    /// <summary>Recorded and on its way; a crash from here on does not lose it.</summary>
    public sealed record Started(Guid PlanId) : ApplyAnswer;

    public sealed record PlanUnknown : ApplyAnswer;

    /// <summary>Somebody else made the plan.</summary>
    public sealed record NotYours : ApplyAnswer;

    /// <summary>Older than <see cref="GroupService.PlanLifetime"/>: plan again.</summary>
    public sealed record Expired : ApplyAnswer;

    /// <summary>Started before, by another click or another request.</summary>
    public sealed record AlreadyApplied : ApplyAnswer;

    /// <summary>The rule, or who decides the members, is another since the plan was made: nothing was written, and it is to be made anew.</summary>
    public sealed record Overtaken : ApplyAnswer;

    public sealed record NotApplicable(IReadOnlyList<Problem> Problems) : ApplyAnswer;

    /// <summary>The guard holds it: apply again with <paramref name="Hash"/> once a person has agreed.</summary>
    public sealed record NeedsConfirmation(GuardVerdict Guard, string Hash) : ApplyAnswer;

    /// <summary>The policy says no, or not without approval, by what stands now.</summary>
    public sealed record Denied(AccessDecision Decision) : ApplyAnswer;

    /// <summary>Access could not be decided, because the directory does not answer.</summary>
    public sealed record DirectoryFailed(DirectoryError Error) : ApplyAnswer;

    /// <summary>The rule would no longer do what the requester looked at; nothing was written.</summary>
    /// <param name="Now">What it would do now, without its lists.</param>
    public sealed record PreviewChanged(Preview Now) : ApplyAnswer;
}
