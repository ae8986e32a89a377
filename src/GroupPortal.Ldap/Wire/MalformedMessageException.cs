namespace GroupPortal.Ldap.Wire;

/// <summary>The server sent what is no LDAP message, or more than is taken. Ends the connection and never leaves this project.</summary>
internal sealed class MalformedMessageException(string message, bool isTooLarge = false) : Exception(message)
{
    public bool IsTooLarge { get; } = isTooLarge;
}
