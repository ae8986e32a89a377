namespace GroupPortal.GraphEmulation.Tokens;

/// <summary>On whose behalf a token calls.</summary>
public enum TokenKind
{
    /// <summary>The application's own.</summary>
    App,

    /// <summary>A signed-in person's.</summary>
    Delegated,
}
