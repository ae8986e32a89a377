namespace GroupPortal.Ldap;

/// <summary>
/// What is known of a request. Three-valued: an answer that was not received is never reported as one, and whether the request
/// left this machine is part of the answer.
/// </summary>
public abstract record LdapAnswer
{
    private LdapAnswer()
    {
    }

    /// <summary>The server answered; <see cref="LdapResult.Code"/> says what.</summary>
    public sealed record Answered(LdapResult Result) : LdapAnswer;

    /// <summary>Nothing of it left: it can be tried again.</summary>
    public sealed record NotSent(LdapFault Fault) : LdapAnswer;

    /// <summary>It left, in part or whole, and no answer came: only reading back can tell.</summary>
    public sealed record Unknown(LdapFault Fault) : LdapAnswer;
}

/// <summary>What a search found, and how it ended. Anything but an answered success means that entries may be missing.</summary>
/// <param name="References">Where else entries might be (RFC 4511 4.5.3); none is ever followed.</param>
public sealed record LdapSearchAnswer(IReadOnlyList<LdapEntry> Entries, IReadOnlyList<string> References, LdapAnswer Answer)
{
    /// <summary>Whether every entry that the server has for the search is here.</summary>
    public bool IsComplete => Answer is LdapAnswer.Answered { Result.Code: LdapResultCode.Success };

    /// <summary>About how much memory the entries take, in octets.</summary>
    internal int Cost { get; init; }
}
