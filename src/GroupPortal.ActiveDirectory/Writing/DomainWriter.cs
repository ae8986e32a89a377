using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.ActiveDirectory.Writing;

/// <summary>The writing half of the port.</summary>
internal sealed class DomainWriter(Domain domain)
{
    private readonly Domain _domain = domain;

    public IReadOnlyList<DirectoryWrite> Batch(GroupPlan plan) => throw Missing(plan);

    public Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation) => throw Missing(write);

    public IReadOnlyList<DirectoryWrite> Split(DirectoryWrite write, DirectoryError error) => throw Missing(write);

    public Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite write, WriteTarget? target, CancellationToken cancellation) => throw Missing(write);

    private NotSupportedException Missing(object what) => new($"{_domain.Store.Name} cannot write {what.GetType().Name} yet.");
}
