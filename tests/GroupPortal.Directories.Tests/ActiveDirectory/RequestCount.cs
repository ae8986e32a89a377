using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace GroupPortal.Directories.Tests.ActiveDirectory;

/// <summary>Which requests the LDAP client makes for the work of one test, whatever other tests do meanwhile.</summary>
internal static class RequestCount
{
    private static readonly AsyncLocal<object?> Mine = new();

    /// <summary>How many of each operation.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> OfAsync(Func<Task> work)
    {
        var counts = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var _ = Watch(operation => counts.AddOrUpdate(operation, 1, (_, sum) => sum + 1));
        await work();
        return counts;
    }

    /// <summary>Tells each operation right before it is sent, until disposed.</summary>
    public static IDisposable Watch(Action<string> told)
    {
        var mark = new object();
        Mine.Value = mark;
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "GroupPortal.Ldap")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        // Called where the request is made, so in the flow of the test that makes it.
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            if (ReferenceEquals(Mine.Value, mark) && tags is [{ Value: string operation }])
            {
                told(operation);
            }
        });
        listener.Start();
        return listener;
    }
}
