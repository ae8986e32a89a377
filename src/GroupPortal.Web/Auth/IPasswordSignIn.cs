namespace GroupPortal.Web.Auth;

/// <summary>A way of signing in with an account name and a password. <see cref="PasswordSignIns"/> asks each that is available, in order.</summary>
public interface IPasswordSignIn
{
    /// <summary>A stable name, kept in the principal.</summary>
    string Method { get; }

    bool IsAvailable { get; }

    Task<SignInAnswer> SignInAsync(string name, string password, CancellationToken cancellationToken);

    /// <summary>Whether somebody who signed in earlier may still be here, with the same role.</summary>
    Task<bool> IsStillValidAsync(string name, string role, CancellationToken cancellationToken);
}
