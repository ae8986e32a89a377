using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;
using Microsoft.Extensions.Options;

namespace GroupPortal.Application.Groups;

/// <summary>The configured stores with their settings. Made once at start; a wrong setting stops the start.</summary>
public sealed class StoreRegistry
{
    private readonly Dictionary<int, (IDirectory Directory, StoreSettings Settings)> _stores;

    /// <param name="optionsOf">The options of a store by its id.</param>
    public StoreRegistry(IEnumerable<IDirectory> directories, Func<int, StoreOptions> optionsOf)
    {
        ArgumentNullException.ThrowIfNull(optionsOf);
        All = [.. directories.OrderBy(directory => directory.Store.Id)];
        var failures = new List<string>();
        _stores = [];
        foreach (var directory in All)
        {
            var settings = SettingsOf(directory.Store, optionsOf(directory.Store.Id), failures);
            if (!_stores.TryAdd(directory.Store.Id, (directory, settings)))
            {
                failures.Add($"{StoreOptions.Section}: two stores have the id {directory.Store.Id}.");
            }
        }

        if (failures.Count > 0)
        {
            throw new OptionsValidationException(StoreOptions.Section, typeof(StoreOptions), failures);
        }
    }

    public IReadOnlyList<IDirectory> All { get; }

    public bool TryGet(int id, [NotNullWhen(true)] out IDirectory? directory)
    {
        var found = _stores.TryGetValue(id, out var store);
        directory = store.Directory;
        return found;
    }

    /// <summary>The settings of a store that <see cref="TryGet"/> knows.</summary>
    public StoreSettings SettingsOf(int id) => _stores[id].Settings;

    /// <summary>Adds one sentence for each setting that cannot be, beginning with its key, and answers the settings.</summary>
    public static StoreSettings SettingsOf(IdentityStore store, StoreOptions options, ICollection<string> failures)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(failures);
        var key = $"{StoreOptions.Section}:{store.Id}";
        // Alone, and as it is used: around the whole name. "a # b" with the option x is one only by itself.
        if (!IsExpression(options.Naming.Pattern) || !IsExpression($"\\A(?:{options.Naming.Pattern})\\z"))
        {
            failures.Add($"{key}:Naming:Pattern is no regular expression: \"{options.Naming.Pattern}\".");
        }

        var guard = options.Guard;
        foreach (var (name, limit, least) in new[]
        {
            (nameof(guard.RemovePercent), guard.RemovePercent, 1), (nameof(guard.RemoveExempt), guard.RemoveExempt, 0),
            (nameof(guard.RemoveCount), guard.RemoveCount, 1), (nameof(guard.AddCount), guard.AddCount, 1),
        })
        {
            if (limit < least)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{key}:Guard:{name} is a number from {least} on, not {limit}."));
            }
        }

        var recompute = options.Recompute;
        foreach (var (name, limit, least) in new[]
        {
            (nameof(recompute.RemovePercent), recompute.RemovePercent, 1), (nameof(recompute.SmallGroup), recompute.SmallGroup, 0),
            (nameof(recompute.SmallRemoves), recompute.SmallRemoves, 0), (nameof(recompute.ChurnPercent), recompute.ChurnPercent, 1),
            (nameof(recompute.ChurnCount), recompute.ChurnCount, 0), (nameof(recompute.RemoveCount), recompute.RemoveCount, 1),
            (nameof(recompute.AddCount), recompute.AddCount, 1),
        })
        {
            if (limit < least)
            {
                failures.Add(string.Create(CultureInfo.InvariantCulture, $"{key}:Recompute:{name} is a number from {least} on, not {limit}."));
            }
        }

        var container = options.DefaultContainer;
        if (container.Length == 0)
        {
            container = store.Kind == StoreKind.ActiveDirectory ? "OU=Groups," + store.BaseDn : store.BaseDn;
        }
        else if (!DistinguishedName.TryParse(container, out var name) || !name.IsAtOrUnder(DistinguishedName.Parse(store.BaseDn)))
        {
            failures.Add($"{key}:DefaultContainer is no distinguished name below {store.BaseDn}: \"{container}\".");
        }

        return new StoreSettings(options.Naming, options.Guard, options.Access, container) { Recompute = options.Recompute };
    }

    private static bool IsExpression(string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
