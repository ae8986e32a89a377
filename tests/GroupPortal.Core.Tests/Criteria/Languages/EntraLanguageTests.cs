using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Languages;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Tests;

namespace GroupPortal.Core.Tests.Criteria.Languages;

public sealed class EntraLanguageTests
{
    private static readonly CriteriaVocabulary Entra = CriteriaVocabulary.For(StoreKind.EntraId);
    private static readonly CriteriaVocabulary Ad = CriteriaVocabulary.For(StoreKind.ActiveDirectory);

    /// <summary>Refused rules of the reference, with the reason.</summary>
    private static readonly Dictionary<string, string> Refused = new(StringComparer.Ordinal)
    {
        ["(device.devicePhysicalIds -any _ -eq \"[OrderID]:179887111881\""] = "ParenthesisMissing",
        ["device.systemLabels -startsWith \"M365Managed\" SystemLabels"] = "Unexpected",
        ["(user.invalidProperty -eq \"Value\")"] = "UnknownAttribute",
        ["(user.accountEnabled -contains true)"] = "OperatorNotFor",
        ["(user.department -eq \"Sales\") (user.department -eq \"Marketing\")"] = "ConnectorMissing",
        ["(user.userPrincipalName -match \"*@domain.ext\")"] = "ValueNotPattern",
        ["(deviceOSType -eq 'Windows')"] = "EntraNoObject",
    };

    public static TheoryData<string, string> Rules()
    {
        var file = Path.Combine(Repository.Root, "tests", "GroupPortal.Core.Tests", "Criteria", "Languages", "entra-rules.tsv");
        TheoryData<string, string> rules = [];
        foreach (var cells in File.ReadAllLines(file).Skip(1).Select(line => line.Split('\t')))
        {
            rules.Add(cells[0].Replace("\\n", "\n", StringComparison.Ordinal), cells[2]);
        }

        return rules;
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_of_the_reference_is_read_or_refused_for_the_right_reason(string rule, string tag)
    {
        var reading = CriteriaText.Read(CriteriaLanguage.Entra, rule, Entra);

        if (tag.StartsWith("[INVALID", StringComparison.Ordinal) || tag.StartsWith("[NO OBJECT", StringComparison.Ordinal))
        {
            Assert.Equal([Refused[rule]], reading.Problems.Select(problem => problem.Code));
            return;
        }

        Assert.Empty(reading.Problems);
        Assert.Equal(rule.Contains("device.", StringComparison.OrdinalIgnoreCase) ? QueryObjectType.Devices : QueryObjectType.Users, reading.ObjectType);
        var written = CriteriaText.Write(CriteriaLanguage.Entra, reading.Root!, Entra);
        Assert.Null(written.Residual);
        Assert.Equal(reading.Root, CriteriaText.Read(CriteriaLanguage.Entra, written.Text!, Entra).Root);
    }

    [Theory]
    [InlineData("user.department eq 'O''Neill' or user.city –STARTSWITH\"Lag\"", "(user.department -eq \"O'Neill\") -or (user.city -startsWith \"Lag\")")]
    [InlineData("user.city -notin [\"a\",'b']", "user.city -notIn [\"a\", \"b\"]")]
    [InlineData("-not user.city -eq \"a\" -and user.mail -ne $null", "(user.city -ne \"a\") -and (user.mail -ne null)")]
    [InlineData("user.department -eq \"say `\"hi`\" or \\\"ho\\\"\"", "user.department -eq \"say `\"hi`\" or `\"ho`\"\"")]
    [InlineData("user.department -eq 'C:\\'", "user.department -eq 'C:\\'")]
    [InlineData("user.accountEnabled -ne \"False\"", "user.accountEnabled -ne false")]
    [InlineData("user.employeehiredate -le \"2020-06-10T20:13:20+02:00\"", "user.employeeHireDate -le 2020-06-10T18:13:20Z")]
    [InlineData("user.employeeHireDate -ge system.now -minus p2w", "user.employeeHireDate -ge system.now -minus P14D")]
    [InlineData("device.devicePhysicalIDs -any \\_ -eq \"x\" -or device.isRooted -eq true", "(device.devicePhysicalIds -any (_ -eq \"x\")) -or (device.isRooted -eq true)")]
    [InlineData("user.extension_c272a57b722d4eb29bfe327874ae79cb_Office -eq \"1\"", "user.extension_c272a57b722d4eb29bfe327874ae79cb_Office -eq \"1\"")]
    public void A_rule_is_written_in_the_canonical_spelling(string rule, string canonical)
    {
        var reading = CriteriaText.Read(CriteriaLanguage.Entra, rule, Entra);

        Assert.Empty(reading.Problems);
        Assert.Equal(canonical, CriteriaText.Write(CriteriaLanguage.Entra, reading.Root!, Entra).Text);
    }

    [Theory]
    [InlineData("user.departmnt -eq \"a\"", "UnknownAttribute", 0, 14, "user.department")]
    [InlineData("user.sn -eq \"a\"", "UnknownAttribute", 0, 7, "user.surname")]
    [InlineData("user.officeLocation -eq \"a\"", "UnknownAttribute", 0, 19, "user.physicalDeliveryOfficeName")]
    [InlineData("user.city -eq Sales", "ValueNotQuoted", 14, 5, "\"Sales\"")]
    [InlineData("user.city -eq “Sales”", "EntraTypographicQuotes", 14, 7, "\"Sales\"")]
    [InlineData("user.city -equals \"a\"", "UnknownOperator", 10, 7, null)]
    [InlineData("user.city -startWith \"a\"", "UnknownOperator", 10, 10, "-startsWith")]
    [InlineData("user.city -eq \"a", "QuoteMissing", 14, 2, null)]
    [InlineData("user.city -not null", "EntraNotIsNoComparison", 10, 4, "-ne")]
    [InlineData("user.city -startsWith null", "EntraNullOnly", 22, 4, null)]
    [InlineData("user.city -eq \"a\" -and device.displayName -eq \"b\"", "EntraMixedObjects", 23, 18, null)]
    [InlineData("user.city -eq \"a\")", "EntraNotOpened", 17, 1, null)]
    [InlineData("user.city -eq user.state", "EntraNoPropertyAsValue", 14, 10, null)]
    [InlineData("user.city -any (_ -eq \"a\")", "EntraNotACollection", 10, 4, null)]
    [InlineData("user.assignedPlans -any (assignedPlan.servicPlanId -eq \"a\")", "UnknownField", 25, 25, "assignedPlan.servicePlanId")]
    [InlineData("user.assignedPlans -eq \"a\"", "EntraNeedsAny", 19, 3, null)]
    [InlineData("user.city -eq \"a\" -or user.memberOf -any (group.objectId -in ['x'])", "EntraMemberOfAlone", 36, 4, null)]
    [InlineData("-not (user.memberOf -any (group.objectId -in ['x']))", "EntraMemberOfAlone", 20, 4, null)]
    [InlineData("Direct Reports for \"x\" -and user.city -eq \"a\"", "EntraDirectReportsAlone", 0, 6, null)]
    [InlineData("user.city -in []", "ValueMissing", 15, 1, null)]
    [InlineData("user.city -in [\"a\" \"b\"]", "Unexpected", 19, 3, null)]
    [InlineData("()", "ConditionMissing", 1, 1, null)]
    [InlineData("user.city -eq \"a\" -and", "ConditionMissing", 22, 0, null)]
    [InlineData("   ", "EntraEmpty", 3, 0, null)]
    [InlineData("user.city -match \"(?=a)\"", "EntraPatternTooRich", 17, 7, null)]
    [InlineData("device.department -eq \"a\"", "EntraNotOfObject", 0, 17, null)]
    [InlineData("user.employeeHireDate -ge system.now -plus 3", "EntraNotDuration", 43, 1, null)]
    public void A_fault_is_found_at_its_place_with_what_was_meant(string rule, string code, int start, int length, string? suggestion)
    {
        var reading = CriteriaText.Read(CriteriaLanguage.Entra, rule, Entra);

        var problem = Assert.Single(reading.Problems);
        Assert.Equal((code, start, length, suggestion), (problem.Code, problem.Start, problem.Length, problem.Suggestion));
        Assert.DoesNotContain("Criteria.", problem.Message, StringComparison.Ordinal);
        Assert.False(reading.IsValid);
    }

    [Fact]
    public void All_faults_are_found_at_once()
    {
        var reading = CriteriaText.Read(
            CriteriaLanguage.Entra, "(user.departmnt -eq \"a\") -and (user.city -eq Lagos) -or user.accountEnabled -match \"x\"", Entra);

        Assert.Equal(["UnknownAttribute", "ValueNotQuoted", "OperatorNotFor"], reading.Problems.Select(problem => problem.Code));
    }

    [Fact]
    public void Lists_lambdas_and_special_rules_have_their_trees()
    {
        Assert.Equal(
            new Criterion.Not(new Criterion.AnyOf([Is("city", "a"), Is("city", "b")])),
            Tree("user.city -notIn [\"a\", \"b\"]"));
        Assert.Equal(
            new Criterion.Each(Quantifier.All, "assignedPlans", new Criterion.Not(new Criterion.Present("servicePlanId"))),
            Tree("user.assignedPlans -all (assignedPlan.servicePlanId -eq null)"));
        Assert.Equal(new Criterion.AnyOf([Is("memberOf", "a"), Is("memberOf", "b")]), Tree("user.memberOf -any (group.objectId -in ['a', 'b'])"));
        Assert.Equal(Is("manager", "a"), Tree("Direct Reports for \"a\""));
        Assert.Equal(new Criterion.Present("department"), Tree("user.department -ne null"));
        Assert.Equal(Is("department", "null"), Tree("user.department -eq \"null\""));
    }

    [Theory]
    [InlineData("user.accountEnabled -eq true", true)]
    [InlineData("user.accountEnabled -eq false", false)]
    [InlineData("user.accountEnabled -ne false", true)]
    public void Enabled_is_a_flag_in_active_directory(string rule, bool isEnabled)
    {
        Criterion disabled = new Criterion.Compare("userAccountControl", CompareOperator.AllBits, "2");
        var root = CriteriaText.Read(CriteriaLanguage.Entra, rule, Ad).Root!;

        Assert.Equal(isEnabled ? new Criterion.Not(disabled) : disabled, root);
        Assert.Equal(isEnabled ? "user.accountEnabled -eq true" : "user.accountEnabled -eq false", CriteriaText.Write(CriteriaLanguage.Entra, root, Ad).Text);
    }

    [Fact]
    public void Names_are_translated_for_active_directory()
    {
        Assert.Equal(Is("title", "Clerk"), CriteriaText.Read(CriteriaLanguage.Entra, "user.jobTitle -eq \"Clerk\"", Ad).Root);
        Assert.Equal("EntraNotInStore", Assert.Single(CriteriaText.Read(CriteriaLanguage.Entra, "user.usageLocation -eq \"US\"", Ad).Problems).Code);
        Assert.Equal("user.surname", Assert.Single(CriteriaText.Read(CriteriaLanguage.Entra, "user.sn -eq \"a\"", Ad).Problems).Suggestion);
    }

    [Fact]
    public void What_a_rule_cannot_say_makes_it_wider_and_is_left_to_evaluate()
    {
        var like = new Criterion.Compare("city", CompareOperator.Like, "a*b");
        var city = Is("department", "Sales");

        var and = CriteriaText.Write(CriteriaLanguage.Entra, new Criterion.AllOf([city, like]), Entra);
        Assert.Equal(("user.department -eq \"Sales\"", (Criterion)like), (and.Text, and.Residual));
        Assert.Equal("EntraNoOperator", Assert.Single(and.Problems).Code);

        Assert.Null(CriteriaText.Write(CriteriaLanguage.Entra, new Criterion.AnyOf([city, like]), Entra).Text);
        var not = CriteriaText.Write(CriteriaLanguage.Entra, new Criterion.Not(new Criterion.AnyOf([city, like])), Entra);
        Assert.Equal("user.department -ne \"Sales\"", not.Text);
        Assert.NotNull(not.Residual);
        Assert.Null(CriteriaText.Write(CriteriaLanguage.Entra, new Criterion.Not(new Criterion.AllOf([city, like])), Entra).Text);
    }

    [Theory]
    [InlineData(QueryObjectType.Devices, "device.displayName -startsWith \"a\"")]
    [InlineData(QueryObjectType.Workstations, "device.displayName -startsWith \"a\"")]
    [InlineData(QueryObjectType.Servers, "device.displayName -startsWith \"a\"")]
    [InlineData(QueryObjectType.Users, "user.displayName -startsWith \"a\"")]
    [InlineData(QueryObjectType.MailboxUsers, "user.displayName -startsWith \"a\"")]
    [InlineData(null, "user.displayName -startsWith \"a\"")]
    public void What_users_and_devices_both_have_is_asked_of_those_the_rule_is_about(QueryObjectType? type, string expected)
    {
        var written = CriteriaText.Write(CriteriaLanguage.Entra, new Criterion.Compare("displayName", CompareOperator.StartsWith, "a"), Entra, type);

        Assert.True(written.IsExact);
        Assert.Equal(expected, written.Text);
    }

    [Fact]
    public void Everybody_is_every_device_in_a_rule_on_devices()
    {
        Assert.Equal("device.objectId -ne null", CriteriaText.Write(CriteriaLanguage.Entra, Criterion.Everyone, Entra, QueryObjectType.Devices).Text);
        Assert.Null(CriteriaText.Write(CriteriaLanguage.Entra, Is("city", "a"), Entra, QueryObjectType.Devices).Text);
        Assert.Null(CriteriaText.Write(CriteriaLanguage.Entra, Is("deviceOSType", "a"), Entra, QueryObjectType.Users).Text);
        Assert.Equal("device.deviceOSType -eq \"a\"", CriteriaText.Write(CriteriaLanguage.Entra, Is("deviceOSType", "a"), Entra).Text);
    }

    [Theory]
    [InlineData("Devices", "Devices")]
    [InlineData("Workstations Servers", "Workstations")]
    [InlineData("Users Contacts", "Users")]
    [InlineData("Users Devices", null)]
    [InlineData("", null)]
    public void Several_types_are_of_one_kind_or_of_none(string types, string? expected)
    {
        QueryObjectType[] asked = [.. types.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<QueryObjectType>)];

        Assert.Equal(expected, CriteriaText.ObjectTypeOf(asked)?.ToString());
    }

    [Fact]
    public void Too_long_a_rule_is_said_and_still_written()
    {
        var root = new Criterion.AnyOf([.. Enumerable.Range(0, 400).Select(number => Is("department", $"Department {number}"))]);

        var written = CriteriaText.Write(CriteriaLanguage.Entra, root, Entra);

        Assert.Null(written.Residual);
        Assert.Equal("EntraTooLong", Assert.Single(written.Problems).Code);
    }

    [Theory]
    [InlineData("(", "TooDeep")]
    [InlineData("-not ", "TooDeep")]
    [InlineData("[", "Unexpected")]
    [InlineData("user.city -eq ", null)]
    [InlineData(")", null)]
    [InlineData("\"", null)]
    [InlineData("user.otherMails -any (", null)]
    [InlineData("user.city -eq \"a\" -or ", "TooManyTerms")]
    public void Hostile_nesting_and_length_are_refused_calmly(string piece, string? code)
    {
        var text = string.Concat(Enumerable.Repeat(piece, CriteriaLimits.TextLength / piece.Length));

        var reading = CriteriaText.Read(CriteriaLanguage.Entra, text, Entra);

        Assert.NotEmpty(reading.Problems);
        Assert.True(code is null || reading.Problems.Any(problem => problem.Code == code));
    }

    [Fact]
    public void Fifty_levels_are_read_back()
    {
        Criterion root = Is("city", "a");
        for (var depth = 1; depth < CriteriaLimits.Depth; depth++)
        {
            root = new Criterion.AllOf([Is("state", "x"), root]);
        }

        Assert.Equal(root, Tree(CriteriaText.Write(CriteriaLanguage.Entra, root, Entra).Text!));
        Assert.Null(CriteriaText.Write(CriteriaLanguage.Entra, new Criterion.Not(root), Entra).Text);
    }

    private static Criterion.Compare Is(string attribute, string value) => new(attribute, CompareOperator.Equals, value);

    private static Criterion Tree(string rule)
    {
        var reading = CriteriaText.Read(CriteriaLanguage.Entra, rule, Entra);
        Assert.Empty(reading.Problems);
        return reading.Root!;
    }
}
