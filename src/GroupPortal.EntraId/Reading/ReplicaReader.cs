using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

internal sealed class ReplicaReader(Tenant tenant)
{
    private readonly Tenant _tenant = tenant;

    public Task<DirectoryAnswer<ReplicaPage>> PageAsync(string? cookie, int take, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);
}
