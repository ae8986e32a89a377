using System.Diagnostics.Metrics;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>How many searches one test makes, by the client's own meter. Other tests' are told apart by their context.</summary>
internal sealed class SearchCounter : IDisposable
{
    private static readonly AsyncLocal<SearchCounter?> Current = new();

    private readonly MeterListener _listener = new();
    private int _count;

    public SearchCounter()
    {
        Current.Value = this;
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: "GroupPortal.Ldap", Name: "groupportal.ldap.requests" })
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, number, tags, _) =>
        {
            if (Current.Value == this && tags is [{ Value: "Search" }])
            {
                Interlocked.Add(ref _count, (int)number);
            }
        });
        _listener.Start();
    }

    /// <summary>How many since the last question.</summary>
    public int Take() => Interlocked.Exchange(ref _count, 0);

    public void Dispose() => _listener.Dispose();
}
