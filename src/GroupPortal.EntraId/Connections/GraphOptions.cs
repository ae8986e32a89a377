namespace GroupPortal.EntraId;

/// <summary>The way to one tenant of Microsoft Entra ID: section <c>Directories:&lt;id&gt;:Graph</c>. There is no setting for a secret itself.</summary>
public sealed class GraphOptions
{
    /// <summary>The name that people know the store by; by default the tenant's domain.</summary>
    public string Name { get; set; } = string.Empty;

    /// <summary>The tenant's domain: <c>contoso.onmicrosoft.com</c>.</summary>
    public string Domain { get; set; } = string.Empty;

    /// <summary>What stands in the tenant's place in distinguished names; by default made of the domain: <c>DC=contoso,DC=onmicrosoft,DC=com</c>.</summary>
    public string BaseDn { get; set; } = string.Empty;

    /// <summary>The directory (tenant) id of the app registration, a GUID.</summary>
    public string TenantId { get; set; } = string.Empty;

    /// <summary>The application (client) id, a GUID. Of a managed identity only where it is a user-assigned one.</summary>
    public string ClientId { get; set; } = string.Empty;

    /// <summary>Where the tenant is: <c>Global</c>, <c>UsGov</c>, <c>UsGovDod</c> or <c>China</c>.</summary>
    public string Cloud { get; set; } = nameof(GraphCloud.Global);

    /// <summary>By what the app proves who it is: <c>Secret</c>, <c>Certificate</c>, <c>ManagedIdentity</c> or <c>WorkloadIdentity</c>.</summary>
    public string Credential { get; set; } = nameof(GraphCredential.Secret);

    /// <summary>The file that holds the client secret.</summary>
    public string SecretFile { get; set; } = string.Empty;

    /// <summary>The environment variable that holds the client secret.</summary>
    public string SecretVariable { get; set; } = string.Empty;

    /// <summary>The certificate with its private key, as PEM or PFX.</summary>
    public string CertificateFile { get; set; } = string.Empty;

    /// <summary>The file that holds the password of the certificate's key, where it has one.</summary>
    public string CertificatePasswordFile { get; set; } = string.Empty;

    /// <summary>The environment variable that holds the password of the certificate's key, where it has one.</summary>
    public string CertificatePasswordVariable { get; set; } = string.Empty;

    /// <summary>Another root than the cloud's, without <c>/v1.0</c>. Plain http only to this machine itself.</summary>
    public string Endpoint { get; set; } = string.Empty;

    /// <summary>Seconds for one request, once it is its turn.</summary>
    public int CallSeconds { get; set; } = 30;

    /// <summary>
    /// Resource units that Graph gives this app in ten seconds: 3,500 for a tenant of less than 50 users, 5,000 up to 500, 8,000 above.
    /// </summary>
    public int ResourceUnits { get; set; } = 3500;

    /// <summary>Writes that Graph gives this app in 150 seconds.</summary>
    public int Writes { get; set; } = 3000;
}
