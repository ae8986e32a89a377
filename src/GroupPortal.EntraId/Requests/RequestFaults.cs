namespace GroupPortal.EntraId.Requests;

/// <summary>
/// The request never left: whatever it was to do has not been done. No HttpRequestException, like the other: HttpClient makes a
/// cancellation of those once somebody gave up or disposed it, and what became of a write would be forgotten.
/// </summary>
internal sealed class RequestNotSentException(string message, Exception? inner) : IOException(message, inner)
{
    /// <summary>No token was to be had: the tenant does not know the app, or not by this secret.</summary>
    public bool IsSignIn { get; init; }
}

/// <summary>The request was sent and no answer came, or only a part of one: nobody knows what became of it.</summary>
internal sealed class RequestUnansweredException(string message, Exception? inner) : IOException(message, inner);

/// <summary>It would wait longer than somebody likes to: it did not leave the queue.</summary>
internal sealed class PausedException(TimeSpan after) : IOException("Microsoft Graph asked for a pause.")
{
    public TimeSpan After { get; } = after;
}
