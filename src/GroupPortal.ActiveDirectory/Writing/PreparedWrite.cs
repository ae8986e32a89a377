using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>A write against what stands: the one request to send, or none when it stands so already.</summary>
/// <param name="Outcomes">What the steps come to once the request is carried out.</param>
internal sealed record PreparedWrite(LdapRequest? Request, IReadOnlyList<StepOutcome> Outcomes)
{
    /// <summary>Why it must not be sent.</summary>
    public DirectoryError? Error { get; private init; }

    public static PreparedWrite Refused(DirectoryError error) => new(null, []) { Error = error };

    public static PreparedWrite NoChange(DirectoryWrite write) =>
        new(null, [.. write.Steps.Select(step => new StepOutcome(step, StepStatus.NoChange))]);
}
