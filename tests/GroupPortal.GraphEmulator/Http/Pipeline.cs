using System.Globalization;
using GroupPortal.GraphEmulation.Faults;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Record;
using GroupPortal.GraphEmulation.Throttling;
using GroupPortal.GraphEmulation.Tokens;

namespace GroupPortal.GraphEmulation.Http;

/// <summary>The way of each request, from the wire or out of a batch.</summary>
internal sealed class Pipeline(Tenant tenant, Routes routes)
{
    /// <summary>Null: the connection is to be cut.</summary>
    public async Task<GraphResponse?> AnswerAsync(Incoming incoming, RecordedRequest? parent, CancellationToken cancellationToken)
    {
        var record = tenant.Record.Add(incoming.Method, incoming.Target, incoming.Body, incoming.Headers, parent);
        var requestId = Guid.NewGuid().ToString();
        var clientRequestId = incoming.Headers.GetValueOrDefault("client-request-id");
        var fault = tenant.Faults.Take(record);
        if (fault is { Kind: FaultKind.Hold })
        {
            await fault.Released.WaitAsync(cancellationToken);
        }

        GraphResponse? response;
        try
        {
            if (fault is { AfterHandling: false } && Failure(fault, parent is not null) is { } failure)
            {
                throw failure;
            }

            if (fault is { Kind: FaultKind.Drop, AfterHandling: false })
            {
                return null;
            }

            response = await HandleAsync(incoming, record, requestId, cancellationToken);
            if (fault is { AfterHandling: true } && Failure(fault, parent is not null) is { } lost)
            {
                throw lost;
            }

            if (response is null || fault is { Kind: FaultKind.Drop })
            {
                return null;
            }
        }
        catch (GraphError error)
        {
            response = JsonAnswer.Of(error, tenant.Clock.GetUtcNow(), requestId, clientRequestId);
        }
        catch (Exception mistake) when (mistake is not OperationCanceledException)
        {
            // A mistake of the emulator's own, or JSON of a wrong type: told in full to whoever debugs it.
            response = JsonAnswer.Of(
                new GraphError(500, "Service_InternalServerError", mistake.ToString()), tenant.Clock.GetUtcNow(), requestId, clientRequestId);
        }

        response.With("request-id", requestId).With("client-request-id", clientRequestId ?? requestId);
        record.Status = response.Status;
        return response;
    }

    private async Task<GraphResponse?> HandleAsync(Incoming incoming, RecordedRequest record, string requestId, CancellationToken cancellationToken)
    {
        var caller = Authenticate(incoming, record);
        var request = Parse(incoming, requestId);
        request.Caller = caller;
        if (request is { Method: "POST", Path.Segments: ["$batch"] })
        {
            record.WasHandled = true;
            return await Batch.BatchEndpoint.AnswerAsync(this, incoming, request, record, cancellationToken);
        }

        var headers = tenant.Throttle.Take(Cost.Of(request, tenant.Options.WritesOfTwentyMembers), caller.ClientId, request.Header("x-ms-throttle-priority"));
        GraphResponse response;
        try
        {
            var (handler, values) = routes.Find(request);
            lock (tenant.Store.Gate)
            {
                tenant.Settle();
                record.WasHandled = true;
                response = handler(new Call(tenant, request, values));
                tenant.Settle();
            }
        }
        catch (GraphError error)
        {
            response = JsonAnswer.Of(error, tenant.Clock.GetUtcNow(), requestId, request.Header("client-request-id"));
        }

        foreach (var (name, value) in headers)
        {
            response.With(name, value);
        }

        return response;
    }

    private static GraphError? Failure(Fault fault, bool isInner)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (fault.RetryAfter is { } wait)
        {
            headers["Retry-After"] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        return fault.Kind switch
        {
            FaultKind.TooManyRequests => new GraphError(429, "TooManyRequests", "Too many requests.") { Headers = headers },
            FaultKind.Unauthorized => Unauthorized("Continuous access evaluation resulted in challenge with result: InteractionRequired and code: TokenIssuedBeforeRevocationTimestamp"),
            FaultKind.ServiceUnavailable => new GraphError(503, "Service_ServiceUnavailable", "The service is temporarily unavailable.") { Headers = headers },
            FaultKind.GatewayTimeout => new GraphError(504, "GatewayTimeout", "The gateway timed out.") { Headers = headers },
            FaultKind.Drop when isInner => new GraphError(504, "GatewayTimeout", "The gateway timed out.") { Headers = headers },
            _ => null,
        };
    }

    private Caller Authenticate(Incoming incoming, RecordedRequest record)
    {
        const string Scheme = "Bearer ";
        var header = incoming.Headers.GetValueOrDefault("Authorization");
        if (header is null || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Unauthorized("Access token is empty.");
        }

        var caller = tenant.Tokens.Find(header[Scheme.Length..].Trim()) ?? throw Unauthorized("Access token has expired or is not yet valid.");
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
