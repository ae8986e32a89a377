namespace GroupPortal.Web.Auth;

/// <summary>Whether every domain and tenant of the settings is served by this machine, as those of tests are. Found out once, at start.</summary>
internal sealed record StoresOnThisMachine(bool AreAll);
