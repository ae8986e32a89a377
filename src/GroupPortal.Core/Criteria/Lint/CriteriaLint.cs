using System.Globalization;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Core.Criteria.Lint;

/// <summary>What the author of a valid rule would like to know before others notice. Pure; the counts are asked of the caller.</summary>
public static class CriteriaLint
{
    /// <summary>All findings: of the whole rule first, then clause by clause in the rule's order.</summary>
    /// <param name="root">Within <see cref="CriteriaLimits"/>; beyond, nothing is said.</param>
    public static IReadOnlyList<LintFinding> Of(Criterion root, CriteriaVocabulary vocabulary, LintFacts facts)
    {
        ArgumentNullException.ThrowIfNull(root);
        ArgumentNullException.ThrowIfNull(vocabulary);
        ArgumentNullException.ThrowIfNull(facts);
        if (CriterionSize.Of(root).Problem is not null)
        {
            return [];
        }

        List<LintFinding> findings = [];
        Whole(root, vocabulary, facts, findings);
        new LogicLint(root, new Implication(vocabulary), findings).Look();
        new ClauseLint(root, vocabulary, facts, findings).Look();
        return findings;
    }

    /// <summary>The rule without the accounts that are disabled.</summary>
    internal static Criterion Disabled(StoreKind kind) => kind == StoreKind.ActiveDirectory
        ? new Criterion.Compare("userAccountControl", CompareOperator.AllBits, "2")
        : new Criterion.Compare("accountEnabled", CompareOperator.Equals, "FALSE");

    private static void Whole(Criterion root, CriteriaVocabulary vocabulary, LintFacts facts, List<LintFinding> findings)
    {
        var asksUsers = facts.ObjectTypes.Any(type => type is QueryObjectType.Users or QueryObjectType.MailboxUsers or QueryObjectType.ExternalAddressUsers);
        var disabled = Disabled(facts.Kind);
        if (asksUsers && facts.Count(Rewriting.With(root, disabled)) is { } count and > 0)
        {
            findings.Add(new LintFinding("DisabledIncluded", LintLevel.Warning, "", Number(count))
            {
                Fixed = Rewriting.With(root, new Criterion.Not(disabled)),
            });
        }

        if (facts.Kind == StoreKind.ActiveDirectory && !UsesIndex(root, vocabulary))
        {
            findings.Add(new LintFinding("Unindexed", LintLevel.Hint, ""));
        }

        if (facts.Kind != StoreKind.EntraId)
        {
            return;
        }

        var expressions = Expressions(root);
        if (expressions > CriteriaLimits.EntraBuilderExpressions)
        {
            findings.Add(new LintFinding("OverBuilder", LintLevel.Hint, "", Number(expressions), Number(CriteriaLimits.EntraBuilderExpressions)));
        }

        if (EntraLanguage.Write(root, vocabulary, CriteriaText.ObjectTypeOf(facts.ObjectTypes)).Text is { Length: > CriteriaLimits.EntraRuleLength } text)
        {
            findings.Add(new LintFinding("OverLength", LintLevel.Warning, "", Number(text.Length), Number(CriteriaLimits.EntraRuleLength)));
        }
    }

    /// <summary>A list of values of one attribute is one expression.</summary>
    private static int Expressions(Criterion criterion) => criterion switch
    {
        Criterion.AnyOf any when any.Parts.Count > 0 && any.Parts.All(part => part is Criterion.Compare { Operator: CompareOperator.Equals })
            && any.Parts.Cast<Criterion.Compare>().Select(part => part.Attribute).Distinct(StringComparer.Ordinal).Count() == 1 => 1,
        _ when criterion.Children.Count == 0 => 1,
        _ => criterion.Children.Sum(Expressions),
    };

    private static bool UsesIndex(Criterion criterion, CriteriaVocabulary vocabulary) => criterion switch
    {
        Criterion.AllOf all => all.Parts.Any(part => UsesIndex(part, vocabulary)),
        Criterion.AnyOf any => any.Parts.All(part => UsesIndex(part, vocabulary)),
        Criterion.Compare { Operator: CompareOperator.Equals or CompareOperator.StartsWith or CompareOperator.AtLeast or CompareOperator.AtMost } compare =>
            vocabulary.TryGet(compare.Attribute, out var known) && known.IsIndexed,
        Criterion.Present present => vocabulary.TryGet(present.Attribute, out var known) && known.IsIndexed,
        _ => false,
    };

    internal static string Number(int number) => number.ToString(CultureInfo.CurrentCulture);
}
