using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Azure.Core;
using GroupPortal.Core.Directories;
using GroupPortal.EntraId;
using GroupPortal.EntraId.Requests;

namespace GroupPortal.Directories.Tests.Graph;

/// <summary>One request as it arrived.</summary>
internal sealed record SentRequest(string Method, string Path, string Query, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public override string ToString() => $"{Method} {Path}";
}

/// <summary>In the network's place: answers as the test says, and remembers what it was asked.</summary>
internal sealed class GraphStub(Func<SentRequest, HttpResponseMessage> answer) : HttpMessageHandler
{
    private readonly Lock _lock = new();
    private readonly List<SentRequest> _requests = [];

    public static readonly Guid TenantId = Guid.Parse("11111111-2222-3333-4444-555555555555");

    /// <summary>All but the fetching of tokens.</summary>
    public IReadOnlyList<SentRequest> Requests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests.Where(request => !request.Path.EndsWith("/token", StringComparison.Ordinal))];
            }
        }
    }

    public IReadOnlyList<SentRequest> TokenRequests
    {
        get
        {
            lock (_lock)
            {
                return [.. _requests.Where(request => request.Path.EndsWith("/token", StringComparison.Ordinal))];
            }
        }
    }

    /// <summary>A tenant whose requests all end here.</summary>
    public GraphConnection Connection(GraphQuotas? quotas = null) => new(
        new IdentityStore(3, "contoso", StoreKind.EntraId, StoreConnection.Graph, "DC=contoso,DC=onmicrosoft,DC=com", string.Empty),
        new AppIdentity(GraphCredential.Secret, TenantId, Guid.Empty.ToString(), GraphCloud.Global) { Secret = "secret", Loopback = new Uri("http://127.0.0.1:1") },
        new Uri("http://127.0.0.1:1"),
        TimeSpan.FromSeconds(30))
    {
        Domain = "contoso.onmicrosoft.com",
        Quotas = quotas ?? new GraphQuotas { Speed = 1000 },
        Network = () => new Unowned(this),
    };

    public static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(int status, string code, string message) => Json(
        (HttpStatusCode)status,
        new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["innerError"] = new JsonObject { ["request-id"] = "request-7" } } }.ToJsonString());

    public static HttpResponseMessage Empty(HttpStatusCode status = HttpStatusCode.NoContent) => new(status);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(cancellationToken);
        var sent = new SentRequest(
            request.Method.Method, request.RequestUri!.AbsolutePath, Uri.UnescapeDataString(request.RequestUri.Query), body,
            request.Headers.ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
        lock (_lock)
        {
            _requests.Add(sent);
        }

        return sent.Path.EndsWith("/oauth2/v2.0/token", StringComparison.Ordinal) && sent.Body.Contains("client_secret=secret", StringComparison.Ordinal)
            ? Json(HttpStatusCode.OK, $$"""{"token_type":"Bearer","expires_in":3600,"access_token":"token{{(sent.Body.Contains("claims=", StringComparison.Ordinal) ? "-with-claims" : "")}}"}""")
            : answer(sent);
    }

    /// <summary>Two clients use it; neither may close it.</summary>
    private sealed class Unowned(GraphStub stub) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            stub.SendAsync(request, cancellationToken);
    }
}
