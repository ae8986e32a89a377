using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace GroupPortal.EntraId;

/// <summary>Who the portal is in a tenant, and by what it proves that.</summary>
/// <param name="Client">The application's id; empty for a managed identity that the system assigned.</param>
internal sealed record AppIdentity(GraphCredential Kind, Guid Tenant, string Client, GraphCloud Cloud)
{
    public string? Secret { get; init; }

    public X509Certificate2? Certificate { get; init; }

    /// <summary>A Graph on this machine that speaks plain http; null for all others.</summary>
    public Uri? Loopback { get; init; }

    /// <summary>For tests: what the tokens are fetched through.</summary>
    public HttpPipelineTransport? Transport { get; init; }

    /// <summary>What to call it where a person reads it.</summary>
    public string Account => Client.Length > 0 ? Client : Core.Resources.Texts.Format("Graph.SystemIdentity");

    /// <param name="http">For a Graph on this machine.</param>
    public TokenCredential Open(HttpClient http, TimeProvider clock) => Kind switch
    {
        GraphCredential.Secret when Loopback is { } endpoint => new LoopbackCredential(http, endpoint, Tenant, Client, Secret!, clock),
        GraphCredential.Secret => new ClientSecretCredential(Tenant.ToString("D"), Client, Secret, At(new ClientSecretCredentialOptions())),
        GraphCredential.Certificate => new ClientCertificateCredential(Tenant.ToString("D"), Client, Certificate, At(new ClientCertificateCredentialOptions())),
        GraphCredential.ManagedIdentity => new ManagedIdentityCredential(At(new ManagedIdentityCredentialOptions(
            Client.Length > 0 ? ManagedIdentityId.FromUserAssignedClientId(Client) : ManagedIdentityId.SystemAssigned))),
        GraphCredential.WorkloadIdentity => new WorkloadIdentityCredential(At(new WorkloadIdentityCredentialOptions
        {
            TenantId = Tenant.ToString("D"), ClientId = Client,
        })),
        _ => throw new InvalidOperationException($"No credential of the kind {Kind} is known."),
    };

    private T At<T>(T options)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = Cloud.Authority();
        if (Transport is not null)
        {
            options.Transport = Transport;
        }

        return options;
    }

    // A record would write every property, the secret among them.
    public override string ToString() => $"{Kind} {Account}";
}
