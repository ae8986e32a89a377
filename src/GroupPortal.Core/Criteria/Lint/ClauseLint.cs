using System.Text.RegularExpressions;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Criteria.Lint;

/// <summary>What single clauses probably do not mean, or cost.</summary>
internal sealed partial class ClauseLint(Criterion root, CriteriaVocabulary vocabulary, LintFacts facts, List<LintFinding> findings)
{
    private readonly HashSet<string> _selfWritable = new(StringComparer.Ordinal);

    public void Look() => Look(root, "", isNegated: false, parent: null);

    private void Look(Criterion criterion, string path, bool isNegated, Criterion.AllOf? parent)
    {
        if (criterion is Criterion.Not { Inner: Criterion.Compare negative } && !isNegated)
        {
            TakesInAbsent(negative, path, parent);
        }

        switch (criterion)
        {
            case Criterion.Compare compare:
                Clause(compare, path);
                break;
            case Criterion.Chain chain:
                Costly(chain, chain.Attribute, path);
                break;
        }

        // The items of a collection are not the object's own attributes.
        if (criterion is Criterion.Each)
        {
            return;
        }

        for (var index = 0; index < criterion.Children.Count; index++)
        {
            Look(criterion.Children[index], Criterion.PathOf(path, index), isNegated ^ criterion is Criterion.Not, criterion as Criterion.AllOf);
        }
    }

    private void Clause(Criterion.Compare compare, string path)
    {
        if (!vocabulary.TryGet(compare.Attribute, out var attribute))
        {
            return;
        }

        if (attribute.IsSelfWritable && _selfWritable.Add(attribute.Name))
        {
            Add("SelfWritable", LintLevel.Warning, path, null, attribute.Name);
        }

        if (facts.Kind == StoreKind.EntraId && attribute.Name == "memberOf")
        {
            Add("MemberOf", LintLevel.Hint, path, null);
        }

        if (attribute.Syntax != CriteriaSyntaxes.Text)
        {
            return;
        }

        if (compare.Operator == CompareOperator.Equals && string.Equals(compare.Value, "null", StringComparison.OrdinalIgnoreCase))
        {
            Add("QuotedNull", LintLevel.Warning, path, new Criterion.Not(new Criterion.Present(compare.Attribute)), attribute.Name);
        }
        else if (compare.Operator == CompareOperator.Matches && Simpler(compare) is { } simpler)
        {
            Add("SimplerThanMatch", LintLevel.Hint, path, simpler, CriteriaOperators.Of(simpler)!.GroupId, simpler.Value);
        }
        else if (AddressBlank().Match(compare.Value) is { Success: true } blank && attribute.Name is "proxyAddresses" or "sipProxyAddress")
        {
            var mended = blank.Groups["prefix"].Value + compare.Value[blank.Length..];
            Add("AddressBlank", LintLevel.Warning, path, compare with { Value = mended }, mended);
        }
        else if (attribute.Name == "deviceOwnership" && string.Equals(compare.Value, "Corporate", StringComparison.OrdinalIgnoreCase))
        {
            Add("CorporateIsCompany", LintLevel.Warning, path, compare with { Value = "Company" });
        }
        else
        {
            Nobody(compare, path);
        }

        Costly(compare, attribute.Name, path);
    }

    private void Costly(Criterion criterion, string attribute, string path)
    {
        if (CriteriaOperators.Of(criterion) is { IsCostly: true } condition)
        {
            Add("Costly", LintLevel.Hint, path, null, condition.GroupId, attribute);
        }
    }

    private void Nobody(Criterion.Compare compare, string path)
    {
        if (facts.Count(compare) != 0)
        {
            return;
        }

        var nearest = compare.Operator == CompareOperator.Equals ? facts.Nearest(compare.Attribute, compare.Value) : null;
        if (nearest is null)
        {
            Add("Nobody", LintLevel.Warning, path, null, compare.Attribute, compare.Value);
            return;
        }

        var meant = compare with { Value = nearest };
        Add("NobodyBut", LintLevel.Warning, path, meant, compare.Attribute, compare.Value, nearest, CriteriaLint.Number(facts.Count(meant) ?? 0));
    }

    /// <summary>"Isn't Sales" selects those without a department too: as directories answer, and rarely as meant.</summary>
    private void TakesInAbsent(Criterion.Compare negative, string path, Criterion.AllOf? parent)
    {
        var present = new Criterion.Present(negative.Attribute);
        if (!vocabulary.TryGet(negative.Attribute, out var attribute) || attribute.Syntax is CriteriaSyntaxes.Flags or CriteriaSyntaxes.Boolean
            || parent?.Parts.Contains(present) == true)
        {
            return;
        }

        var count = facts.Count(Rewriting.With(root, new Criterion.Not(present)));
        if (count == 0)
        {
            return;
        }

        var mended = new Criterion.AllOf([new Criterion.Not(negative), present]);
        if (count is { } known)
        {
            Add("TakesInAbsent", LintLevel.Warning, path, mended, attribute.Name, CriteriaLint.Number(known));
        }
        else
        {
            Add("MayTakeInAbsent", LintLevel.Hint, path, mended, attribute.Name);
        }
    }

    private void Add(string code, LintLevel level, string path, Criterion? mended, params IReadOnlyList<string> arguments) =>
        findings.Add(new LintFinding(code, level, path, arguments) { Fixed = mended is null ? null : CriterionNormal.Of(Rewriting.Replace(root, path, mended)!) });

    /// <summary>The comparison that says the same as the regular expression, and faster.</summary>
    private static Criterion.Compare? Simpler(Criterion.Compare compare)
    {
        var match = PlainPattern().Match(compare.Value);
        if (!match.Success)
        {
            return null;
        }

        var isFromStart = match.Groups["from"].Value == "^";
        var isToEnd = match.Groups["to"].Value == "$";
        var value = match.Groups["text"].Value.Replace("\\", "", StringComparison.Ordinal);
        return compare with
        {
            Value = value,
            Operator = (isFromStart, isToEnd) switch
            {
                (true, true) => CompareOperator.Equals,
                (true, false) => CompareOperator.StartsWith,
                (false, true) => CompareOperator.EndsWith,
                _ => CompareOperator.Contains,
            },
        };
    }

    // Words with escaped marks, nothing else; .* at an end says nothing in a search that is found anywhere.
    [GeneratedRegex(@"^(?<from>\^|(\.\*\??)?)(?<text>([^\\^$.|?*+()\[\]{}]|\\[.@\-/()+])+)(?<to>\$|(\.\*\??)?)$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex PlainPattern();

    [GeneratedRegex(@"^(?<prefix>(smtp|sip|x500|eum):)\s+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex AddressBlank();
}
