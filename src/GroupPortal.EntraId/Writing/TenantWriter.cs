using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Plans;

namespace GroupPortal.EntraId.Writing;

internal sealed class TenantWriter(Tenant tenant)
{
    private readonly Tenant _tenant = tenant;
    private readonly WriteRules _rules = WriteRules.Graph;

    public IReadOnlyList<DirectoryWrite> Batch(GroupPlan plan) => WriteBatches.Of(plan, _rules);

    public IReadOnlyList<DirectoryWrite> Split(DirectoryWrite write, DirectoryError error) => WriteSplits.Of(write, error, _rules);

    public Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation) =>
        throw new NotSupportedException(_tenant.Store.Name);

    public Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation) =>
        throw new NotSupportedException(_tenant.Store.Name);
}
