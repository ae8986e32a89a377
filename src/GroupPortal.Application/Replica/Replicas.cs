using GroupPortal.Application.Groups;
using GroupPortal.Application.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace GroupPortal.Application.Replica;

/// <summary>The copies of all stores. They are loaded and kept in the background; nobody waits for them who does not ask.</summary>
public sealed class Replicas : IDisposable
{
    private readonly Dictionary<int, StoreReplica> _byStore;

    public Replicas(StoreRegistry stores, IOptions<StateOptions> state, TimeProvider clock, ILogger<Replicas> logger)
    {
        ArgumentNullException.ThrowIfNull(stores);
        ArgumentNullException.ThrowIfNull(state);
        var folder = Path.GetFullPath(state.Value.DataDirectory);
        _byStore = stores.All.ToDictionary(directory => directory.Store.Id, directory => new StoreReplica(directory, folder, clock, logger));
    }

    public IEnumerable<StoreReplica> All => _byStore.Values;

    /// <summary>Null for a store that is not configured.</summary>
    public StoreReplica? Of(int storeId) => _byStore.GetValueOrDefault(storeId);

    public void Dispose()
    {
        foreach (var replica in All)
        {
            replica.Dispose();
        }
    }
}
