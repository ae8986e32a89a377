using System.Diagnostics.CodeAnalysis;
using Microsoft.Graph;
using Microsoft.Kiota.Abstractions.Authentication;

namespace GroupPortal.EntraId.Requests;

/// <summary>
/// What every request of one tenant goes through, the SDK's and those built by hand alike: guard, pace, token, limit, network. The SDK's own
/// handlers are left out: its retries would repeat a write that was not answered.
/// </summary>
internal sealed class GraphPipeline : IDisposable
{
    private static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);
    private readonly PacerLease _pacer;
    private readonly HttpClient _http;
    private readonly HttpClient _tokens;

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "Each handler disposes the next, and the client the first.")]
    public GraphPipeline(GraphConnection connection, TimeProvider clock)
    {
        Root = connection.Root;
        Speed = connection.Quotas.Speed;
        _pacer = PacerLease.Of(connection, clock);
        _tokens = new HttpClient(NetworkOf(connection)) { Timeout = connection.CallLimit };
        Tokens = new TokenHandler(
            connection.Identity.Open(_tokens, clock), connection.Identity.Loopback ?? connection.Identity.Cloud.Root(),
            new SendingHandler(NetworkOf(connection), connection.CallLimit, clock));
        _http = new HttpClient(new ReferenceGuard(new PacingHandler(_pacer.Pacer, connection.Quotas, clock, Tokens)))
        {
            // Each attempt has its own limit, and waiting for one's turn has none.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        Client = new GraphServiceClient(_http, new AnonymousAuthenticationProvider(), new Uri(Root, "/v1.0").AbsoluteUri);
    }

    /// <summary>Without <c>/v1.0</c>.</summary>
    public Uri Root { get; }

    /// <summary>How fast the tenant's time runs.</summary>
    public double Speed { get; }

    public GraphServiceClient Client { get; }

    public TokenHandler Tokens { get; }

    public void Dispose()
    {
        Client.Dispose();
        _http.Dispose();
        _tokens.Dispose();
        _pacer.Dispose();
    }

    private static HttpMessageHandler NetworkOf(GraphConnection connection) => connection.Network?.Invoke() ?? new SocketsHttpHandler
    {
        ConnectTimeout = ConnectLimit,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = System.Net.DecompressionMethods.All,
        AllowAutoRedirect = false,
    };
}
