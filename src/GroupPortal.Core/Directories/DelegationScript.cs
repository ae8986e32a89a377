namespace GroupPortal.Core.Directories;

/// <summary>Commands that give the portal's account the rights it needs, to be copied by whoever may give them.</summary>
/// <param name="Shell">What runs them: <c>dsacls</c>, <c>PowerShell</c>.</param>
public sealed record DelegationScript(string Shell, string Text);
