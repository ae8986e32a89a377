using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

internal sealed class GroupReader(Tenant tenant)
{
    private readonly Tenant _tenant = tenant;

    public Task<DirectoryAnswer<GroupState?>> GetAsync(Guid id, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);

    public Task<DirectoryAnswer<IReadOnlyDictionary<Guid, GroupState>>> GetManyAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);
}
