using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Reading;

internal sealed class ReferenceReader(Tenant tenant)
{
    private readonly Tenant _tenant = tenant;

    public Task<DirectoryAnswer<IReadOnlyDictionary<string, ReferenceMatch>>> ResolveAsync(
        IReadOnlyCollection<string> references, IReadOnlyCollection<ObjectKind> kinds, CancellationToken cancellation) => throw new NotSupportedException(_tenant.Store.Name);
}
