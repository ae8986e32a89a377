using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Plans;

/// <summary>What it means for a plan that a group is written elsewhere.</summary>
public static class GroupAuthorities
{
    /// <summary>Null where the directory that shows the group is also where it is written.</summary>
    public static Problem? WhyNotWritten(GroupAuthority authority, string field, ProblemScope scope) => authority switch
    {
        GroupAuthority.Directory => null,
        GroupAuthority.Exchange => new Problem(field, "KeptInExchange", scope),
        GroupAuthority.OnPremises => new Problem(field, "KeptOnPremises", scope),
        _ => throw new InvalidOperationException($"Unknown authority {authority}."),
    };
}
