namespace GroupPortal.Application.SmartGroups;

/// <summary>The word by which a held update goes on; it stays with the plan, and with its entry in the history.</summary>
/// <param name="AskedBy">Who had asked for the update.</param>
internal sealed record PlanDecision(string AskedBy, string DecidedBy, string Reason);
