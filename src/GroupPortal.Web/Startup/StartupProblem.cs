using GroupPortal.Application.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace GroupPortal.Web.Startup;

/// <summary>Why the portal does not start, for whoever started it: what to read, and what a supervisor can tell it by.</summary>
/// <param name="ExitCode">As in sysexits.h, where there is one that fits.</param>
internal sealed record StartupProblem(int ExitCode, string Text)
{
    public const int WrongSettings = 78;
    public const int AddressTaken = 69;

    /// <summary>The problem behind an exception that somebody can put right; null for all others, which keep their trace.</summary>
    public static StartupProblem? Of(Exception exception) => exception switch
    {
        OptionsValidationException wrong => new(WrongSettings, string.Join(Environment.NewLine, wrong.Failures)),
        // The file and the place in it stand in the inner exceptions.
        InvalidDataException { InnerException: FormatException } unreadable => new(WrongSettings, string.Join(" ", Messages(unreadable))),
        DataDirectoryInUseException inUse => new(DataDirectoryInUseException.ExitCode, inUse.Message),
        AddressProblemException address => new(AddressTaken, address.Message),
        // Taken between the probe and the start.
        IOException { InnerException: AddressInUseException } taken => new(AddressTaken, $"{taken.Message} Stop the other program or set Urls to another address."),
        _ => null,
    };

    private static IEnumerable<string> Messages(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            yield return exception.Message;
        }
    }
}
