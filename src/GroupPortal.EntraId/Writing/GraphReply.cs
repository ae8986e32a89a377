using GroupPortal.Core.Directories;
using GroupPortal.EntraId.Errors;

namespace GroupPortal.EntraId.Writing;

/// <summary>What came of one request that changes something: done, refused, never sent, or sent and not answered.</summary>
/// <param name="NotSent">It never left.</param>
/// <param name="Lost">It left, and nobody knows more.</param>
internal sealed record GraphReply<T>(T? Value, GraphFailure? Failure, DirectoryError? NotSent, DirectoryError? Lost)
{
    public bool IsDone => Failure is null && NotSent is null && Lost is null;

    /// <summary>For the port. Not to be asked of what was done.</summary>
    /// <param name="explain">What is known better than the answer tells.</param>
    public Attempt NotDone(Func<GraphFailure, DirectoryError, DirectoryError>? explain = null)
    {
        if (Failure is { } failure)
        {
            var error = GraphErrors.Of(failure);
            return failure.IsUnclear && error is DirectoryError.Unavailable
                ? new Attempt(new DirectoryWriteAnswer.Unknown(error), failure)
                : Attempt.Refused(explain?.Invoke(failure, error) ?? error);
        }

        return NotSent is { } away ? Attempt.Refused(away)
            : Lost is { } lost ? new Attempt(new DirectoryWriteAnswer.Unknown(lost))
            : throw new InvalidOperationException("It was done.");
    }
}

/// <summary>One try of a write.</summary>
/// <param name="Unclear">Graph answered, and does not know itself whether it was done: to be read back, and sent again where it was not.</param>
internal readonly record struct Attempt(DirectoryWriteAnswer Answer, GraphFailure? Unclear = null)
{
    /// <summary>A part of it is written, whatever became of the rest.</summary>
    public bool HasWritten { get; init; }

    public static Attempt Refused(DirectoryError error) => new(new DirectoryWriteAnswer.Refused(error));
}
