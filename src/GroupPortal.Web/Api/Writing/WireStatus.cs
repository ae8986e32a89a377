using GroupPortal.Core.Results;

namespace GroupPortal.Web.Api.Writing;

/// <summary>The <c>status</c> of an answer and of each of its details. The numbers are the contract.</summary>
internal enum WireStatus
{
    /// <summary>As asked; also when it was so already, which the message says.</summary>
    AsAsked = 0,
    Failed = 1,
    Partly = 2,

    /// <summary>For approval, or for what follows by itself: a team after its group.</summary>
    Waiting = 4,
    Cancelled = 5,

    /// <summary>Sent, and no answer came.</summary>
    Unknown = 6,
    NotAttempted = 7,

    /// <summary>What <c>?plan=true</c> answers: nothing was written.</summary>
    Planned = 8,
}

internal static class WireStatuses
{
    /// <summary>All of them with their meaning, for the documentation.</summary>
    public static IReadOnlyList<(WireStatus Status, string Meaning)> All { get; } =
    [
        (WireStatus.AsAsked, "as asked, also when it was so already (the message says so)"),
        (WireStatus.Failed, "failed"),
        (WireStatus.Partly, "partly"),
        (WireStatus.Waiting, "waiting for approval, or for what follows by itself (a team after its group)"),
        (WireStatus.Cancelled, "cancelled"),
        (WireStatus.Unknown, "unknown: sent, and no answer came"),
        (WireStatus.NotAttempted, "not attempted"),
        (WireStatus.Planned, "planned only"),
    ];

    public static WireStatus Of(StepStatus status) => status switch
    {
        StepStatus.Done or StepStatus.NoChange => WireStatus.AsAsked,
        StepStatus.Failed => WireStatus.Failed,
        StepStatus.Partly => WireStatus.Partly,
        StepStatus.Waiting => WireStatus.Waiting,
        StepStatus.Cancelled => WireStatus.Cancelled,
        StepStatus.Unknown => WireStatus.Unknown,
        StepStatus.NotAttempted => WireStatus.NotAttempted,
        StepStatus.Planned => WireStatus.Planned,
        _ => throw new ArgumentOutOfRangeException(nameof(status), status, message: null),
    };

    /// <summary>The word for several: what all are, else unknown or planned where any is, else waiting where nothing else is amiss, else partly where something was done.</summary>
    public static WireStatus Together(IReadOnlySet<WireStatus> statuses) => statuses switch
    {
        { Count: 0 } => WireStatus.AsAsked,
        { Count: 1 } => statuses.Single(),
        _ when statuses.Contains(WireStatus.Unknown) => WireStatus.Unknown,
        _ when statuses.Contains(WireStatus.Planned) => WireStatus.Planned,
        _ when statuses.All(status => status is WireStatus.AsAsked or WireStatus.Waiting) => WireStatus.Waiting,
        _ when statuses.Contains(WireStatus.AsAsked) || statuses.Contains(WireStatus.Partly) => WireStatus.Partly,
        _ => WireStatus.Failed,
    };
}
