using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Criteria.Languages;

public sealed class GroupIdLanguageTests
{
    public static TheoryData<string, string> Understood => Cases.Of(
        """"
        # As GroupID's samples write it, with and without parentheses, in any case.
        (department Contains "engineering") ⇶ (department Contains "engineering")
        objectClass is exactly "user" ⇶ (objectClass Is Exactly "user")
        ((department   CONTAINS   "a")) ⇶ (department Contains "a")
        (DEPARTMENT not contain "a") ⇶ (department Not Contain "a")
        (department Doesn't Start With "a") ⇶ (department Doesn't Start With "a")
        (department Doesn’t End With "a") ⇶ (department Doesn't End With "a")
        (department Isn‘t "a") ⇶ (department Isn't "a")
        (department Contains “a b”) ⇶ (department Contains "a b")
        (department Is Exactly "say ""hi""") ⇶ (department Is Exactly "say ""hi""")
        (department Is Exactly "a)(b and c") ⇶ (department Is Exactly "a)(b and c")
        # The words without their blanks.
        title startsWith "senior" ⇶ (title Starts With "senior")
        (title isExactly "a") and (title notContain "b") ⇶ (title Is Exactly "a") and (title Not Contain "b")
        (department DOESN’TENDWITH "a") or (l notPresent) ⇶ (department Doesn't End With "a") or (l Not Present)
        # A name of another language leads to the attribute.
        (surname Is Exactly "Smith") ⇶ (sn Is Exactly "Smith")
        (jobTitle Is Exactly "Clerk") ⇶ (title Is Exactly "Clerk")
        # Conditions without a value, bits, chains.
        (manager Present) ⇶ (manager Present)
        manager not present ⇶ (manager Not Present)
        (userAccountControl All Flags On "65568") ⇶ (userAccountControl All Flags On "65568")
        userAccountControl Any Flag Off 18 ⇶ (userAccountControl Any Flag Off "18")
        (groupType All Flags Off "-2147483648") ⇶ (groupType All Flags Off "-2147483648")
        (adminCount Greater Or Equal "007") ⇶ (adminCount Greater Or Equal "7")
        (adminCount Not Less Or Equal 3) ⇶ (adminCount Not Less Or Equal "3")
        (manager Chain Match "CN=Boss,DC=demo") ⇶ (manager Chain Match "CN=Boss,DC=demo")
        (manager Not Chain Match "CN=Boss,DC=demo" within 2) ⇶ (manager Not Chain Match "CN=Boss,DC=demo" within 2)
        (manager Is Exactly "{6BD67B4A-EB06-4B05-94A8-43914FB2E19A}") ⇶ (manager Is Exactly "6bd67b4a-eb06-4b05-94a8-43914fb2e19a")
        # Times.
        (whenCreated Greater Or Equal "2026-03-01") ⇶ (whenCreated Greater Or Equal "2026-03-01T00:00:00Z")
        (whenCreated Less Or Equal 2026-03-01T09:30+01:00) ⇶ (whenCreated Less Or Equal "2026-03-01T08:30:00Z")
        (whenCreated Less Or Equal "2026-03-01T09:30:00.5000") ⇶ (whenCreated Less Or Equal "2026-03-01T09:30:00.5Z")
        (whenCreated Less Or Equal NOW) ⇶ (whenCreated Less Or Equal "now")
        (lastLogonTimestamp Greater Or Equal now-p30d) ⇶ (lastLogonTimestamp Greater Or Equal "now-P30D")
        (lastLogonTimestamp Greater Or Equal "now+P1DT2H") ⇶ (lastLogonTimestamp Greater Or Equal "now+P1DT2H")
        # "and" before "or"; parentheses that change nothing are not kept, those that group are.
        l Present or st Present and c Present ⇶ (l Present) or (st Present) and (c Present)
        (l Present or st Present) and c Present ⇶ ((l Present) or (st Present)) and (c Present)
        ((l Present) and (st Present)) and (c Present) ⇶ ((l Present) and (st Present)) and (c Present)
        ((l Present) and (st Present)) or (c Present) ⇶ (l Present) and (st Present) or (c Present)
        not l Present ⇶ (l Not Present)
        not (l Not Present) ⇶ not (l Not Present)
        NOT NOT (l Present and st Present) ⇶ not not ((l Present) and (st Present))
        not everyone or nobody ⇶ not everyone or nobody
        # Items.
        any proxyAddresses (_ Starts With "smtp:" and _ Doesn't End With ".local") ⇶ any proxyAddresses ((_ Starts With "smtp:") and (_ Doesn't End With ".local"))
        ALL proxyAddresses(_ Contains "@") ⇶ all proxyAddresses (_ Contains "@")
        not any memberOf ((_ Is Exactly "CN=a,DC=b")) ⇶ not any memberOf (_ Is Exactly "CN=a,DC=b")
        """");

    [Fact]
    public void Every_condition_is_read_with_and_without_its_blanks()
    {
        foreach (var condition in CriteriaOperators.All)
        {
            var attribute = CriteriaVocabulary.For(StoreKind.ActiveDirectory).Attributes.First(one => (one.Syntax & condition.Syntaxes) != CriteriaSyntaxes.None);
            var value = condition.TakesValue ? attribute.Syntax == CriteriaSyntaxes.Text ? " \"a\"" : attribute.Syntax == CriteriaSyntaxes.Reference ? " \"CN=a,DC=b\"" : " \"2\"" : string.Empty;
            CriteriaReading Read(string words) => CriteriaText.Read(CriteriaLanguage.GroupId, $"({attribute.Name} {words}{value})", CriteriaVocabulary.For(StoreKind.ActiveDirectory));

            var expected = Read(condition.GroupId);
            Assert.True(expected.IsValid, condition.GroupId);
            foreach (var words in new[] { condition.GroupId.Replace(" ", "", StringComparison.Ordinal), condition.GroupId.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant(), condition.GroupId.ToUpperInvariant() })
            {
                Assert.Equal(expected.Root, Read(words).Root);
            }
        }
    }

    public static TheoryData<string, string> Refused => Cases.Of(
        """"
        # Broken as in GroupID's samples: what is missing is missing at the end.
        (department contains "eng" ⇶ ParenthesisMissing@26+0|)
        (department contains "eng ⇶ QuoteMissing@25+0|" ParenthesisMissing@25+0|)
        (((l Present) ⇶ ParenthesisMissing@13+0|)
        (l Present)) ⇶ Unexpected@11+1())
        ) ⇶ Unexpected@0+1()) ConditionMissing@1+0
        () ⇶ ConditionMissing@1+0
        # What is not known, and what was probably meant.
        (deparment Contains "a") ⇶ UnknownAttribute@1+9(deparment)?department
        (department Containz "a") ⇶ UnknownOperator@12+8(Containz)?Contains
        (department Doesnt Start With "a") ⇶ UnknownOperator@12+17(Doesnt Start With)?Doesn't Start With
        (department is not exactly "a") ⇶ UnknownOperator@12+14(is not exactly)?Is Exactly
        (department "a") ⇶ OperatorMissing@11+0(department)
        (department) ⇶ OperatorMissing@11+0(department)
        ("a") ⇶ AttributeMissing@1+0
        # Several mistakes give several problems, by place.
        (deparment Contains "a") and (title Containz "b") or (l Contains ⇶ UnknownAttribute@1+9(deparment)?department UnknownOperator@36+8(Containz)?Contains ValueMissing@64+0|" ParenthesisMissing@64+0|)
        (l Present) and ⇶ ConditionMissing@15+0
        and (l Present) ⇶ ConditionMissing@0+0
        (l Present) and or (st Present) ⇶ ConditionMissing@16+0
        (l Present) (st Present) ⇶ ConnectorMissing@12+0
        l Present "x" ⇶ Unexpected@10+3(x)
        not ⇶ ConditionMissing@3+0
        # Values.
        (department Contains) ⇶ ValueMissing@20+0|"
        (department Contains "") ⇶ ValueEmpty@21+2(department)
        (department Isn't "  ") ⇶ ValueEmpty@18+4(department)
        (department Contains human resources) ⇶ ValueNotQuoted@21+15(human resources)?"human resources"
        (userAccountControl All Flags On "0x2") ⇶ ValueNotNumber@33+5(0x2)
        (userAccountControl All Flags On ACCOUNTDISABLE) ⇶ ValueNotNumber@33+14(ACCOUNTDISABLE)
        (adminCount Is Exactly "1.5") ⇶ ValueNotNumber@23+5(1.5)
        (adminCount Is Exactly "99999999999999999999") ⇶ ValueNotNumber@23+22(99999999999999999999)
        (whenCreated Less Or Equal "yesterday") ⇶ ValueNotTime@27+11(yesterday)
        (whenCreated Less Or Equal "2026-02-30") ⇶ ValueNotTime@27+12(2026-02-30)
        (whenCreated Less Or Equal "now-P2W") ⇶ ValueNotTime@27+9(now-P2W)
        (whenCreated Less Or Equal "now-P") ⇶ ValueNotTime@27+7(now-P)
        (manager Is Exactly "Ana") ⇶ ValueNotReference@20+5(Ana)
        (department Matches "(") ⇶ ValueNotPattern@20+3(()
        (manager Chain Match "CN=a,DC=b" within 0) ⇶ ValueNotDepth@40+1(0)
        (manager Chain Match "CN=a,DC=b" within) ⇶ ValueMissing@39+0|1
        # Conditions have attributes that they are for.
        (department Greater Or Equal "a") ⇶ OperatorNotFor@12+16(Greater Or Equal,department)
        (manager Contains "a") ⇶ OperatorNotFor@9+8(Contains,manager)
        (department All Flags On "2") ⇶ OperatorNotFor@12+12(All Flags On,department)
        # Items.
        any proxyAddresses (mail Contains "a") ⇶ UnknownField@20+4(mail,proxyAddresses)
        any (l Present) ⇶ AttributeMissing@4+0
        any proxyAddresses ⇶ ConditionMissing@18+0|(
        any proxyAdresses (x Contains "a" and y Contains "b") ⇶ UnknownAttribute@4+13(proxyAdresses)?proxyAddresses
        """");

    [Theory]
    [MemberData(nameof(Understood))]
    public void A_text_is_read_and_written_in_one_form(string text, string canonical)
    {
        Assert.Equal(canonical, Cases.Tree(Read(text), StoreKind.ActiveDirectory));
        Assert.Equal(Read(text).Root, Read(canonical).Root);
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void Every_mistake_is_a_problem_at_its_place(string text, string problems) => Assert.Equal(problems, Cases.Problems(Read(text)));

    [Theory]
    [InlineData("""any assignedPlans (SERVICEPLANID Is Exactly "x" and capabilityStatus Is Exactly "Enabled")""", """any assignedPlans ((servicePlanId Is Exactly "x") and (capabilityStatus Is Exactly "Enabled"))""")]
    [InlineData("""accountEnabled Is Exactly true and user Contains "a" """, "UnknownAttribute@35+4(user)")]
    [InlineData("""(accountEnabled Isn't "FALSE")""", """(accountEnabled Isn't "FALSE")""")]
    [InlineData("""(accountEnabled Isn't "no")""", "ValueNotBoolean@22+4(no)")]
    [InlineData("""any assignedPlans (servicePlan Is Exactly "x")""", "UnknownField@19+11(servicePlan,assignedPlans)?servicePlanId")]
    [InlineData("""(department Contains " ")""", """(department Contains " ")""")]
    public void Entra_has_names_of_its_own(string text, string expected)
    {
        var reading = CriteriaText.Read(CriteriaLanguage.GroupId, text, CriteriaVocabulary.For(StoreKind.EntraId));

        Assert.Equal(expected, reading.Problems.Count > 0 ? Cases.Problems(reading) : Cases.Tree(reading, StoreKind.EntraId));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \t\n")]
    public void Nothing_is_not_everybody(string text)
    {
        var problem = Assert.Single(Read(text).Problems);

        Assert.Equal(("Empty", 0, text.Length), (problem.Code, problem.Start, problem.Length));
        Assert.Null(Read(text).Root);
        Assert.Equal("Nothing is asked here. Write everyone to select everybody. Expected everyone.", problem.Message);
    }

    [Fact]
    public void A_sentence_says_what_was_meant() =>
        Assert.Equal("There is no attribute “deparment” that rules can ask. Did you mean department?", Assert.Single(Read("""(deparment Contains "a")""").Problems).Message);

    [Fact]
    public void What_a_broken_text_says_is_shown_all_the_same()
    {
        var reading = Read("""(department Contains "eng") and (title Containz "b")""");

        Assert.False(reading.IsValid);
        Assert.Equal(new Criterion.Compare("department", CompareOperator.Contains, "eng"), reading.Root);
    }

    [Fact]
    public void Depth_and_conditions_are_limited()
    {
        var deepest = string.Concat(Enumerable.Repeat("not ", CriteriaLimits.Depth - 1));
        Assert.True(Read(deepest + "(l Present)").IsValid);
        Assert.Equal("TooDeep", Assert.Single(Read(deepest + "not (l Present)").Problems).Code);
        Assert.Equal("TooDeep", Assert.Single(Read(deepest + "(l Not Present)").Problems).Code);

        var most = string.Join(" or ", Enumerable.Repeat("l Present", CriteriaLimits.Terms));
        Assert.True(Read(most).IsValid);
        var one = Assert.Single(Read(most + " or st Present").Problems);
        Assert.Equal(("TooManyTerms", most.Length + 4), (one.Code, one.Start));
    }

    [Fact]
    public void A_tree_beyond_the_limits_is_not_written()
    {
        var tree = Criterion.Everyone;
        for (var level = 0; level < 100_000; level++)
        {
            tree = new Criterion.Not(tree);
        }

        foreach (var language in new[] { CriteriaLanguage.GroupId, CriteriaLanguage.Ldap })
        {
            var written = CriteriaText.Write(language, tree, CriteriaVocabulary.For(StoreKind.ActiveDirectory));

            Assert.Null(written.Text);
            Assert.Same(tree, written.Residual);
            Assert.Equal("TooDeep", Assert.Single(written.Problems).Code);
        }
    }

    [Fact]
    public void An_attribute_that_is_not_there_is_not_written()
    {
        var written = CriteriaText.Write(CriteriaLanguage.GroupId, new Criterion.Present("gone (x"), CriteriaVocabulary.For(StoreKind.ActiveDirectory));

        Assert.Equal((null, "UnknownAttribute"), (written.Text, Assert.Single(written.Problems).Code));
    }

    private static CriteriaReading Read(string text) =>
        CriteriaText.Read(CriteriaLanguage.GroupId, text, CriteriaVocabulary.For(StoreKind.ActiveDirectory));
}
