using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;

namespace GroupPortal.Application.Tests.Support;

/// <summary>A tenant's services in the head: it answers as the test says, and remembers what it was asked.</summary>
internal sealed class FakeTenant : ITenantServices
{
    public TenantGroup? Group { get; set; }

    public List<Licence> Licences { get; } = [];

    public ExpirationPolicy? Policy { get; set; }

    /// <summary>What comes of a new policy, while it is set.</summary>
    public PolicyAnswer? PolicyInstead { get; set; }

    public List<DeletedGroup> Deleted { get; } = [];

    public DirectoryAnswer<IReadOnlyList<NameRefusal>> Names { get; set; } = DirectoryAnswer.Ok<IReadOnlyList<NameRefusal>>([]);

    public List<NameCheck> NamesAsked { get; } = [];

    public Task<DirectoryAnswer<TenantGroup?>> GroupAsync(Guid group, CancellationToken cancellation) => Answer(Group);

    public Task<DirectoryAnswer<IReadOnlyList<Licence>>> LicencesAsync(CancellationToken cancellation) => Answer<IReadOnlyList<Licence>>(Licences);

    public Task<DirectoryAnswer<ExpirationPolicy?>> ExpirationAsync(CancellationToken cancellation) => Answer(Policy);

    public Task<PolicyAnswer> SetExpirationAsync(ExpirationPolicy policy, CancellationToken cancellation)
    {
        if (PolicyInstead is { } instead)
        {
            return Task.FromResult(instead);
        }

        Policy = policy;
        return Task.FromResult<PolicyAnswer>(new PolicyAnswer.Saved());
    }

    public Task<DirectoryAnswer<Page<DeletedGroup>>> DeletedAsync(string text, int skip, int take, CancellationToken cancellation)
    {
        var found = Deleted.Where(group => text.Length == 0 || group.Id.ToString("D") == text || group.Name.Contains(text, StringComparison.Ordinal)).ToList();
        return Answer(new Page<DeletedGroup>([.. found.Skip(skip).Take(take)], found.Count));
    }

    public Task<DirectoryAnswer<IReadOnlyList<NameRefusal>>> CheckNamesAsync(NameCheck check, CancellationToken cancellation)
    {
        NamesAsked.Add(check);
        return Task.FromResult(Names);
    }

    public Task<DirectoryAnswer<RuleOpinion>> EvaluateRuleAsync(Guid member, Guid? group, string? rule, CancellationToken cancellation) =>
        Task.FromResult(DirectoryAnswer.Failed<RuleOpinion>(new DirectoryError.Unsupported()));

    private static Task<DirectoryAnswer<T>> Answer<T>(T value) => Task.FromResult(DirectoryAnswer.Ok(value));
}
