using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using GroupPortal.Application.SmartGroups;

namespace GroupPortal.Web.Api;

/// <summary>A list of a preview that somebody can take along.</summary>
/// <param name="Account">Whose page it is on; nobody else gets it.</param>
public sealed record RuleExport(string Account, int StoreId, PreviewQuery Query);

/// <summary>
/// The lists that open pages show, so that a link can lead to one: a rule of 64 KB has no place in an address. One per page,
/// forgotten with it.
/// </summary>
public sealed class RuleExports
{
    private readonly ConcurrentDictionary<Guid, RuleExport> _exports = new();

    public void Keep(Guid id, RuleExport export) => _exports[id] = export;

    public void Forget(Guid id) => _exports.TryRemove(id, out _);

    public bool TryGet(Guid id, [NotNullWhen(true)] out RuleExport? export) => _exports.TryGetValue(id, out export);
}
