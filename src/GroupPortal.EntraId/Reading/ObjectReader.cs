using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

internal sealed class ObjectReader(Tenant tenant)
{
    private readonly Tenant _tenant = tenant;

    public Task<DirectoryAnswer<Page<DirectoryObject>>> FindAsync(ObjectQuery query, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);

    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, DirectoryObject>>> ByIdsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);
}
