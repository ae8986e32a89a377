using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

internal sealed class MemberReader(Tenant tenant)
{
    private readonly Tenant _tenant = tenant;

    public Task<DirectoryAnswer<Page<DirectoryObject>>> PageAsync(MemberQuery query, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> IdsAsync(Guid group, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);

    public Task<DirectoryAnswer<IReadOnlySet<Guid>>> WhichAsync(Guid group, IReadOnlyCollection<Guid> candidates, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);
}
