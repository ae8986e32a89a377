using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId;

namespace GroupPortal.Directories.Tests.Graph.Connections;

public sealed class GraphConnectionTests : IDisposable
{
    private const string Key = "Directories:4:Graph";
    private const string Tenant = "11111111-2222-3333-4444-555555555555";
    private readonly string _folder = Directory.CreateTempSubdirectory("groupportal-graph-").FullName;

    public GraphConnectionTests() => File.WriteAllText(Path.Combine(_folder, "secret"), "s3cret\n");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_tenant_is_called_after_its_domain_and_nothing_shows_the_secret()
    {
        var connection = Read(Good());

        Assert.Equal(
            new IdentityStore(4, "contoso.onmicrosoft.com", StoreKind.EntraId, StoreConnection.Graph, "DC=contoso,DC=onmicrosoft,DC=com", string.Empty),
            connection.Store);
        Assert.Equal("66666666-7777-8888-9999-000000000000", connection.Account);
        Assert.Equal("https://graph.microsoft.com/", connection.Root.AbsoluteUri);
        Assert.Equal("s3cret", connection.Identity.Secret);
        Assert.DoesNotContain("s3cret", connection.Identity.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("global", "https://graph.microsoft.com/", "https://login.microsoftonline.com/")]
    [InlineData("UsGov", "https://graph.microsoft.us/", "https://login.microsoftonline.us/")]
    [InlineData("UsGovDod", "https://dod-graph.microsoft.us/", "https://login.microsoftonline.us/")]
    [InlineData("China", "https://microsoftgraph.chinacloudapi.cn/", "https://login.chinacloudapi.cn/")]
    public async Task Each_cloud_has_its_own_Graph_and_gives_its_own_tokens(string cloud, string root, string authority)
    {
        var options = Good();
        options.Cloud = cloud;
        var connection = Read(options);
        Assert.Equal(root, connection.Root.AbsoluteUri);

        var asked = await TokenAsync(connection.Identity, root);
        Assert.Contains(asked, request => request.StartsWith($"POST {authority}{Tenant}/oauth2/v2.0/token", StringComparison.Ordinal));
        Assert.Contains(asked, request => request.Contains(Uri.EscapeDataString(root + ".default"), StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(true, "of the key")]
    [InlineData(false, null)]
    [InlineData(false, "of the key")]
    public async Task A_certificate_proves_who_the_portal_is(bool pem, string? password)
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=portal", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        var file = Path.Combine(_folder, "certificate");
        if (pem)
        {
            var pbe = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
            await File.WriteAllTextAsync(file, certificate.ExportCertificatePem() + "\n" + (password is null ? key.ExportPkcs8PrivateKeyPem() : key.ExportEncryptedPkcs8PrivateKeyPem(password, pbe)));
        }
        else
        {
            await File.WriteAllBytesAsync(file, certificate.Export(X509ContentType.Pfx, password));
        }

        var options = Good();
        (options.Credential, options.SecretFile, options.CertificateFile) = ("Certificate", "", "certificate");
        if (password is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(_folder, "key-password"), password + "\n");
            options.CertificatePasswordFile = "key-password";
        }

        var asked = await TokenAsync(Read(options).Identity, "https://graph.microsoft.com/");
        Assert.Contains(asked, request => request.Contains("client_assertion=", StringComparison.Ordinal));

        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        (options.CertificatePasswordFile, options.CertificateFile) = ("", "certificate");
        Assert.StartsWith($"{Key}:CertificateFile: ", Assert.Single(ProblemsOf(options)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_managed_identity_needs_no_id_and_asks_the_machine()
    {
        var options = Good();
        (options.Credential, options.ClientId, options.SecretFile) = ("ManagedIdentity", "", "");
        var connection = Read(options);
        Assert.Equal("the machine's managed identity", connection.Account);

        var asked = await TokenAsync(connection.Identity, "https://graph.microsoft.com/");
        Assert.Contains(asked, request => request.Contains("169.254.169.254/metadata/identity", StringComparison.Ordinal));
    }

    [Fact]
    public void A_workload_identity_needs_no_secret()
    {
        var options = Good();
        (options.Credential, options.SecretFile) = ("WorkloadIdentity", "");
        using var http = new HttpClient();

        Assert.IsType<WorkloadIdentityCredential>(Read(options).Identity.Open(http, TimeProvider.System));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5100", null)]
    [InlineData("http://localhost:5100/", null)]
    [InlineData("http://[::1]:5100", null)]
    [InlineData("https://graph.example.com", null)]
    [InlineData("http://graph.example.com", "is not encrypted")]
    [InlineData("http://10.0.0.1:5100", "is not encrypted")]
    [InlineData("https://graph.example.com/v1.0", "without a path")]
    [InlineData("https://user@graph.example.com", "without a path")]
    [InlineData("ftp://127.0.0.1", "without a path")]
    [InlineData("127.0.0.1:5100", "without a path")]
    public void Another_root_is_encrypted_or_on_this_machine(string endpoint, string? told)
    {
        var options = Good();
        options.Endpoint = endpoint;

        if (told is null)
        {
            Assert.Equal(new Uri(endpoint), Read(options).Root);
        }
        else
        {
            var problem = Assert.Single(ProblemsOf(options));
            Assert.StartsWith($"{Key}:Endpoint", problem, StringComparison.Ordinal);
            Assert.Contains(told, problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Whether_the_tenant_is_on_this_machine_is_told_by_where_its_Graph_is()
    {
        var options = Good();
        options.Endpoint = "http://127.0.0.1:5100";
        Assert.True(await Read(options).IsOnThisMachineAsync(CancellationToken.None));

        options.Endpoint = "https://192.0.2.1";
        Assert.False(await Read(options).IsOnThisMachineAsync(CancellationToken.None));
    }

    [Fact]
    public void Everything_that_is_wrong_is_told_at_once_each_by_its_key()
    {
        var options = new GraphOptions
        {
            Domain = "contoso", BaseDn = "OU=Groups,DC=contoso", TenantId = "common", ClientId = "portal", Cloud = "Moon", Credential = "Secret",
            Endpoint = "ftp://x", CallSeconds = 0, ResourceUnits = 0, Writes = 3001,
        };

        Assert.Equal(
            ["Domain", "BaseDn", "TenantId", "Cloud", "Endpoint", "ClientId", "SecretFile", "CallSeconds", "ResourceUnits", "Writes"],
            ProblemsOf(options).Select(problem => problem[(Key.Length + 1)..].Split(' ', ':')[0]));
    }

    [Theory]
    [InlineData("Certificate", "Credential")]
    [InlineData("ManagedIdentity", "Credential")]
    public void Only_a_secret_goes_over_plain_http(string credential, string key)
    {
        var options = Good();
        (options.Endpoint, options.Credential) = ("http://127.0.0.1:5100", credential);

        Assert.StartsWith($"{Key}:{key} is Secret", Assert.Single(ProblemsOf(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_secret_comes_from_one_place()
    {
        const string Variable = "GROUPPORTAL_TEST_OF_CLIENT_SECRET";
        var options = Good();
        (options.SecretFile, options.SecretVariable) = ("", Variable);
        Assert.Equal([$"{Key}:SecretVariable: the environment variable {Variable} is not set."], ProblemsOf(options));

        Environment.SetEnvironmentVariable(Variable, "from there");
        Assert.Equal("from there", Read(options).Identity.Secret);

        options.SecretFile = "secret";
        Assert.Contains("are both set", Assert.Single(ProblemsOf(options)), StringComparison.Ordinal);
        Environment.SetEnvironmentVariable(Variable, null);

        (options.SecretVariable, options.SecretFile) = ("", "nowhere");
        Assert.StartsWith($"{Key}:SecretFile: the client secret cannot be read.", Assert.Single(ProblemsOf(options)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_alone_are_no_tenant() => Assert.False(GraphConnection.IsConfigured(new GraphOptions()));

    private static GraphOptions Good() => new()
    {
        Domain = "contoso.onmicrosoft.com", TenantId = Tenant, ClientId = "66666666-7777-8888-9999-000000000000", SecretFile = "secret",
    };

    /// <summary>Everything that was asked to get a token; nothing leaves this machine.</summary>
    private static async Task<IReadOnlyList<string>> TokenAsync(AppIdentity identity, string root)
    {
        var asked = new List<string>();
        using var recorder = new Recorder(asked);
        using var client = new HttpClient(recorder);
        var credential = (identity with { Transport = new HttpClientTransport(client) }).Open(client, TimeProvider.System);
        try
        {
            await credential.GetTokenAsync(new TokenRequestContext([root + ".default"]), CancellationToken.None);
        }
        catch (AuthenticationFailedException)
        {
            // Nobody is there to give a token.
        }

        return asked;
    }

    private GraphConnection Read(GraphOptions options)
    {
        var failures = new List<string>();
        var connection = GraphConnection.Read(4, options, Key, _folder, failures);
        Assert.Empty(failures);
        return connection!;
    }

    private List<string> ProblemsOf(GraphOptions options)
    {
        var failures = new List<string>();
        Assert.Equal(GraphConnection.Read(4, options, Key, _folder, failures) is null, failures.Count > 0);
        return failures;
    }

    private sealed class Recorder(List<string> asked) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
            asked.Add($"{request.Method} {request.RequestUri} {body}");
            return request.RequestUri!.AbsolutePath.EndsWith("/discovery/instance", StringComparison.Ordinal)
                ? GraphStub.Json(System.Net.HttpStatusCode.OK, """{"tenant_discovery_endpoint":"https://login.microsoftonline.com/x","metadata":[]}""")
                : GraphStub.Json(System.Net.HttpStatusCode.BadRequest, """{"error":"invalid_client","error_description":"nobody"}""");
        }
    }
}
