using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

internal sealed class NestingReader(Tenant tenant)
{
    private readonly Tenant _tenant = tenant;

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> AncestorsAsync(Guid group, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);

    public Task<DirectoryAnswer<Page<DirectoryObject>>> MemberOfAsync(Guid id, int skip, int take, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);
}
