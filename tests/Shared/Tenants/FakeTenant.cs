using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Tenants;

namespace GroupPortal.Tests;

/// <summary>A tenant's services in the head: it answers as the test says, and remembers what it was asked.</summary>
internal sealed class FakeTenant : ITenantServices
{
    /// <summary>What there is of whichever group is asked about; null for nothing.</summary>
    public TenantGroup? Group { get; set; }

    /// <summary>Every question but that of names is answered by this instead.</summary>
    public DirectoryError? Error { get; set; }

    public List<Licence> Licences { get; } = [];

    public ExpirationPolicy? Policy { get; set; }

    /// <summary>What comes of a new policy, while it is set.</summary>
    public PolicyAnswer? PolicyInstead { get; set; }

    /// <summary>The policy is taken, and answered when this is done.</summary>
    public Task PolicyTakes { get; set; } = Task.CompletedTask;

    public List<DeletedGroup> Deleted { get; } = [];

    /// <summary>What Entra ID says of whomever and whichever rule; null where it may not be asked.</summary>
    public bool? IsIn { get; set; }

    public DirectoryAnswer<IReadOnlyList<NameRefusal>> Names { get; set; } = DirectoryAnswer.Ok<IReadOnlyList<NameRefusal>>([]);

    public List<NameCheck> NamesAsked { get; } = [];

    public int GroupsAsked { get; private set; }

    public Task<DirectoryAnswer<TenantGroup?>> GroupAsync(Guid group, CancellationToken cancellation)
    {
        GroupsAsked++;
        return Answer(Group is null ? null : Group with { Id = group });
    }

    public Task<DirectoryAnswer<IReadOnlyList<Licence>>> LicencesAsync(CancellationToken cancellation) => Answer<IReadOnlyList<Licence>>(Licences);

    public Task<DirectoryAnswer<ExpirationPolicy?>> ExpirationAsync(CancellationToken cancellation) => Answer(Policy);

    public async Task<PolicyAnswer> SetExpirationAsync(ExpirationPolicy policy, CancellationToken cancellation)
    {
        Policy = Error is null && PolicyInstead is null ? policy : Policy;
        await PolicyTakes;
        return PolicyInstead ?? (Error is { } error ? new PolicyAnswer.Refused(error) : new PolicyAnswer.Saved());
    }

    public Task<DirectoryAnswer<Page<DeletedGroup>>> DeletedAsync(string text, int skip, int take, CancellationToken cancellation)
    {
        var found = Deleted.Where(group => text.Length == 0 || group.Id.ToString("D") == text || group.Name.StartsWith(text, StringComparison.OrdinalIgnoreCase)).ToList();
        return Answer(new Page<DeletedGroup>([.. found.Skip(skip).Take(take)], found.Count));
    }

    public Task<DirectoryAnswer<IReadOnlyList<NameRefusal>>> CheckNamesAsync(NameCheck check, CancellationToken cancellation)
    {
        NamesAsked.Add(check);
        return Task.FromResult(Names);
    }

    public Task<DirectoryAnswer<RuleOpinion>> EvaluateRuleAsync(Guid member, Guid? group, string? rule, CancellationToken cancellation) =>
        Task.FromResult(IsIn is { } isIn
            ? DirectoryAnswer.Ok(new RuleOpinion(isIn, new RuleOpinionPart(rule ?? "", isIn, null, null, [])))
            : DirectoryAnswer.Failed<RuleOpinion>(new DirectoryError.Unsupported()));

    private Task<DirectoryAnswer<T>> Answer<T>(T value) => Task.FromResult(Error is { } error ? DirectoryAnswer.Failed<T>(error) : DirectoryAnswer.Ok(value));
}
