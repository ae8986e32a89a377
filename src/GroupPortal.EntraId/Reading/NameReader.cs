using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

internal sealed class NameReader(Tenant tenant)
{
    private readonly Tenant _tenant = tenant;

    public Task<DirectoryAnswer<IReadOnlyList<NameInUse>>> InUseAsync(NameQuery query, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);
}
