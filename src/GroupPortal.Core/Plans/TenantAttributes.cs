using System.Globalization;
using GroupPortal.Core.Directories.Tenants;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Resources;

namespace GroupPortal.Core.Plans;

/// <summary>
/// Lines that a tenant's services keep and not its directory: licences and expiration. What they need of the group, and what they
/// do to its members.
/// </summary>
internal static class TenantAttributes
{
    private const string SecurityEnabled = "securityEnabled";

    /// <summary>Looks at all lines of a plan together: the type and the members decide, wherever in the request they stand.</summary>
    public static void Judge(List<PlanStep> steps, int groupType, PlanFacts facts)
    {
        for (var index = 0; index < steps.Count; index++)
        {
            var step = steps[index];
            if (step.Problem is not null || step.Action == PlanAction.NoChange)
            {
                continue;
            }

            if (step.KeptBy is KeptBy.Licensing or KeptBy.Expiration && WhyNot(step, groupType, facts) is { } problem)
            {
                steps[index] = step with { Problem = problem };
            }
            else if (EffectOf(step, steps, facts) is { } effect)
            {
                steps[index] = step with { Effect = effect };
            }
        }
    }

    /// <summary>One spelling of each value, so that "already so" is seen.</summary>
    public static string Canonical(string value) =>
        Guid.TryParse(value, out var sku) ? sku.ToString("D") : bool.TryParse(value, out var flag) ? (flag ? "true" : "false") : value;

    /// <summary>The code of what is wrong with a value; null for nothing, and for attributes of others.</summary>
    public static string? WhyNotValue(string attribute, string value) => attribute switch
    {
        AttributeNames.Licences => Guid.TryParse(value, out _) ? null : "LicenceShape",
        AttributeNames.Renewed => DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out _) ? null : "NotTime",
        _ => null,
    };

    private static Problem? WhyNot(PlanStep step, int groupType, PlanFacts facts)
    {
        if (facts.Tenant is not { } tenant)
        {
            return Line(step, "TenantAttribute", step.Path, facts.Store.Name);
        }

        if (step.Path == AttributeNames.Licences)
        {
            var unknown = tenant.Licences is { } bought ? Added(step).FirstOrDefault(sku => !bought.ContainsKey(sku)) : Guid.Empty;
            return !IsSecurityEnabled(groupType, facts) ? Line(step, "LicencesNeedSecurity")
                : unknown != Guid.Empty ? Line(step, "LicenceUnknown", unknown.ToString("D"))
                : null;
        }

        if (!((EntraGroupType)groupType).IsUnified())
        {
            return Line(step, "ExpirationNeedsUnified");
        }

        return step.Path != AttributeNames.Expires || !tenant.IsExpirationKnown ? null
            : tenant.Expiration is null ? Line(step, "ExpirationMissing")
            : tenant.Expiration.Groups != ExpiringGroups.Selected ? Line(step, "ExpirationNotSelected")
            : null;
    }

    private static Problem Line(PlanStep step, string code, params IReadOnlyList<string> arguments) => new(step.Path, code, ProblemScope.Line, arguments);

    private static bool IsSecurityEnabled(int groupType, PlanFacts facts) =>
        groupType == (int)EntraGroupType.Security
        || (((EntraGroupType)groupType).IsUnified() && bool.TryParse(facts.Group?.Attributes.First(SecurityEnabled), out var enabled) && enabled);

    private static string? EffectOf(PlanStep step, List<PlanStep> steps, PlanFacts facts) => step.Path switch
    {
        AttributeNames.Licences => LicenceEffect(step, MembersAfter(steps, facts), facts),
        AttributeNames.Expires when step.After is ["true"] && facts.Tenant?.Expiration is { } policy => Texts.Format("Effect.Expires", Number(policy.Days)),
        AttributeNames.DisplayName when facts.Tenant is { AreNamesUnchecked: true } => Texts.Format("Effect.NamesUnchecked"),
        AttributeNames.MailNickname when facts.Tenant is { AreNamesUnchecked: true } && !steps.Exists(one => one.Path == AttributeNames.DisplayName) =>
            Texts.Format("Effect.NamesUnchecked"),
        _ => null,
    };

    private static string LicenceEffect(PlanStep step, long members, PlanFacts facts)
    {
        var sentences = new List<string>();
        foreach (var sku in Added(step))
        {
            var licence = facts.Tenant?.Licences?.GetValueOrDefault(sku);
            var name = licence?.Label ?? sku.ToString("D");
            sentences.Add(members == 0 ? Texts.Format("Effect.LicenceNobody", name)
                : licence?.Free is not { } free ? Counted("Effect.LicenceUncounted", members, name)
                : free >= members ? Counted("Effect.LicenceGiven", members, name, Number(free))
                : Counted("Effect.LicenceShort", members, name, Number(free), Number(members - free)));
        }

        foreach (var sku in Skus(step.Before).Except(Skus(step.After)))
        {
            var name = facts.Tenant?.Licences?.GetValueOrDefault(sku)?.Label ?? sku.ToString("D");
            sentences.Add(members == 0 ? Texts.Format("Effect.LicenceTakenNobody", name) : Counted("Effect.LicenceTaken", members, name));
        }

        return string.Join(' ', sentences);
    }

    /// <summary>Those who are members once the plan is applied.</summary>
    private static long MembersAfter(List<PlanStep> steps, PlanFacts facts)
    {
        var members = steps.Where(step => step is { Path: AttributeNames.Members, Problem: null }).ToList();
        return Math.Max(0, (facts.Group?.MemberCount ?? 0)
            + members.LongCount(step => step.Action == PlanAction.Add)
            - members.LongCount(step => step.Action == PlanAction.Remove));
    }

    private static IEnumerable<Guid> Added(PlanStep step) => Skus(step.After).Except(Skus(step.Before));

    private static IEnumerable<Guid> Skus(IEnumerable<string> values) => values.Select(value => Guid.TryParse(value, out var sku) ? sku : Guid.Empty).Where(sku => sku != Guid.Empty);

    private static string Counted(string key, long members, params IReadOnlyList<string> arguments) =>
        Texts.Format(members == 1 ? key + ".One" : key, [Number(members), .. arguments]);

    private static string Number(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
