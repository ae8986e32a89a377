using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Directories.Tenants;

/// <summary>Which Microsoft 365 groups expire.</summary>
public enum ExpiringGroups
{
    None,

    /// <summary>Only those that the policy names, at most 500.</summary>
    Selected,
    All,
}

/// <summary>When Microsoft 365 groups that nobody renews are deleted.</summary>
/// <param name="Days">At least 30.</param>
/// <param name="Mails">Who is told of groups without owners.</param>
public sealed record ExpirationPolicy(int Days, ExpiringGroups Groups, IReadOnlyList<string> Mails)
{
    public const int LeastDays = 30;

    /// <summary>What makes the policy impossible; null for nothing.</summary>
    public Problem? WhyNot() =>
        Days < LeastDays ? new Problem(nameof(Days), "ExpirationTooShort", ProblemScope.Request, NameChecks.Invariant(LeastDays), NameChecks.Invariant(Days))
        : Mails.FirstOrDefault(mail => NameChecks.WhyNotMail(mail) is not null) is { } mail ? new Problem(nameof(Mails), "ExpirationMail", ProblemScope.Request, mail)
        : null;
}

/// <summary>A group that was deleted, and until when it can be had back.</summary>
/// <param name="Until">30 days after its deletion.</param>
public sealed record DeletedGroup(Guid Id, string Name, int GroupType, string? Mail, DateTimeOffset Deleted, DateTimeOffset Until)
{
    /// <summary>It holds a role of the tenant; who restores it gives that role back.</summary>
    public bool IsProtected { get; init; }
}
