namespace GroupPortal.Ldap.Wire;

/// <summary>One message of a server.</summary>
internal abstract record Response(int Id)
{
    /// <summary>The end of an operation.</summary>
    /// <param name="Tag">Which operation's.</param>
    public sealed record Done(int Id, byte Tag, LdapResult Result, string? ExtendedOid) : Response(Id)
    {
        /// <summary>Notice of disconnection, RFC 4511 4.4.1.</summary>
        public bool IsNoticeOfDisconnection => Id == 0 && ExtendedOid == "1.3.6.1.4.1.1466.20036";
    }

    /// <param name="Cost">About how much memory it takes.</param>
    public sealed record Entry(int Id, LdapEntry Value, int Cost) : Response(Id);

    /// <param name="Cost">About how much memory it takes.</param>
    public sealed record Reference(int Id, IReadOnlyList<string> Addresses, int Cost) : Response(Id);

    /// <summary>RFC 4511 4.13. Nothing the portal sends asks for one.</summary>
    public sealed record Intermediate(int Id) : Response(Id);
}
