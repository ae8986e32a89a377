using System.Text;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Core.SmartGroups.Import;
using GroupPortal.Core.Tables;

namespace GroupPortal.Core.Tests.SmartGroups;

public sealed class QueryImportTests
{
    private const string Engineering = "(department Contains \"engineering\")";
    private static readonly CriteriaVocabulary Words = CriteriaVocabulary.For(StoreKind.ActiveDirectory);

    private static ImportReading Read(string text) => QueryImport.Read(text, Words);

    private static ImportedQuery One(string text)
    {
        var reading = Read(text);
        Assert.Empty(reading.Problems);
        return Assert.Single(reading.Queries);
    }

    public static TheoryData<string> Exports =>
    [
        """{ "GroupName": "Engineers", "Criteria": "(department Contains \"engineering\")", "ObjectTypes": "6", "StartPath": { "dn": "DC=demo,DC=local", "scope": 1 } }""",
        """[{ "name": "Engineers", "IMSGCriteria": ["(department Contains \"engineering\")"], "IMSGObjectTypes": ["6"], "IMSGStartPath": [{ "Value": "DC=demo,DC=local", "Scope": "1" }] },]""",
        """{ "groups": [{ "Identity": "Engineers", "query": "(department Contains \"engineering\")", "objectTypes": [6], "startInContainerWithScopes": { "DC=demo,DC=local": 1 } }] }""",
        """
        { // as sent to the API
          "GroupName": "Engineers", "Container": "OU=Groups,DC=demo,DC=local", "AttributesCollection": { "AttributesCollection": {
          "IMSGCriteria": [{ "Action": 1, "Value": "(department Contains \"engineering\")" }],
          "IMSGObjectTypes": [{ "Action": 0, "Value": "6" }],
          "IMSGStartPath": [{ "Value": "DC=demo,DC=local", "AttributeCollection": { "Scope": "1" } }] } } }
        """,
        """{ "Name": "Engineers", "Filter": { "operator": "Contains", "attribute": "department", "value": "engineering" }, "ObjectTypes": ["Users"], "Containers": "1;DC=demo,DC=local" }""",
        "GroupName,Criteria,ObjectTypes,StartPath,Scope\nEngineers,\"(department Contains \"\"engineering\"\")\",6,\"DC=demo,DC=local\",1",
        "name;LdapFilter;object types;Start Path;scope\r\nEngineers;(department=*engineering*);Users;DC=demo,DC=local;OneLevel",
    ];

    [Theory]
    [MemberData(nameof(Exports))]
    public void A_query_is_the_same_in_whatever_form_it_comes(string text)
    {
        var query = One(text);

        Assert.Empty(query.Problems);
        Assert.True(query.IsWhole);
        Assert.Equal("Engineers", query.Group);
        Assert.Equal(new Criterion.Compare("department", CompareOperator.Contains, "engineering"), query.Reading!.Root);
        Assert.Equal([QueryObjectType.Users], query.ObjectTypes);
        Assert.Equal([new StartPath("DC=demo,DC=local", StartScope.OneLevel)], query.StartPaths);
    }

    [Theory]
    [InlineData(Engineering, CriteriaLanguage.GroupId)]
    [InlineData("department Contains \"a=b\"", CriteriaLanguage.GroupId)]
    [InlineData("(department=*engineering*)", CriteriaLanguage.Ldap)]
    [InlineData("(&(department=Sales)(!(title=*)))", CriteriaLanguage.Ldap)]
    [InlineData("(user.department -eq \"Sales\") -and (user.jobTitle -startsWith \"Senior\")", CriteriaLanguage.Entra)]
    [InlineData("user.department -eq \"a=b\"", CriteriaLanguage.Entra)]
    public void The_language_is_the_one_in_which_the_criteria_are_valid(string text, CriteriaLanguage language)
    {
        var (found, reading) = LanguageGuess.Of(text, Words);

        Assert.Equal((language, true), (found, reading.IsValid));
    }

    [Fact]
    public void Exceptions_and_owners_are_lists_however_they_are_written()
    {
        var id = Guid.NewGuid();
        var query = One($$"""
        { "Name": "A", "Criteria": "(department Present)", "Includes": ["uma", { "Value": "hal", "Reason": "night shift", "EndDate": "2026-12-31" }],
          "IMSGExcludes": [{ "Value": "", "DN": "CN=Old,DC=demo,DC=local" }, "{{id}}|2026-05-01T00:00:00Z|ada|on leave"],
          "AdditionalOwners": "ida; uma", "ManagedBy": "ada" }
        """);

        Assert.Equal([new("uma"), new("hal", "night shift", new DateTimeOffset(2026, 12, 31, 0, 0, 0, TimeSpan.Zero))], query.Include);
        Assert.Equal([new("CN=Old,DC=demo,DC=local"), new(id.ToString(), "on leave", new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero))], query.Exclude);
        Assert.Equal(["ada", "ida", "uma"], query.Owners);
    }

    [Fact]
    public void Structured_criteria_keep_their_groups()
    {
        var query = One("""
        [{ "Name": "A", "Criteria": { "operator": "AND", "attribute": null, "child": [
          { "operator": "Is Exactly", "attribute": "department", "value": "R \"and\" D", "child": [] },
          { "operator": "or", "attribute": null, "child": [
            { "operator": "Present", "attribute": "title" },
            { "operator": "Isn't", "attribute": "company", "value": "Netwrix" } ] } ] } }]
        """);

        Assert.Empty(query.Problems);
        Assert.Equal(
            new Criterion.AllOf([
                new Criterion.Compare("department", CompareOperator.Equals, "R \"and\" D"),
                new Criterion.AnyOf([new Criterion.Present("title"), new Criterion.Not(new Criterion.Compare("company", CompareOperator.Equals, "Netwrix"))])]),
            query.Reading!.Root);
    }

    [Theory]
    [InlineData("""[{ "Criteria": "(department Present)" }]""", "GroupMissing", "$[0]")]
    [InlineData("""[{ "Name": "A" }]""", "CriteriaMissing", "$[0]")]
    [InlineData("""[{ "Name": "A", "Criteria": "(department contains \"eng\"" }]""", "CriteriaBroken", "$[0].Criteria")]
    [InlineData("""[{ "Name": "A", "Criteria": "(department Present)", "LdapFilter": "(title=*)" }]""", "TwoCriteria", "$[0].Criteria")]
    [InlineData("""[{ "Name": "A", "Criteria": "(displayName=Database.[Name])" }]""", "ExternalSource", "$[0].Criteria")]
    [InlineData("""[{ "Name": "A", "Criteria": "(department Present)", "Script": "If x Then" }]""", "PartUnsupported", "$[0].Script")]
    [InlineData("""[{ "Name": "A", "Criteria": "(department Present)", "ObjectTypes": [6, 77] }]""", "ObjectTypeUnknown", "$[0].ObjectTypes[1]")]
    [InlineData("""[{ "Name": "A", "Criteria": "(department Present)", "StartPath": "nowhere" }]""", "StartPathUnknown", "$[0].StartPath")]
    [InlineData("""[{ "Name": "A", "Criteria": "(department Present)", "StartPath": "DC=a", "Scope": "7" }]""", "ScopeUnknown", "$[0].StartPath")]
    [InlineData("""[{ "Name": "A", "Criteria": "(department Present)", "Language": "klingon" }]""", "LanguageUnknown", "$[0].Language")]
    [InlineData("""[{ "Name": "A", "Criteria": { "operator": "XOR", "attribute": null, "child": [{ "operator": "Present", "attribute": "title" }, { "operator": "Present", "attribute": "mail" }] } }]""", "CriteriaGroupOperator", "$[0].Criteria")]
    [InlineData("""[{ "Name": "A", "Criteria": { "operator": "Present", "attribute": "everyone or department" } }]""", "CriteriaAttribute", "$[0].Criteria")]
    [InlineData("""[{ "Name": "A", "Criteria": { "operator": "Present", "attribute": "not" } }]""", "CriteriaAttribute", "$[0].Criteria")]
    [InlineData("""[{ "Name": "A", "Criteria": { "operator": "and", "child": [{ "operator": "Present", "attribute": "mail) or (title" }] } }]""", "CriteriaAttribute", "$[0].Criteria.child[0]")]
    [InlineData("""[{ "Name": "A", "Criteria": { "operator": "Is Exactly \"x\") or (title Contains", "attribute": "mail", "value": "a" } }]""", "CriteriaCondition", "$[0].Criteria")]
    [InlineData("""[{ "Name": "A", "Criteria": { "operator": "Present or title Is Exactly", "attribute": "mail", "value": "a" } }]""", "CriteriaCondition", "$[0].Criteria")]
    [InlineData("GroupName,Criteria\nA,(department Present),(title Present)", "MoreCells", "")]
    public void Whatever_is_in_doubt_keeps_a_query_from_being_saved(string text, string code, string path)
    {
        var query = Assert.Single(Read(text).Queries);

        var problem = Assert.Single(query.Problems, problem => problem.Code == code);
        Assert.Equal(path, problem.Place.Path);
        Assert.False(query.IsWhole);
        Assert.DoesNotContain("Import.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_whole_forest_is_the_whole_store_and_is_said()
    {
        var query = One("""{ "Name": "A", "Criteria": "(department Present)", "StartPath": ["GC=dc1.demo.local"], "Script": null, "Database": { "Table": null } }""");

        Assert.True(Assert.Single(query.Problems).IsHint);
        Assert.True(query.IsWhole);
        Assert.Empty(query.StartPaths);
    }

    [Fact]
    public void Criteria_and_the_filter_made_of_them_are_one_query() =>
        Assert.True(One("""{ "Name": "A", "Criteria": "(department Is Exactly \"Sales\")", "LdapQuery": "(department=Sales)" }""").IsWhole);

    [Fact]
    public void The_second_query_of_a_group_says_where_the_first_stands()
    {
        var queries = Read("Name,Criteria\nA,(title Present)\na,(mail Present)").Queries;

        Assert.True(queries[0].IsWhole);
        Assert.Contains("line 2", Assert.Single(queries[1].Problems, problem => problem.Code == "GroupTwice").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sales\nEngineering\nsales", new[] { "Sales", "Engineering" })]
    [InlineData("GroupName;mail\nSales;s@demo.local", new[] { "Sales" })]
    [InlineData("CN=a,OU=Groups,DC=demo,DC=local\nCN=b,OU=Groups,DC=demo,DC=local", new[] { "CN=a,OU=Groups,DC=demo,DC=local", "CN=b,OU=Groups,DC=demo,DC=local" })]
    public void A_list_without_criteria_is_a_list_of_groups(string text, string[] groups)
    {
        var reading = Read(text);

        Assert.Equal(ImportForm.Names, reading.Form);
        Assert.Equal(groups, reading.Queries.Select(query => query.Group));
    }

    [Fact]
    public void What_is_read_past_is_shown()
    {
        var reading = Read("GroupName;Colour;Criteria\nA;red;(title Present)");

        Assert.Equal(["Colour"], reading.Ignored);
        Assert.Equal(["A", "red", "(title Present)"], Assert.Single(reading.FirstRows).Cells);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \r\n ")]
    [InlineData("{")]
    [InlineData("[1, \"a\", null]")]
    [InlineData("a,b\n1,2")]
    [InlineData("[]")]
    public void What_holds_no_query_says_so(string text)
    {
        var reading = Read(text);

        Assert.Empty(reading.Queries);
        Assert.NotEmpty(reading.Problems);
        Assert.All(reading.Problems, problem => Assert.DoesNotContain("Import.", problem.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void More_queries_than_the_limit_are_not_read()
    {
        var text = new StringBuilder("Name,Criteria\n");
        for (var index = 0; index <= QueryImport.MostQueries; index++)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"G{index},(title Present)\n");
        }

        var reading = Read(text.ToString());

        Assert.Equal((QueryImport.MostQueries, 1), (reading.Queries.Count, reading.Problems.Count));
    }

    [Fact]
    public void Nothing_that_a_file_can_hold_throws()
    {
        var seeds = ((IEnumerable<object[]>)Exports).Select(row => (string)row[0]).Append("[{\"Name\":\"\\ud800\",\"\\ud800\":1,\"Criteria\":\"\\ud800\"}]").ToList();
        var parts = new[] { "{", "}", "[", "]", "\"", ",", ";", "\n", "\\", "(", ")", "=", "null", "\"child\":", "\"operator\":", "'", "\0", "é" };
        // A fixed sequence: a failure is the same one tomorrow.
        var state = 17u;
        int Next(int below) => (int)((state = (state * 1664525) + 1013904223) >> 8) % below;
        for (var round = 0; round < 3000; round++)
        {
            var text = new StringBuilder(seeds[Next(seeds.Count)]);
            for (var change = 0; change < 4; change++)
            {
                var at = Next(text.Length);
                text.Remove(at, Math.Min(Next(4), text.Length - at)).Insert(Math.Min(at, text.Length), parts[Next(parts.Length)]);
            }

            var reading = Read(text.ToString());
            Assert.All(reading.Queries, query => Assert.True(!query.IsWhole || query.Reading!.Root is not null));
        }
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"operator\":\"and\",\"child\":[", 120)) + "{}" + string.Concat(Enumerable.Repeat("]}", 120));
        Assert.False(Assert.Single(Read("[{\"Name\":\"A\",\"Criteria\":" + deep + "}]").Queries).IsWhole);
        Assert.Empty(Read(new string('[', 100_000)).Queries);
    }

    [Fact]
    public void The_encoding_of_a_file_is_told()
    {
        var reading = QueryImport.Read([0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Name;Criteria\nGröße;(title Present)")], Words);

        Assert.Equal((FileEncoding.Utf16, ';', "Größe"), (reading.Encoding, reading.Delimiter, reading.Queries[0].Group));
    }
}
