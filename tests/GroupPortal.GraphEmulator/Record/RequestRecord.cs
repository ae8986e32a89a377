namespace GroupPortal.GraphEmulation.Record;

/// <summary>Every request, in the order of arrival. Nothing but the server writes it.</summary>
internal sealed class RequestRecord(TimeProvider clock)
{
    private static readonly string[] Kept = ["ConsistencyLevel", "Prefer", "x-ms-throttle-priority", "client-request-id", "If-Match"];

    private readonly Lock _lock = new();
    private readonly List<RecordedRequest> _all = [];

    public IReadOnlyList<RecordedRequest> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _all];
            }
        }
    }

    public RecordedRequest Add(string method, string target, string body, IReadOnlyDictionary<string, string> headers, RecordedRequest? parent)
    {
        lock (_lock)
        {
            var request = new RecordedRequest
            {
                Sequence = _all.Count + 1,
                Parent = parent?.Sequence,
                Time = clock.GetUtcNow(),
                Method = method,
                Target = target,
                Body = body,
                Headers = Kept.Where(headers.ContainsKey).ToDictionary(name => name, name => headers[name], StringComparer.OrdinalIgnoreCase),
            };
            _all.Add(request);
            return request;
        }
    }
}
