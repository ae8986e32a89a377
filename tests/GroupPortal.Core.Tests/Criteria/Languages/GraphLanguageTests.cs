using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Languages;

public sealed class GraphLanguageTests
{
    private static readonly CriteriaVocabulary Entra = CriteriaVocabulary.For(StoreKind.EntraId);

    [Theory]
    [InlineData("user.department -eq \"O'Neill\"", "department eq 'O''Neill'")]
    [InlineData("user.jobTitle -startsWith \"Sen\" -and user.accountEnabled -eq true", "startsWith(jobTitle,'Sen') and accountEnabled eq true")]
    [InlineData("user.city -in [\"a\", \"b\"]", "city in ('a','b')")]
    [InlineData("user.city -notIn [\"a\", \"b\"]", "not(city in ('a','b')) or city eq null")]
    [InlineData("user.mail -endsWith \"@x.org\"", "endsWith(mail,'@x.org')")]
    [InlineData("user.department -eq null", "department eq null")]
    [InlineData("user.proxyAddresses -startsWith \"smtp:a\"", "proxyAddresses/any(p:startsWith(p,'smtp:a'))")]
    [InlineData("-not (user.city -eq \"a\" -and user.state -eq \"b\")", "(not(city eq 'a') or city eq null) or (not(state eq 'b') or state eq null)")]
    [InlineData("user.physicalDeliveryOfficeName -eq \"a\" -or user.extensionAttribute1 -eq \"b\"", "officeLocation eq 'a' or onPremisesExtensionAttributes/extensionAttribute1 eq 'b'")]
    public void What_graph_can_filter_is_said_whole(string rule, string filter)
    {
        var written = CriteriaText.Write(CriteriaLanguage.Graph, CriteriaText.Read(CriteriaLanguage.Entra, rule, Entra).Root!, Entra);

        Assert.Equal(filter, written.Text);
        Assert.Null(written.Residual);
    }

    [Fact]
    public void The_rest_is_left_to_evaluate()
    {
        var contains = new Criterion.Compare("department", CompareOperator.Contains, "eng");
        var city = new Criterion.Compare("city", CompareOperator.Equals, "a");

        var and = CriteriaText.Write(CriteriaLanguage.Graph, new Criterion.AllOf([contains, city]), Entra);
        Assert.Equal(("city eq 'a'", (Criterion)contains), (and.Text, and.Residual));
        Assert.Equal("GraphNoCondition", Assert.Single(and.Problems).Code);
        Assert.Null(CriteriaText.Write(CriteriaLanguage.Graph, new Criterion.AnyOf([contains, city]), Entra).Text);
    }

    [Fact]
    public void Everybody_is_the_empty_filter() =>
        Assert.Equal(string.Empty, CriteriaText.Write(CriteriaLanguage.Graph, Criterion.Everyone, Entra).Text);
}
