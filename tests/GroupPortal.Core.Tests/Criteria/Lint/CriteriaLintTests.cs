using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Lint;

public sealed class CriteriaLintTests
{
    private static readonly CriteriaVocabulary Entra = CriteriaVocabulary.For(StoreKind.EntraId);

    [Theory]
    [InlineData("user.city -eq \"a\" -and user.city -eq \"b\"", "Contradiction", "1", null)]
    [InlineData("user.city -eq \"abc\" -and user.city -startsWith \"x\"", "Contradiction", "1", null)]
    [InlineData("user.city -eq \"a\" -and user.city -ne \"A\"", "Contradiction", "1", null)]
    [InlineData("user.city -eq \"a\" -or user.city -ne \"a\"", "Exhaustive", "1", null)]
    [InlineData("user.city -eq \"a\" -and user.state -eq \"b\" -and user.city -eq \"a\"", "Duplicate", "2", "(user.city -eq \"a\") -and (user.state -eq \"b\")")]
    [InlineData("user.city -eq \"Lagos\" or user.city -startswith \"Lag\"", "Shadowed", "0", "user.city -startsWith \"Lag\"")]
    [InlineData("user.city -contains \"x\" -and user.city -eq \"xy\"", "Shadowed", "0", "user.city -eq \"xy\"")]
    [InlineData("user.city -ne null -and user.city -eq \"xy\"", "Shadowed", "0", "user.city -eq \"xy\"")]
    [InlineData("user.employeeId -ne \"null\"", "QuotedNull", "0", "user.employeeId -ne null")]
    [InlineData("user.displayName -match \"^Da.*\"", "SimplerThanMatch", "", "user.displayName -startsWith \"Da\"")]
    [InlineData("user.city -match \".*?ago.*\"", "SimplerThanMatch", "", "user.city -contains \"ago\"")]
    [InlineData("user.proxyAddresses -startsWith \"SMTP: alias@domain\"", "AddressBlank", "", "user.proxyAddresses -startsWith \"SMTP:alias@domain\"")]
    [InlineData("device.deviceOwnership -eq \"Corporate\"", "CorporateIsCompany", "", "device.deviceOwnership -eq \"Company\"")]
    [InlineData("user.memberOf -any (group.objectId -in ['x'])", "MemberOf", "", null)]
    [InlineData("user.department -notContains \"x\"", "Costly", "0", null)]
    [InlineData("user.mobile -startsWith \"+49\"", "SelfWritable", "", null)]
    [InlineData("user.city -ne \"x\"", "MayTakeInAbsent", "", "(user.city -ne \"x\") -and (user.city -ne null)")]
    [InlineData("user.city -eq \"a\" -or user.state -eq \"b\" -or user.mail -eq \"c\" -or user.surname -eq \"d\" -or user.country -eq \"e\" -or user.department -eq \"f\"", "OverBuilder", "", null)]
    public void A_rule_is_told_what_it_probably_does_not_mean(string rule, string code, string path, string? mended)
    {
        var finding = Assert.Single(Of(rule), found => found.Code == code);

        Assert.Equal(path, finding.Path);
        Assert.Equal(mended, finding.Fixed is null ? null : CriteriaText.Write(CriteriaLanguage.Entra, finding.Fixed, Entra).Text);
        Assert.DoesNotContain("Lint.", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("user.department -eq \"Sales\" -and user.city -startsWith \"a\"")]
    [InlineData("user.otherMails -eq \"a\" -and user.otherMails -eq \"b\"", "Contradiction")]
    [InlineData("user.city -startsWith \"ab\" -and user.city -endsWith \"bc\"", "Contradiction")]
    [InlineData("user.city -ne \"a\" -and user.city -ne null", "MayTakeInAbsent")]
    [InlineData("user.displayName -match \"^D[ab]\"", "SimplerThanMatch")]
    public void A_sound_rule_is_left_alone(string rule, string? code = null) => Assert.DoesNotContain(Of(rule), finding => code is null || finding.Code == code);

    [Fact]
    public void Constant_rules_are_named()
    {
        Assert.Contains(CriteriaLint.Of(Criterion.Everyone, Entra, new LintFacts(StoreKind.EntraId)), finding => finding.Code == "AlwaysTrue");
        Assert.Contains(CriteriaLint.Of(Criterion.Nobody, Entra, new LintFacts(StoreKind.EntraId)), finding => finding.Code == "AlwaysFalse");
    }

    [Fact]
    public void Counts_tell_typing_errors_absent_values_and_disabled_accounts()
    {
        Criterion typed = new Criterion.Compare("department", CompareOperator.Equals, "Slaes");
        var root = new Criterion.AllOf([typed, new Criterion.Not(new Criterion.Compare("city", CompareOperator.Equals, "x"))]);
        var facts = new LintFacts(StoreKind.EntraId)
        {
            Count = criterion => criterion.Equals(typed) ? 0 : 7,
            Nearest = (_, value) => value == "Slaes" ? "Sales" : null,
        };

        var findings = CriteriaLint.Of(root, Entra, facts);

        Assert.Equal(
            [("DisabledIncluded", ""), ("NobodyBut", "0"), ("TakesInAbsent", "1")], findings.Select(finding => (finding.Code, finding.Path)));
        Assert.Equal(["department", "Slaes", "Sales", "7"], findings[1].Arguments);
        Assert.Contains("user.accountEnabled -ne false", CriteriaText.Write(CriteriaLanguage.Entra, findings[0].Fixed!, Entra).Text, StringComparison.Ordinal);
    }

    private static IReadOnlyList<LintFinding> Of(string rule) =>
        CriteriaLint.Of(CriteriaText.Read(CriteriaLanguage.Entra, rule, Entra).Root!, Entra, new LintFacts(StoreKind.EntraId));
}
