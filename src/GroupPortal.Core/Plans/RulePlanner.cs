using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Plans;

/// <summary>
/// Plans what makes a group smart, dynamic or static: which rule it has, and that it has one only. A rule that cannot be read
/// whole stops the request; half a rule would select others.
/// </summary>
internal sealed class RulePlanner(GroupRequest request, PlanFacts facts, AttributePlanner attributes, List<Problem> problems)
{
    private const string Smart = "2";

    /// <summary>The criteria that the group would have, for the application to read before it plans; null where the request leaves them as they are.</summary>
    public static (string Field, string Text, CriteriaLanguage Language)? CriteriaOf(GroupRequest request, GroupState? group)
    {
        if (request.Kind is PlanKind.Delete or PlanKind.Recompute or PlanKind.Restore)
        {
            return null;
        }

        if (Asked(request, AttributeNames.MembershipRule) is { Length: > 0 } rule)
        {
            // The same but for blanks at its end is no other rule: it is Entra ID's way to have it applied again.
            return group?.Attributes.First(AttributeNames.MembershipRule)?.TrimEnd() == rule.TrimEnd() ? null : (AttributeNames.MembershipRule, rule, CriteriaLanguage.Entra);
        }

        var (criteria, language, kind) = (
            Asked(request, AttributeNames.Criteria), Asked(request, AttributeNames.CriteriaLanguage), Asked(request, AttributeNames.ManagedGroupType));
        if (criteria is null && language is null && kind is null)
        {
            return null;
        }

        var text = criteria ?? group?.Attributes.First(AttributeNames.Criteria);
        return !string.IsNullOrEmpty(text) && RuleValues.TryParse(language ?? group?.Attributes.First(AttributeNames.CriteriaLanguage), out CriteriaLanguage known)
            ? (AttributeNames.Criteria, text, known)
            : null;
    }

    /// <summary>Whether people who are named as members come in by the rule's Include instead.</summary>
    public bool TakesMembersAsExceptions => request.Kind == PlanKind.Create && IsSmart;

    private bool IsSmart => attributes.Final(AttributeNames.ManagedGroupType) == Smart;

    private bool IsRuleGiven => Asked(request, AttributeNames.MembershipRule) is { Length: > 0 };

    private bool WasSmart => facts.Group?.Attributes.First(AttributeNames.ManagedGroupType) == Smart;

    /// <summary>A new group with criteria is smart, unless it says what else it is.</summary>
    public void PlanKindOfNew()
    {
        var kind = string.IsNullOrEmpty(attributes.Final(AttributeNames.Criteria)) ? "1" : Smart;
        attributes.PlanImplied(AttributeNames.ManagedGroupType, kind, kind == Smart ? StepReason.Implied : StepReason.Derived);
    }

    public void Plan()
    {
        var isDynamic = attributes.Final(AttributeNames.MembershipRule) is { Length: > 0 };
        if (!IsSmart)
        {
            PlanWithoutRule();
        }
        else if (facts.Group is { Authority: not GroupAuthority.Directory } && (!WasSmart || request.Attributes.Any(change => AttributeNames.IsOfRule(change.Name))))
        {
            problems.Add(new Problem(AttributeNames.ManagedGroupType, "RuleElsewhere", ProblemScope.Request));
        }
        else if (isDynamic)
        {
            problems.Add(new Problem(AttributeNames.MembershipRule, "TwoRules", ProblemScope.Request));
        }
        else if (string.IsNullOrEmpty(attributes.Final(AttributeNames.Criteria)))
        {
            problems.Add(new Problem(AttributeNames.Criteria, "CriteriaMissing", ProblemScope.Request));
        }

        PlanProcessing(isDynamic);
        if (isDynamic && request.Members.Count > 0)
        {
            problems.Add(new Problem(AttributeNames.Members, "DynamicMembers", ProblemScope.Request));
        }

        if (CriteriaOf(request, facts.Group) is var (field, _, _) && facts.Criteria is { IsValid: false } broken)
        {
            problems.AddRange(broken.Problems.Select(problem =>
                new Problem(field, "CriteriaBroken", ProblemScope.Request, NameChecks.Invariant(problem.Start), problem.Message)));
        }

        if (IsSmart && !WasSmart && facts.KeptByException.Count > 0)
        {
            Include(facts.KeptByException);
        }
    }

    /// <summary>Entra ID applies a rule that it has just been given, and without a rule there is nothing to apply.</summary>
    private void PlanProcessing(bool isDynamic)
    {
        var stands = attributes.FinalValues(AttributeNames.RuleProcessing).Count > 0;
        if (isDynamic && !stands)
        {
            if (Asked(request, AttributeNames.RuleProcessing) is not null)
            {
                problems.Add(new Problem(AttributeNames.RuleProcessing, "CannotClear", ProblemScope.Request, AttributeNames.RuleProcessing));
            }
            else if (IsRuleGiven)
            {
                attributes.PlanImplied(AttributeNames.RuleProcessing, "On", StepReason.Derived);
            }
        }
        else if (!isDynamic && stands)
        {
            if (Asked(request, AttributeNames.RuleProcessing) is { Length: > 0 })
            {
                problems.Add(new Problem(AttributeNames.RuleProcessing, "RuleProcessingOfStatic", ProblemScope.Request, AttributeNames.RuleProcessing));
            }
            else
            {
                attributes.Replace(AttributeNames.RuleProcessing, [], StepReason.Implied);
            }
        }
    }

    /// <summary>These are members whatever the criteria say.</summary>
    public void Include(IEnumerable<Guid> ids)
    {
        var present = attributes.FinalValues(AttributeNames.Include);
        var known = present.Select(RuleValues.IdOf).OfType<Guid>().ToHashSet();
        var more = ids.Where(known.Add).Select(id => RuleValues.Write(new MembershipException(id, string.Empty, Until: null, facts.Requester.Account))).ToList();
        if (more.Count > 0)
        {
            attributes.Replace(AttributeNames.Include, [.. present, .. more], StepReason.Implied);
        }
    }

    /// <summary>Parts of a rule need a rule; a group that is static from now on loses them and keeps its members.</summary>
    private void PlanWithoutRule()
    {
        foreach (var name in AttributeNames.OfRule)
        {
            if (attributes.FinalValues(name).Count == 0)
            {
                continue;
            }

            if (Asked(request, name) is { Length: > 0 })
            {
                problems.Add(new Problem(name, "RuleOfStatic", ProblemScope.Request, name));
            }
            else
            {
                attributes.Replace(name, [], StepReason.Implied);
            }
        }
    }

    /// <summary>The value that a request asks for; empty where it clears, null where it does not say.</summary>
    private static string? Asked(GroupRequest request, string attribute)
    {
        var change = request.Attributes.LastOrDefault(change =>
            change.Mode != ChangeMode.Remove && string.Equals(change.Name, attribute, StringComparison.OrdinalIgnoreCase));
        return change is null ? null : change.Values.FirstOrDefault(value => value.Length > 0) ?? string.Empty;
    }
}
