namespace GroupPortal.TestDirectories;

/// <summary>Somebody who can sign in.</summary>
/// <param name="BindName">What a simple bind names: user@domain, or a DN where there is nothing else.</param>
public sealed record TestAccount(string Name, string BindName, string Password);
