using GroupPortal.Core.Directories;

namespace GroupPortal.Web.Components.Schedules;

/// <summary>Where a container stands, as people say it.</summary>
internal static class ContainerNames
{
    /// <summary>From the store down: "demo.local › Groups › Sales".</summary>
    public static string PathOf(IdentityStore store, string dn) => string.Join(" › ", [store.Name, .. NamesOf(store, dn)]);

    /// <summary>From below the store down; empty for the store itself.</summary>
    public static IReadOnlyList<string> NamesOf(IdentityStore store, string dn)
    {
        if (!DistinguishedName.TryParse(dn, out var at))
        {
            return [dn];
        }

        var names = new List<string>();
        var root = DistinguishedName.Parse(store.BaseDn);
        for (var one = at; one is not null && !one.Equals(root); one = one.Parent)
        {
            names.Add(one.Name);
        }

        names.Reverse();
        return names;
    }
}
