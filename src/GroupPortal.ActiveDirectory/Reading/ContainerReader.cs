using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Reading;

/// <summary>Where groups can stand: the domain, organisational units, and those containers that are not the system's own.</summary>
internal sealed class ContainerReader(Domain domain, DomainSearch searches)
{
    /// <summary>Of more units than that below one container nobody waits to know which of them have children: all are said to.</summary>
    private const int MaximumUnits = 5000;

    private static readonly LdapFilter Unit = LdapFilter.Equal("objectClass", "organizationalUnit");

    private static readonly LdapFilter Child = LdapFilter.And(
        LdapFilter.Or(Unit, LdapFilter.Equal("objectCategory", "container")),
        LdapFilter.Not(LdapFilter.Equal("showInAdvancedViewOnly", "TRUE")));

    public async Task<DirectoryAnswer<IReadOnlyList<ContainerNode>>> BelowAsync(string? parentDn, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (parentDn is null)
        {
            var children = await ChildrenAsync(domain.Base, cancellation);
            return children.Map<IReadOnlyList<ContainerNode>>(entries => [new ContainerNode(domain.Base.ToString(), domain.Store.Name, entries.Count > 0)]);
        }

        if (!TryParse(parentDn, out var parent))
        {
            return new DirectoryError.NotFound { ServerText = parentDn };
        }

        var found = await ChildrenAsync(parent, cancellation);
        if (found is not DirectoryAnswer<IReadOnlyList<LdapEntry>>.Ok(var below))
        {
            return found.WhyNot();
        }

        if (below.Count == 0)
        {
            return DirectoryAnswer.Ok<IReadOnlyList<ContainerNode>>([]);
        }

        // One search for the units of all levels below instead of one for every child.
        var search = new LdapSearch(Domain.NameOf(parent), LdapScope.Subtree, Unit, ["objectGUID"]);
        var units = await searches.FirstAsync(search, MaximumUnits, cancellation);
        if (units is not DirectoryAnswer<(IReadOnlyList<LdapEntry> Entries, bool HasMore)>.Ok(var all))
        {
            return units.WhyNot();
        }

        var parents = all.Entries.Select(entry => ExtendedName.Of(entry).Parsed?.Parent?.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return DirectoryAnswer.Ok<IReadOnlyList<ContainerNode>>(
        [
            .. below
                .Select(ExtendedName.Of)
                .OrderBy(name => domain.Store.Folding.Fold(name.Name), StringComparer.Ordinal)
                .Select(name => new ContainerNode(name.Dn, name.Name, all.HasMore || (name.Parsed is { } dn && parents.Contains(dn.Key)))),
        ]);
    }

    public async Task<DirectoryAnswer<bool>> ExistsAsync(string dn, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return TryParse(dn, out var name)
            ? (await searches.EntryAsync(Domain.NameOf(name), ["objectClass"], cancellation))
                .Map(entry => entry is not null && ObjectClasses.IsContainer(entry.Texts("objectClass")))
            : DirectoryAnswer.Ok(false);
    }

    private Task<DirectoryAnswer<IReadOnlyList<LdapEntry>>> ChildrenAsync(DistinguishedName parent, CancellationToken cancellation) =>
        searches.AllAsync(new LdapSearch(Domain.NameOf(parent), LdapScope.OneLevel, Child, ["objectGUID"]), cancellation);

    private bool TryParse(string text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out DistinguishedName? name) =>
        DistinguishedName.TryParse(text, out name) && NameFilter.IsText(text) && name.IsAtOrUnder(domain.Base);
}
