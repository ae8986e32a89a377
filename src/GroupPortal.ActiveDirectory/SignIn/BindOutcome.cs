namespace GroupPortal.ActiveDirectory;

/// <summary>What a domain controller said to a name and a password; never more than it said.</summary>
public enum BindOutcome
{
    Right,

    /// <summary>Unknown name or wrong password: nobody is told which.</summary>
    Wrong,
    Disabled,
    AccountExpired,
    PasswordExpired,
    MustChangePassword,
    LockedOut,

    /// <summary>Not at this time, or not from this computer.</summary>
    NotPermittedNow,

    /// <summary>Nothing was sent, or the server could not say.</summary>
    Unreachable,

    /// <summary>It was sent and no answer came: it may have counted as a wrong password.</summary>
    Unanswered,
}
