namespace GroupPortal.Web.Auth;

/// <summary>All ways of signing in with a password together, and the limits on guessing: for the page and the token request alike.</summary>
public sealed class PasswordSignIns(IEnumerable<IPasswordSignIn> signIns, GuessLimit guesses)
{
    /// <param name="address">Where the try comes from.</param>
    public async Task<SignInAnswer> SignInAsync(string name, string password, string address, CancellationToken cancellation)
    {
        if (guesses.Begin(name, address) is { } wait)
        {
            return new SignInAnswer.TooMany(wait);
        }

        SignInAnswer answer = new SignInAnswer.Refused(SignInRefusal.DoNotMatch);
        // An empty password is nobody's; a directory could take it for a visit without a name (RFC 4513 5.1.2).
        if (name.Length == 0 || password.Length == 0)
        {
            return answer;
        }

        foreach (var signIn in signIns.Where(candidate => candidate.IsAvailable))
        {
            var next = await signIn.SignInAsync(name, password, cancellation);
            if (next is SignInAnswer.Welcome)
            {
                guesses.Succeeded(name, address);
                return next;
            }

            answer = WeightOf(next) > WeightOf(answer) ? next : answer;
        }

        return answer;
    }

    /// <summary>Of the answers of several directories the one that says most to the person is told.</summary>
    private static int WeightOf(SignInAnswer answer) => answer switch
    {
        SignInAnswer.Refused(SignInRefusal.DoNotMatch) => 0,
        SignInAnswer.Refused(SignInRefusal.Unreachable) => 1,
        SignInAnswer.TooMany => 2,
        _ => 3,
    };
}
