using System.Globalization;
using GroupPortal.Application.Groups;
using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Components.Layout;

/// <summary>
/// The identity store that somebody works in: what the address says, else what this browser chose last, else the first.
/// One per circuit.
/// </summary>
public sealed class StoreChoice(StoreRegistry stores, Preferences preferences)
{
    private const string Preference = "store";
    private bool _asked;

    /// <summary>Another store is worked on now.</summary>
    public event EventHandler? Changed;

    public IReadOnlyList<IdentityStore> All { get; } = [.. stores.All.Select(directory => directory.Store)];

    public IdentityStore? Current { get; private set; }

    public IdentityStore? Find(int id) => All.FirstOrDefault(store => store.Id == id);

    /// <summary>The store to work in, asked of the browser once. Null only where none is configured.</summary>
    public async Task<IdentityStore?> GetAsync()
    {
        if (Current is null && !_asked)
        {
            _asked = true;
            var remembered = All.Count > 1 && int.TryParse(await preferences.GetAsync(Preference), CultureInfo.InvariantCulture, out var id) ? Find(id) : null;
            Show(Current ?? remembered ?? (All.Count > 0 ? All[0] : null));
        }

        return Current;
    }

    /// <summary>A page of this store is shown; the choice that is remembered stays.</summary>
    public void Show(IdentityStore? store)
    {
        if (store != Current)
        {
            Current = store;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    public async Task ChooseAsync(IdentityStore store)
    {
        Show(store);
        await preferences.SetAsync(Preference, store.Id.ToString(CultureInfo.InvariantCulture));
    }
}
