using Bunit;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Criteria.Lint;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Plans;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Web.Api;
using GroupPortal.Web.Components.Criteria;
using GroupPortal.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using static GroupPortal.Core.Criteria.Criterion;

namespace GroupPortal.Web.Tests.Components.Criteria;

public sealed class RuleWorkbenchTests : PortalComponentTests
{
    private readonly FakeRules _rules = new();
    private readonly RuleExports _exports = new();
    private RuleDraft _draft = null!;

    public RuleWorkbenchTests(SampleStores stores)
        : base(stores)
    {
        Services.AddSingleton(_exports);
        JSInterop.SetupModule("./assets/js/criteria.js").Mode = JSRuntimeMode.Loose;
    }

    [Fact]
    public async Task What_is_typed_is_seen_as_an_effect_with_numbers_on_the_clauses()
    {
        var bench = Bench(new AllOf([Department("Sales"), Department("x")]));
        bench.WaitForAssertion(() => Assert.Equal("3", bench.Find(".count-all .effect-number").TextContent));

        _rules.Answer = query => new PreviewAnswer.Ok(FakeRules.Effect(12, query));
        await bench.FindAll(".clause-value input")[1].InputAsync("xy");

        bench.WaitForAssertion(() => Assert.Equal("12", bench.Find(".count-all .effect-number").TextContent));
        Assert.Equal(new AllOf([Department("Sales"), Department("xy")]), _rules.Asked[^1].Query.Rule.Criteria);
        Assert.Equal(["1,000", "1,001", "1,001"], bench.FindAll(".clause-count").Select(mark => mark.FirstChild!.TextContent));
        Assert.Contains("Person 0", bench.Find(".list-row").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Members_and_exceptions_of_whom_nothing_is_known_are_noted_with_their_numbers()
    {
        _rules.Answer = query => new PreviewAnswer.Ok(FakeRules.Effect(3, query) is var effect
            ? effect with { Counts = effect.Counts with { Unknown = 1200 }, UnknownExceptions = [Guid.NewGuid()] }
            : null!);

        var bench = Bench(new AllOf([Department("Sales")]));

        bench.WaitForAssertion(() => Assert.Equal(
            ["1,200 members are unknown here. An update asks the directory about them; whom it cannot read stays.", "1 exception is for an object that is unknown here."],
            bench.FindAll(".note.warning").Select(note => note.TextContent.Trim())));
    }

    [Fact]
    public async Task An_unfinished_condition_leaves_the_effect_of_the_last_complete_rule()
    {
        var bench = Bench(new AllOf([Department("Sales")]));
        bench.WaitForElement(".effect-counts");
        var asked = _rules.Asked.Count;

        await bench.Find(".group-add button").ClickAsync();

        bench.WaitForAssertion(() => Assert.Contains("last complete rule", bench.Find(".effect-last").TextContent, StringComparison.Ordinal));
        Assert.Equal("3", bench.Find(".count-all .effect-number").TextContent);
        Assert.All(_rules.Asked.Skip(asked), one => Assert.Equal(Department("Sales"), one.Query.Rule.Criteria));
    }

    [Fact]
    public async Task Broken_text_is_marked_in_place_with_its_reason_and_the_last_effect_stays()
    {
        var bench = Bench(new AllOf([Department("Sales")]));
        bench.WaitForElement(".effect-counts");
        await Tab(bench, "LDAP").ClickAsync();
        Assert.Equal("(department=Sales)", bench.Find("textarea").GetAttribute("value"));

        await bench.Find("textarea").InputAsync("(departmnt=Sales)");

        bench.WaitForAssertion(() => Assert.Equal("departmnt", bench.Find(".pane-marks mark").TextContent));
        Assert.Equal("true", bench.Find("textarea").GetAttribute("aria-invalid"));
        Assert.Equal(bench.Find(".pane-notes").Id, bench.Find("textarea").GetAttribute("aria-describedby"));
        bench.WaitForAssertion(() => Assert.Contains("last one that could", bench.Find(".effect-last").TextContent, StringComparison.Ordinal));

        await bench.FindAll(".pane-problems button").Single(button => button.TextContent == "Use department").ClickAsync();

        Assert.Equal("(department=Sales)", bench.Find("textarea").GetAttribute("value"));
        bench.WaitForAssertion(() => Assert.Empty(bench.FindAll(".effect-last")));
    }

    [Fact]
    public async Task A_pasted_rule_of_another_language_opens_in_its_own_tab()
    {
        var bench = Bench(Everyone);
        await Tab(bench, "GroupID").ClickAsync();
        await bench.Find("textarea").PasteAsync(new Microsoft.AspNetCore.Components.Web.ClipboardEventArgs());
        await bench.Find("textarea").InputAsync("(&(department=Sales)(title=x*))");

        Assert.Equal("true", Tab(bench, "LDAP").GetAttribute("aria-selected"));
        await Tab(bench, "Builder").ClickAsync();
        Assert.Equal(2, bench.FindAll(".clause").Count);
    }

    [Fact]
    public async Task Numbers_are_doors_and_lists_are_sorted_searched_and_have_the_columns_chosen()
    {
        var bench = Bench(new AllOf([Department("Sales")]), Guid.NewGuid());
        bench.WaitForElement(".list-row");
        Assert.Equal(["join", "leave", "stay", "members then", "excepted"], bench.FindAll(".effect-word").Select(word => word.TextContent));
        Assert.Equal(["+3", "−2", "=410", "3", "1"], bench.FindAll(".effect-number").Select(word => word.TextContent));
        Assert.Equal(PreviewShow.Joining, _rules.Asked[^1].Query.Show);

        await bench.Find(".count-leaving").ClickAsync();
        bench.WaitForAssertion(() => Assert.Equal(PreviewShow.Leaving, _rules.Asked[^1].Query.Show));
        await bench.FindAll(".list-frame th button")[1].ClickAsync();
        bench.WaitForAssertion(() => Assert.Equal(("title", false), (_rules.Asked[^1].Query.SortBy, _rules.Asked[^1].Query.IsDescending)));
        await bench.FindAll(".list-frame th button")[1].ClickAsync();
        bench.WaitForAssertion(() => Assert.Equal("descending", bench.FindAll(".list-frame th")[1].GetAttribute("aria-sort")));
        await bench.FindAll(".list-choices label").Single(label => label.TextContent == "City").QuerySelector("input")!.ChangeAsync(true);
        bench.WaitForAssertion(() => Assert.Equal("l", _rules.Asked[^1].Query.Attributes[^1]));
        await bench.Find("#bench-effect-list-search").InputAsync("per");
        bench.WaitForAssertion(() => Assert.Equal("per", _rules.Asked[^1].Query.Search));
    }

    [Fact]
    public void A_long_list_is_read_in_pieces_where_it_is_looked_at()
    {
        _rules.Answer = query => new PreviewAnswer.Ok(FakeRules.Effect(5000, query));
        var bench = Bench(new AllOf([Department("Sales")]));

        bench.WaitForAssertion(() => Assert.Contains("5,000 people", bench.Find(".list-found").TextContent, StringComparison.Ordinal));
        Assert.All(_rules.Asked, one => Assert.InRange(one.Query.Take, 1, 200));
        Assert.True(bench.FindAll(".list-row").Count < 1000);
    }

    [Fact]
    public async Task Why_unfolds_the_rule_with_the_persons_own_values_and_what_if()
    {
        _rules.Why = (id, changed) =>
        {
            var own = changed.TryGetValue("department", out var other) ? other : ["Sales"];
            var holds = own.Contains("Sales");
            return new Explanation(id, "Person 0", holds, true, null, null, new ClauseVerdict("", "", holds,
                null, [new ClauseVerdict("0", "", holds, own, []), new ClauseVerdict("1", "", true, null, [new ClauseVerdict("1.0", "", false, [], [])])]));
        };
        var bench = Bench(new AllOf([Department("Sales"), new Not(new Compare("title", CompareOperator.Contains, "x"))]));
        bench.WaitForElement(".list-row");
        await bench.Find("[aria-label='Why Person 0']").ClickAsync();

        bench.WaitForAssertion(() => Assert.Contains("Person 0 is in", bench.Find(".why-verdict").TextContent, StringComparison.Ordinal));
        var clauses = bench.FindAll(".why-clause .why-text").Select(clause => string.Join(' ', clause.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal(["All of", "Department is exactly Sales has Sales", "Title does not contain x has no value"], clauses);

        await bench.Find("#bench-effect-why-department").InputAsync("Finance");
        bench.WaitForAssertion(() => Assert.Contains("Person 0 is out", bench.Find(".why-verdict").TextContent, StringComparison.Ordinal));
        Assert.Equal(["Finance"], _rules.WhatIfs[^1]["department"]);
        await bench.FindAll(".why-if button").Single(button => button.TextContent.Contains("Own values", StringComparison.Ordinal)).ClickAsync();
        bench.WaitForAssertion(() => Assert.Contains("Person 0 is in", bench.Find(".why-verdict").TextContent, StringComparison.Ordinal));
        Assert.Empty(_rules.WhatIfs[^1]);
    }

    [Fact]
    public async Task A_finding_is_mended_by_its_button_and_the_guard_says_what_it_would_hold()
    {
        _rules.Answer = query => new PreviewAnswer.Ok(FakeRules.Effect(3, query) with
        {
            Lint = query.Rule.Criteria is Not ? [] : [new LintFinding("AlwaysTrue", LintLevel.Warning, "") { Fixed = new Not(Department("Sales")) }],
            Guard = new GuardVerdict(["Removes"], 3, 40, 100),
        });
        var bench = Bench(new AllOf([Department("Sales")]), Guid.NewGuid());
        bench.WaitForAssertion(() => Assert.Contains("remove many members", bench.Find(".notes .held").TextContent, StringComparison.Ordinal));
        Assert.Contains("43", bench.Find(".notes .held").TextContent, StringComparison.Ordinal);

        await bench.Find(".notes .warning button").ClickAsync();

        bench.WaitForAssertion(() => Assert.Equal(new Not(Department("Sales")), _rules.Asked[^1].Query.Rule.Criteria));
        bench.WaitForAssertion(() => Assert.Empty(bench.FindAll(".notes .warning")));
    }

    [Fact]
    public async Task Kinds_places_and_exceptions_are_part_of_the_rule()
    {
        var uma = Assert.Single(Found(await Stores.Ad.FindAsync(new ObjectQuery("uma", [ObjectKind.User]), CancellationToken.None)), one => one.AccountName == "uma");
        var bench = Bench(new AllOf([Department("Sales")]));
        bench.WaitForElement(".effect-counts");

        await bench.FindAll(".scope-kind").Single(kind => kind.TextContent == "Contacts").QuerySelector("input")!.ChangeAsync(true);
        await bench.Find(".scope-add").ClickAsync();
        await bench.Find(".scope-path select").ChangeAsync("OneLevel");
        await bench.Find("#bench-scope-include-pick").InputAsync("uma");
        bench.WaitForElement("#bench-scope-include-pick-list [role=option]");
        await bench.Find("#bench-scope-include-pick-list [role=option]").ClickAsync();
        await bench.Find("[aria-label='Reason for Uma Devi']").ChangeAsync("Deputy");
        await bench.Find("[aria-label='Last day for Uma Devi']").ChangeAsync("2026-03-31");

        bench.WaitForAssertion(() =>
        {
            var rule = _rules.Asked[^1].Query.Rule;
            Assert.Equal([QueryObjectType.Users, QueryObjectType.Contacts], rule.ObjectTypes);
            Assert.Equal([new StartPath("DC=demo,DC=local", StartScope.OneLevel)], rule.StartPaths);
            Assert.Equal([new MembershipException(uma.Id, "Deputy", new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), "ada")], rule.Include);
        });
        Assert.Equal("2026-03-31", bench.Find("[aria-label='Last day for Uma Devi']").GetAttribute("value"));
    }

    [Fact]
    public void The_link_takes_the_list_along_as_it_is_seen()
    {
        var bench = Bench(new AllOf([Department("Sales")]));
        bench.WaitForElement(".effect-tools a");
        var id = Guid.Parse(bench.Find(".effect-tools a").GetAttribute("href")!.Split('/', '.')[3]);

        bench.WaitForAssertion(() => Assert.True(_exports.TryGet(id, out _)));
        Assert.True(_exports.TryGet(id, out var export));
        Assert.Equal(("ada", 2), (export.Account, export.StoreId));
        Assert.Equal(_rules.Asked[^1].Query, export.Query);
    }

    [Fact]
    public void The_first_reading_of_the_data_shows_how_far_it_is()
    {
        _rules.Answer = _ => new PreviewAnswer.Loading(25_000);
        Clock.HoldsDelays = true;
        var bench = Bench(Everyone);

        bench.WaitForAssertion(() => Assert.Contains("25,000", bench.Find(".effect-loading").TextContent, StringComparison.Ordinal));
    }

    private static AngleSharp.Dom.IElement Tab(IRenderedComponent<RuleWorkbench> bench, string name) =>
        bench.FindAll("[role=tab]").Single(tab => tab.TextContent.Trim() == name);

    private static Criterion Department(string value) => new Compare("department", CompareOperator.Equals, value);

    private IRenderedComponent<RuleWorkbench> Bench(Criterion root, Guid? group = null)
    {
        _draft = new RuleDraft(Stores.Ad.Vocabulary);
        _draft.Edit(root);
        return Render<RuleWorkbench>(parameters => parameters
            .Add(one => one.Store, Stores.Ad.Store).Add(one => one.Draft, _draft).Add(one => one.Source, _rules.Source).Add(one => one.Group, group));
    }
}
