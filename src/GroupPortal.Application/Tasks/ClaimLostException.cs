namespace GroupPortal.Application.Tasks;

/// <summary>Another owner has the task by now: this one leaves it as it is. Caught where the task was claimed.</summary>
internal sealed class ClaimLostException : Exception;
