using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Record;
using GroupPortal.GraphEmulation.Tokens;

namespace GroupPortal.GraphEmulation.Http;

/// <summary>The way of each request, from the wire or out of a batch.</summary>
internal sealed class Pipeline(Tenant tenant, Routes routes)
{
    public async Task<GraphResponse?> AnswerAsync(Incoming incoming, RecordedRequest? parent, CancellationToken cancellationToken)
    {
        var record = tenant.Record.Add(incoming.Method, incoming.Target, incoming.Body, incoming.Headers, parent);
        var requestId = Guid.NewGuid().ToString();
        var clientRequestId = incoming.Headers.GetValueOrDefault("client-request-id");
        await Task.CompletedTask;
        GraphResponse response;
        try
        {
            response = Handle(incoming, record, requestId);
        }
        catch (GraphError error)
        {
            response = JsonAnswer.Of(error, tenant.Clock.GetUtcNow(), requestId, clientRequestId);
        }

        response.With("request-id", requestId).With("client-request-id", clientRequestId ?? requestId);
        record.Status = response.Status;
        return response;
    }

    private GraphResponse Handle(Incoming incoming, RecordedRequest record, string requestId)
    {
        var caller = Authenticate(incoming, record);
        var request = Parse(incoming, requestId);
        request.Caller = caller;
        var (handler, values) = routes.Find(request);
        lock (tenant.Store.Gate)
        {
            record.WasHandled = true;
            return handler(new Call(tenant, request, values));
        }
    }

    private Caller Authenticate(Incoming incoming, RecordedRequest record)
    {
        const string Scheme = "Bearer ";
        var header = incoming.Headers.GetValueOrDefault("Authorization");
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Unauthorized("Access token is empty.");
        }

        var caller = tenant.Tokens.Find(header[Scheme.Length..].Trim()) ?? throw Unauthorized("Access token validation failure. Invalid audience.");
        record.Token = caller.Kind;
        record.Subject = caller.Person?.ToString() ?? caller.ClientId;
        return caller;
    }

    private static GraphError Unauthorized(string message) => new(401, "InvalidAuthenticationToken", message)
    {
        Headers = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["WWW-Authenticate"] = "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\", client_id=\"00000003-0000-0000-c000-000000000000\"",
        },
    };

    private static GraphRequest Parse(Incoming incoming, string requestId)
    {
        var target = incoming.Target.TrimStart('/');
        var question = target.IndexOf('?', StringComparison.Ordinal);
        var path = question < 0 ? target : target[..question];
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        var version = (slash < 0 ? path : path[..slash]).ToUpperInvariant() switch
        {
            "V1.0" => "v1.0",
            "BETA" => "beta",
            _ => throw Errors.BadUrl("Invalid version: " + (slash < 0 ? path : path[..slash])),
        };
        return new GraphRequest
        {
            Method = incoming.Method,
            Version = version,
            Path = GraphPath.Parse(slash < 0 ? "" : path[(slash + 1)..]),
            Query = QueryOptions.Parse(question < 0 ? "" : target[(question + 1)..]),
            Headers = incoming.Headers,
            BodyText = incoming.Body,
            Root = $"{incoming.Origin}/{version}",
            RequestId = requestId,
        };
    }
}
