using GroupPortal.Core.Directories;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;

namespace GroupPortal.EntraId.Errors;

/// <summary>What Graph answers, decoded once. Code and status decide; the message only where a code is shared.</summary>
internal static class GraphErrors
{
    public static DirectoryError Of(ApiException fault)
    {
        var error = (fault as ODataError)?.Error;
        var text = error?.Message ?? fault.Message;
        DirectoryError decoded = fault.ResponseStatusCode switch
        {
            404 => new DirectoryError.NotFound(),
            403 => new DirectoryError.AccessDenied(),
            429 => new DirectoryError.Throttled(TimeSpan.FromSeconds(1)),
            >= 500 => new DirectoryError.Unavailable(),
            _ => new DirectoryError.Other(error?.Code ?? fault.ResponseStatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        };
        return decoded with { ServerText = text };
    }

    /// <summary>Whether no answer came at all; a cancellation by the caller is not that.</summary>
    public static bool IsUnreachable(Exception fault, CancellationToken cancellation) =>
        fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);

    public static DirectoryError Unreachable(Exception fault) => new DirectoryError.Unavailable { ServerText = fault.Message };
}
