namespace GroupPortal.GraphEmulation.Tokens;

/// <summary>Who calls.</summary>
internal sealed record Caller(TokenKind Kind, string ClientId, Guid? Person, DateTimeOffset Expires)
{
    public bool IsDelegated => Kind == TokenKind.Delegated;
}
