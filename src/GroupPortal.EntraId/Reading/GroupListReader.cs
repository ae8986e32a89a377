using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

internal sealed class GroupListReader(Tenant tenant)
{
    private readonly Tenant _tenant = tenant;

    public Task<DirectoryAnswer<Page<GroupSummary>>> FindAsync(GroupQuery query, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);
}
