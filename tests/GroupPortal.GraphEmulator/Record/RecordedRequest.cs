using GroupPortal.GraphEmulation.Tokens;

namespace GroupPortal.GraphEmulation.Record;

/// <summary>One request that arrived, the inner ones of a batch too.</summary>
public sealed class RecordedRequest
{
    /// <summary>1, 2, 3, … in the order of arrival.</summary>
    public required long Sequence { get; init; }

    /// <summary>The batch that it came in.</summary>
    public long? Parent { get; init; }

    /// <summary>When it arrived.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>GET, POST, …</summary>
    public required string Method { get; init; }

    /// <summary>Path with version and query, as it came: <c>/v1.0/groups?$top=5</c>.</summary>
    public required string Target { get; init; }

    /// <summary>The body as it came; empty: none.</summary>
    public required string Body { get; init; }

    /// <summary>ConsistencyLevel, Prefer, x-ms-throttle-priority, client-request-id and If-Match, where sent.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The status answered; 0: not answered yet, or never because the connection was cut.</summary>
    public int Status { get; internal set; }

    /// <summary>Whose token it came with; null: none that is valid.</summary>
    public TokenKind? Token { get; internal set; }

    /// <summary>The person of a delegated token, the client id of an application's.</summary>
    public string? Subject { get; internal set; }

    /// <summary>It was handled: its effect is there even if the answer was lost.</summary>
    public bool WasHandled { get; internal set; }

    /// <summary>It only carries others.</summary>
    public bool IsBatch => Target.EndsWith("$batch", StringComparison.OrdinalIgnoreCase) || Target.EndsWith("%24batch", StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => $"{Sequence} {Method} {Target} {Status}";
}
