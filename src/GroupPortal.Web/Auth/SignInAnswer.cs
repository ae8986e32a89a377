namespace GroupPortal.Web.Auth;

/// <summary>What came of a name and a password.</summary>
public abstract record SignInAnswer
{
    private SignInAnswer()
    {
    }

    /// <param name="Method">The <see cref="IPasswordSignIn.Method"/> that vouches for the account.</param>
    public sealed record Welcome(PortalAccount Account, string Method) : SignInAnswer;

    public sealed record Refused(SignInRefusal Reason) : SignInAnswer;

    /// <summary>Too many wrong passwords; nothing was looked at.</summary>
    public sealed record TooMany(TimeSpan Wait) : SignInAnswer;
}

/// <summary>Why somebody does not get in. What only the owner of the password may know is told only to who typed it right.</summary>
public enum SignInRefusal
{
    /// <summary>Unknown name or wrong password: nobody is told which.</summary>
    DoNotMatch,
    Disabled,
    AccountExpired,
    PasswordExpired,
    MustChangePassword,
    LockedOut,
    NotPermittedNow,

    /// <summary>The directory cannot be asked; who is right cannot be known.</summary>
    Unreachable,
}
