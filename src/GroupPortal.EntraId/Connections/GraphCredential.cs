namespace GroupPortal.EntraId;

/// <summary>By what the app proves who it is.</summary>
internal enum GraphCredential
{
    Secret,
    Certificate,
    ManagedIdentity,
    WorkloadIdentity,
}
