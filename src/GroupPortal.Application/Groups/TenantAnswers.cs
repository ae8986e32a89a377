using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.Application.Groups;

/// <summary>What came of the wish that Entra ID applies a group's own rule again.</summary>
public abstract record UpdateNowAnswer
{
    private UpdateNowAnswer()
    {
    }

    /// <summary>Sent, with what came of it. Who comes and goes follows, in minutes or in hours.</summary>
    public sealed record Applied(PlanResult Result) : UpdateNowAnswer;

    public sealed record GroupUnknown : UpdateNowAnswer;

    /// <summary>People, or the portal, decide the members.</summary>
    public sealed record NotDynamic : UpdateNowAnswer;

    public sealed record Denied(AccessDecision Decision) : UpdateNowAnswer;

    public sealed record Refused(IReadOnlyList<Problem> Problems) : UpdateNowAnswer;

    public sealed record DirectoryFailed(DirectoryError Error) : UpdateNowAnswer;
}

/// <summary>What came of a new expiration policy.</summary>
public abstract record ExpirationAnswer
{
    private ExpirationAnswer()
    {
    }

    public sealed record Saved : ExpirationAnswer;

    /// <summary>It was sent and no answer came: nobody knows yet whether it is saved.</summary>
    public sealed record Unknown(DirectoryError Why) : ExpirationAnswer;

    public sealed record Denied(AccessDecision Decision) : ExpirationAnswer;

    public sealed record Invalid(Problem Problem) : ExpirationAnswer;

    public sealed record DirectoryFailed(DirectoryError Error) : ExpirationAnswer;
}
