namespace GroupPortal.Web.Auth;

/// <summary>Whether every domain of the settings is served by this machine, as a test's domain is. Found out once, at start.</summary>
internal sealed record DomainsOnThisMachine(bool AreAll);
