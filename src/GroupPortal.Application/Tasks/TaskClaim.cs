namespace GroupPortal.Application.Tasks;

/// <summary>One claim of a task. Whatever is written for the task names it; after a later claim it is void.</summary>
/// <param name="Token">Counts the claims of the task.</param>
internal sealed record TaskClaim(long TaskId, long Token);
