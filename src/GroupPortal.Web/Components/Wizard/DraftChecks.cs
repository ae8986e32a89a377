using GroupPortal.Application.Groups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Web.Components.Criteria;

namespace GroupPortal.Web.Components.Wizard;

/// <summary>What the planner would say of a draft, asked without the directory; members and owners come at review.</summary>
public static class DraftChecks
{
    public static IReadOnlyList<Problem> ProblemsOf(
        GroupDraft draft, RuleDraft rule, IDirectory directory, StoreSettings settings, Person person, IReadOnlyList<NameInUse> namesInUse)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var request = RequestOf(draft, settings);
        var plan = GroupPlanner.Plan(Guid.Empty, request, FactsOf(directory, settings, person) with { NamesInUse = namesInUse });
        return
        [
            .. plan.Problems.Concat(plan.LineProblems).Where(problem => problem.Field is not (AttributeNames.Owners or AttributeNames.Criteria)),
            .. RuleProblems(draft, rule),
            .. OwnerProblems(draft),
        ];
    }

    /// <summary>The names that the draft would take; null without a name, or while its form is wrong.</summary>
    public static NameQuery? NamesOf(GroupDraft draft, IDirectory directory, StoreSettings settings, Person person)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var request = RequestOf(draft, settings);
        var isWellFormed = request.Name is { } name
            && NameChecks.WhyNotName(name) is null
            && name.Length <= NameChecks.MaximumNameLength(draft.StoreKind);
        return isWellFormed ? GroupPlanner.NamesOf(request, FactsOf(directory, settings, person)) : null;
    }

    private static GroupRequest RequestOf(GroupDraft draft, StoreSettings settings) =>
        draft.ToRequest(settings.Naming) with { Members = [], Owners = [] };

    private static PlanFacts FactsOf(IDirectory directory, StoreSettings settings, Person person) => new()
    {
        Store = directory.Store,
        Catalog = directory.Catalog,
        Capabilities = directory.Capabilities,
        Naming = settings.Naming,
        Guard = settings.Guard,
        Access = settings.Access,
        Requester = person,
        DefaultContainer = settings.DefaultContainer,
    };

    private static IEnumerable<Problem> RuleProblems(GroupDraft draft, RuleDraft rule)
    {
        if (draft.Membership == Membership.Static)
        {
            yield break;
        }

        var field = draft.Membership == Membership.Smart ? AttributeNames.Criteria : AttributeNames.MembershipRule;
        if (rule.Broken is { Problems: [var first, ..] })
        {
            yield return new Problem(field, "CriteriaBroken", ProblemScope.Request, Invariant(first.Start), first.Message);
        }
        else if (rule.IsEmpty)
        {
            yield return new Problem(field, "CriteriaEmpty", ProblemScope.Request);
        }
        else if (rule.Unfinished.Count > 0)
        {
            yield return new Problem(field, "CriteriaUnfinished", ProblemScope.Request);
        }
        else if (draft.Membership == Membership.Dynamic && draft.MembershipRule is null)
        {
            yield return new Problem(field, "CriteriaNotInEntra", ProblemScope.Request, rule.Write(CriteriaLanguage.Entra).Problems is [var why, ..] ? why.Message : string.Empty);
        }
    }

    private static IEnumerable<Problem> OwnerProblems(GroupDraft draft)
    {
        if (draft.Owners.Count == 0)
        {
            yield return new Problem(AttributeNames.Owners, "OwnerRequired", ProblemScope.Request);
        }

        if (draft.StoreKind == StoreKind.EntraId && draft.Owners.Count > MembershipRules.MaximumEntraOwners)
        {
            yield return new Problem(AttributeNames.Owners, "TooManyOwners", ProblemScope.Request, Invariant(MembershipRules.MaximumEntraOwners), Invariant(draft.Owners.Count));
        }
    }

    private static string Invariant(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
