using System.Globalization;
using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Throttling;

/// <summary>The buckets: resource units and writes per application, writes of the tenant. Answers what a response must say of them.</summary>
internal sealed class Throttle(EmulatorOptions options, string tenantId)
{
    private const double TellFrom = 0.8;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (TokenBucket Units, TokenBucket Writes)> _applications = new(StringComparer.Ordinal);
    private readonly TokenBucket _tenantWrites = Bucket(18_000, 300, options);

    /// <summary>Takes the cost, or refuses with 429. The headers are for the answer.</summary>
    public IReadOnlyList<(string Name, string Value)> Take(Cost cost, string clientId, string? priority)
    {
        var headers = new List<(string, string)> { ("x-ms-resource-unit", cost.Units.ToString(CultureInfo.InvariantCulture)) };
        if (!options.Throttles)
        {
            return headers;
        }

        lock (_lock)
        {
            if (!_applications.TryGetValue(clientId, out var own))
            {
                _applications[clientId] = own = (Bucket(options.ResourceUnitsPerTenSeconds, 10, options), Bucket(options.WritesPer150Seconds, 150, options));
            }

            var reserve = string.Equals(priority, "Low", StringComparison.OrdinalIgnoreCase) ? options.ReservedFromLowPriority : 0;
            Check(own.Units, cost.Units, reserve, "ResourceUnitLimitExceeded", $"Tenant_Application/ReadWrite/{clientId}/{tenantId}");
            if (cost.Writes > 0)
            {
                Check(own.Writes, cost.Writes, reserve, "WriteLimitExceeded", $"Tenant_Application/Write/{clientId}/{tenantId}");
                Check(_tenantWrites, cost.Writes, reserve, "WriteLimitExceeded", $"Tenant/Write/{clientId}/{tenantId}");
                own.Writes.Take(cost.Writes);
                _tenantWrites.Take(cost.Writes);
            }

            own.Units.Take(cost.Units);
            var used = Math.Max(own.Units.Used, cost.Writes > 0 ? own.Writes.Used : 0);
            if (used >= TellFrom)
            {
                headers.Add(("x-ms-throttle-limit-percentage", used.ToString("0.00", CultureInfo.InvariantCulture)));
            }
        }

        return headers;
    }

    private static TokenBucket Bucket(double capacity, double seconds, EmulatorOptions options) =>
        new(capacity, TimeSpan.FromSeconds(seconds / options.ThrottleSpeed), options.TimeProvider);

    private static void Check(TokenBucket bucket, int cost, double reserve, string information, string scope)
    {
        var wait = bucket.Wait(cost, reserve);
        if (wait == TimeSpan.Zero)
        {
            return;
        }

        throw new GraphError(429, "TooManyRequests", "Too many requests. Please retry after the time told in Retry-After.")
        {
            Headers = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["Retry-After"] = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture),
                ["x-ms-throttle-information"] = information,
                ["x-ms-throttle-scope"] = scope,
                ["x-ms-throttle-limit-percentage"] = "1.00",
            },
        };
    }
}
