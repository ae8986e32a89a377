using System.Diagnostics.Metrics;

namespace GroupPortal.Benchmarks.ActiveDirectory;

/// <summary>Counts the LDAP client's requests by operation, as its own meter tells them.</summary>
internal sealed class RequestCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = [];

    public RequestCounter()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "GroupPortal.Ldap")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var operation = (string)tags[0].Value!;
            lock (_counts)
            {
                _counts[operation] = _counts.GetValueOrDefault(operation) + value;
            }
        });
        _listener.Start();
    }

    public long this[string operation]
    {
        get
        {
            lock (_counts)
            {
                return _counts.GetValueOrDefault(operation);
            }
        }
    }

    public void Reset()
    {
        lock (_counts)
        {
            _counts.Clear();
        }
    }

    public override string ToString()
    {
        lock (_counts)
        {
            return string.Join(", ", _counts.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} {one.Key}"));
        }
    }

    public void Dispose() => _listener.Dispose();
}
