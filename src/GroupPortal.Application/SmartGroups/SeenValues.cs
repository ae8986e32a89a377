using System.Globalization;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.SmartGroups;

/// <summary>Takes out of questions and answers the values that a person may not see (<see cref="ValueAccess"/>).</summary>
public sealed class SeenValues(CriteriaVocabulary vocabulary, PortalRole role)
{
    public bool Shows(string attribute) => ValueAccess.MaySee(role, vocabulary, attribute);

    /// <summary>Without the columns, the order and the chart that would show them.</summary>
    public PreviewQuery Of(PreviewQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query with
        {
            Attributes = [.. query.Attributes.Where(Shows)],
            SortBy = query.SortBy is { } sort && !Shows(sort) ? null : query.SortBy,
            ChartBy = query.ChartBy is { } chart && !Shows(chart) ? null : query.ChartBy,
        };
    }

    public Preview Of(Preview preview, SmartRule rule)
    {
        ArgumentNullException.ThrowIfNull(preview);
        ArgumentNullException.ThrowIfNull(rule);
        return preview with { Lint = Of(preview.Lint, rule.Criteria) };
    }

    /// <summary>Without what lint would tell of them: the value that somebody has.</summary>
    public IReadOnlyList<LintFinding> Of(IReadOnlyList<LintFinding> findings, Criterion root) =>
        [.. findings.Where(finding => finding.Code != "NobodyBut" || IsShown(root, finding.Path))];

    /// <summary>Without his values of them.</summary>
    public Explanation Of(Explanation explanation, SmartRule rule)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        ArgumentNullException.ThrowIfNull(rule);
        return explanation with { Criteria = Of(explanation.Criteria, rule.Criteria) };
    }

    private ClauseVerdict Of(ClauseVerdict verdict, Criterion root) => verdict with
    {
        Values = verdict.Values is { } values && IsShown(root, verdict.Path) ? values : null,
        Parts = [.. verdict.Parts.Select(part => Of(part, root))],
    };

    private bool IsShown(Criterion root, string path)
    {
        var criterion = root;
        foreach (var part in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            criterion = criterion.Children[int.Parse(part, CultureInfo.InvariantCulture)];
        }

        return IsShown(criterion);
    }

    /// <summary>A negative condition is one clause to people: what it asks stands within.</summary>
    private bool IsShown(Criterion criterion) => criterion switch
    {
        Criterion.Compare compare => Shows(compare.Attribute),
        Criterion.Present present => Shows(present.Attribute),
        Criterion.Chain chain => Shows(chain.Attribute),
        Criterion.Each each => Shows(each.Attribute),
        _ => criterion.Children.All(IsShown),
    };
}
