namespace GroupPortal.TestDirectories;

/// <summary>Somebody who can sign in.</summary>
public sealed record TestAccount(string Name, string UserPrincipalName, string Password);
