using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>Values that somebody may not see come neither as columns nor in explanations nor as advice.</summary>
public sealed class SeenValuesTests
{
    private static readonly SmartRule Rule = new()
    {
        Criteria = new Criterion.AllOf(
        [
            new Criterion.Compare("department", CompareOperator.Equals, "Sales"),
            new Criterion.Not(new Criterion.Compare("employeeType", CompareOperator.Equals, "Intern")),
        ]),
        Text = "",
        Language = CriteriaLanguage.GroupId,
    };

    [Theory]
    [InlineData(PortalRole.User, "department", null, null)]
    [InlineData(PortalRole.Helpdesk, "department employeeID", "pwdLastSet", "employeeType")]
    [InlineData(PortalRole.Administrator, "department employeeID", "pwdLastSet", "employeeType")]
    public void A_question_loses_the_columns_the_order_and_the_chart_of_what_is_hidden(PortalRole role, string columns, string? sort, string? chart)
    {
        var asked = Of(role).Of(new PreviewQuery(Rule) { Attributes = ["department", "employeeID"], SortBy = "pwdLastSet", ChartBy = "employeeType" });

        Assert.Equal((columns, sort, chart), (string.Join(' ', asked.Attributes), asked.SortBy, asked.ChartBy));
    }

    [Theory]
    [InlineData(PortalRole.User, false)]
    [InlineData(PortalRole.Helpdesk, true)]
    public void An_explanation_keeps_the_verdicts_and_loses_hidden_values(PortalRole role, bool isShown)
    {
        var explanation = new Explanation(Guid.NewGuid(), "Ana", IsMember: true, IsInScope: true, null, null, new ClauseVerdict("", "", Holds: true, null,
        [
            new ClauseVerdict("0", "", Holds: true, ["Sales"], []),
            new ClauseVerdict("1", "", Holds: true, null, [new ClauseVerdict("1.0", "", Holds: false, ["Clerk"], [])]),
        ]));

        var seen = Of(role).Of(explanation, Rule);

        Assert.Equal(["Sales"], seen.Criteria.Parts[0].Values!);
        Assert.Equal(isShown, seen.Criteria.Parts[1].Parts[0].Values is ["Clerk"]);
        Assert.False(seen.Criteria.Parts[1].Parts[0].Holds);
    }

    [Theory]
    [InlineData(PortalRole.User, "0 ")]
    [InlineData(PortalRole.Administrator, "0 1 ")]
    public void Nobody_is_advised_of_a_value_that_he_may_not_see(PortalRole role, string paths)
    {
        LintFinding[] findings = [new("NobodyBut", LintLevel.Warning, "0"), new("NobodyBut", LintLevel.Warning, "1"), new("DisabledIncluded", LintLevel.Hint, "")];

        Assert.Equal(paths, string.Join(' ', Of(role).Of(findings, Rule.Criteria).Select(finding => finding.Path)));
    }

    private static SeenValues Of(PortalRole role) => new(CriteriaVocabulary.For(StoreKind.ActiveDirectory), role);
}
