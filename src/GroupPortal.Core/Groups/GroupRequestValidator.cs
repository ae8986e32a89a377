using FluentValidation;
using FluentValidation.Results;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;

namespace GroupPortal.Core.Groups;

/// <summary>A request beside what is known of the store: what the rules across fields look at.</summary>
public sealed record RequestSubject(GroupRequest Request, PlanFacts Facts);

/// <summary>
/// The rules that concern several fields of a request, or the store's own wishes; the limits of single attributes come from
/// the catalog. Each failure carries a <see cref="Problem"/>.
/// </summary>
public sealed class GroupRequestValidator : AbstractValidator<RequestSubject>
{
    private static readonly GroupRequestValidator Instance = new();

    private GroupRequestValidator()
    {
        RuleFor(subject => subject).Custom(CheckName);
        RuleFor(subject => subject).Custom(CheckContainer);
        RuleFor(subject => subject).Custom(CheckRequiredFields).When(subject => subject.Request.Kind == PlanKind.Create);
        RuleFor(subject => subject).Custom(CheckNamesInUse);
        RuleFor(subject => subject).Custom(CheckNamingPolicy);
        RuleFor(subject => subject).Custom(CheckEntraName).When(subject => subject.Facts.Store.Kind == StoreKind.EntraId);
    }

    /// <summary>All problems of the request's fields together.</summary>
    public static IEnumerable<Problem> ProblemsOf(GroupRequest request, PlanFacts facts) =>
        Instance.Validate(new RequestSubject(request, facts)).Errors.Select(failure => (Problem)failure.CustomState);

    private static void CheckName(RequestSubject subject, ValidationContext<RequestSubject> context)
    {
        var (request, facts) = subject;
        if (request.Name is not { } name)
        {
            if (request.Kind == PlanKind.Create)
            {
                Fail(context, AttributeNames.Name, "NameEmpty");
            }

            return;
        }

        if (NameChecks.WhyNotName(name) is { } code)
        {
            Fail(context, AttributeNames.Name, code);
            return;
        }

        var maximum = NameChecks.MaximumNameLength(facts.Store.Kind);
        if (name.Length > maximum)
        {
            Fail(context, AttributeNames.Name, "NameTooLong", NameChecks.Invariant(maximum), NameChecks.Invariant(name.Length));
        }

        if (!name.StartsWith(facts.Naming.Prefix, StringComparison.OrdinalIgnoreCase))
        {
            Fail(context, AttributeNames.Name, "NamePrefix", facts.Naming.Prefix);
        }

        if (!facts.Naming.Matches(name))
        {
            Fail(context, AttributeNames.Name, "NamePattern", facts.Naming.PatternHint.Length > 0 ? facts.Naming.PatternHint : facts.Naming.Pattern);
        }
    }

    private static void CheckContainer(RequestSubject subject, ValidationContext<RequestSubject> context)
    {
        var (request, facts) = subject;
        if (request.Container is not { Length: > 0 } container)
        {
            return;
        }

        if (!DistinguishedName.TryParse(container, out var dn))
        {
            Fail(context, AttributeNames.Container, "ContainerMalformed", container);
        }
        else if (facts.Store.Kind == StoreKind.EntraId && !dn.Equals(DistinguishedName.Parse(facts.Store.BaseDn)))
        {
            Fail(context, AttributeNames.Container, "ContainerNotInEntra", facts.Store.BaseDn);
        }
        else if (!facts.ContainerExists)
        {
            Fail(context, AttributeNames.Container, "ContainerUnknown", container, facts.Store.Name);
        }
    }

    private static void CheckRequiredFields(RequestSubject subject, ValidationContext<RequestSubject> context)
    {
        foreach (var field in subject.Facts.Naming.RequiredFields ?? [])
        {
            var given = subject.Request.Attributes.Any(change =>
                string.Equals(change.Name, field, StringComparison.OrdinalIgnoreCase) && change.Values.Any(value => value.Length > 0));
            if (!given)
            {
                Fail(context, field, "FieldRequired", field);
            }
        }
    }

    private static void CheckNamesInUse(RequestSubject subject, ValidationContext<RequestSubject> context)
    {
        foreach (var taken in subject.Facts.NamesInUse.Where(taken => taken.MustBeUnique))
        {
            Fail(context, taken.Attribute, "NameTaken", taken.Value, taken.Holder.Label, subject.Facts.Store.Name);
        }
    }

    /// <summary>What the tenant's own naming policy says; a name that is taken is told as such, and once.</summary>
    private static void CheckNamingPolicy(RequestSubject subject, ValidationContext<RequestSubject> context)
    {
        foreach (var refusal in subject.Facts.Tenant?.NameRefusals ?? [])
        {
            if (!subject.Facts.NamesInUse.Any(taken => taken.MustBeUnique && string.Equals(taken.Attribute, refusal.Attribute, StringComparison.OrdinalIgnoreCase)))
            {
                Fail(context, refusal.Attribute, "NamingPolicy", refusal.Reason);
            }
        }
    }

    /// <summary>In Entra ID the name is the displayName: two different wishes for one.</summary>
    private static void CheckEntraName(RequestSubject subject, ValidationContext<RequestSubject> context)
    {
        var displayName = subject.Request.Attributes.FirstOrDefault(change =>
            string.Equals(change.Name, AttributeNames.DisplayName, StringComparison.OrdinalIgnoreCase));
        if (subject.Request.Name is { } name && displayName is { Mode: ChangeMode.Set, Values: [{ Length: > 0 } other] } && other != name)
        {
            Fail(context, AttributeNames.DisplayName, "TwoNames", name, other);
        }
    }

    private static void Fail(ValidationContext<RequestSubject> context, string field, string code, params IReadOnlyList<string> arguments)
    {
        var problem = new Problem(field, code, ProblemScope.Request, arguments);
        context.AddFailure(new ValidationFailure(field, problem.Message) { ErrorCode = code, CustomState = problem });
    }
}
