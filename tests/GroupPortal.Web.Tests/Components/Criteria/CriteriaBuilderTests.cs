using Bunit;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Components.Criteria;
using GroupPortal.Web.Tests.Support;
using static GroupPortal.Core.Criteria.Criterion;

namespace GroupPortal.Web.Tests.Components.Criteria;

public sealed class CriteriaBuilderTests : PortalComponentTests
{
    private readonly FakeRules _rules = new();
    private Criterion _root = new AllOf([Department("Sales"), new Not(new AnyOf([Office("Graz"), new Not(Office("Wien"))]))]);
    private IRenderedComponent<CriteriaBuilder>? _builder;
    private string? _key;

    public CriteriaBuilderTests(SampleStores stores)
        : base(stores) => JSInterop.SetupModule("./assets/js/criteria.js").Mode = JSRuntimeMode.Loose;

    [Fact]
    public void A_rule_is_shown_as_nested_groups_with_their_conditions()
    {
        var builder = Builder();

        Assert.Equal(["All of 2 clauses", "None of 2 clauses"], builder.FindAll(".group").Select(group => group.GetAttribute("aria-label")));
        Assert.Equal(["Department", "Office", "Office"], builder.FindAll(".clause-attribute input").Select(input => input.GetAttribute("value")));
        Assert.Equal(["Equals", "Equals", "NotEquals"], builder.FindAll(".clause-how").Select(how => how.GetAttribute("value")));
    }

    [Fact]
    public void Each_clause_has_its_number_at_its_own_path()
    {
        var builder = Builder([new ClauseCount("", "", 43), new ClauseCount("0", "", 1204), new ClauseCount("1", "", 5), new ClauseCount("1.0.1", "", 89)]);

        Assert.Equal(["43", "1,204", "5", "–", "89"], builder.FindAll(".clause-count").Select(mark => mark.FirstChild!.TextContent));
    }

    [Fact]
    public void The_number_of_a_rule_of_one_condition_stands_at_the_condition()
    {
        _root = new AllOf([Department("Sales")]);
        var builder = Builder([new ClauseCount("", "", 77)]);

        Assert.Equal("77", builder.Find(".clause .clause-count").FirstChild!.TextContent);
    }

    [Fact]
    public void The_numbers_follow_the_effect_while_the_rule_stays()
    {
        var builder = Builder([new ClauseCount("", "", 43), new ClauseCount("0", "", 1204)]);

        builder.Render(again => again.Add(one => one.Counts, [new ClauseCount("", "", 7), new ClauseCount("0", "", 9)]).Add(one => one.CountsAreStale, true));

        Assert.Equal(["7", "9"], builder.FindAll(".clause-count:not(.none)").Select(mark => mark.FirstChild!.TextContent));
        Assert.All(builder.FindAll(".clause-count:not(.none)"), mark => Assert.Contains("stale", mark.ClassList));
    }

    [Fact]
    public async Task A_condition_that_is_added_gets_the_focus_however_late_the_answer_comes()
    {
        var builder = Builder();

        await builder.Find(".group-add button").ClickAsync();

        builder.WaitForAssertion(() => Assert.Contains(JSInterop.Invocations, call => call.Identifier == "focusClause" && Equals(call.Arguments[1], "1.0.2")));
    }

    [Fact]
    public void Conditions_that_fit_the_attribute_are_offered()
    {
        _root = new AllOf([new Compare("userAccountControl", CompareOperator.AllBits, "2"), Department("x")]);
        var builder = Builder();

        var flags = builder.FindAll(".clause-how")[0].Children.Select(option => option.TextContent).ToList();
        Assert.Contains("has any of the flags", flags);
        Assert.DoesNotContain("contains", flags);
        Assert.Contains("contains", builder.FindAll(".clause-how")[1].Children.Select(option => option.TextContent));
    }

    [Fact]
    public async Task A_condition_is_written_from_attribute_condition_and_value()
    {
        _root = Everyone;
        var builder = Builder();

        await builder.Find(".group-add button").ClickAsync();
        Assert.Equal(new AllOf([Department("")]), _root);
        await builder.Find(".clause-attribute input").InputAsync("tit");
        builder.WaitForElement(".clause-attribute [role=option]");
        await builder.Find(".clause-attribute input").KeyDownAsync("Enter");
        await builder.Find(".clause-how").ChangeAsync("NotStartsWith");
        await builder.Find(".clause-value input").InputAsync("senior");

        Assert.Equal(new AllOf([new Not(new Compare("title", CompareOperator.StartsWith, "senior"))]), _root);
        Assert.Equal("value 0", _key);
    }

    [Fact]
    public async Task Values_are_suggested_with_how_many_have_them()
    {
        var builder = Builder();
        await builder.Find(".clause-value input").InputAsync("eng");

        builder.WaitForAssertion(() => Assert.Equal(
            ["Engineering 1,204", "Engineering Services 12"],
            builder.FindAll(".clause-value [role=option]").Select(option => string.Join(' ', option.Children.Select(part => part.TextContent)))));
        await builder.FindAll(".clause-value [role=option]")[1].ClickAsync();

        Assert.Equal(Department("Engineering Services"), _root.Children[0]);
    }

    [Theory]
    [InlineData("ArrowDown", "None of 3 clauses")]
    [InlineData("ArrowRight", "None of 3 clauses")]
    public async Task The_keyboard_moves_a_clause(string key, string group)
    {
        var builder = Builder();
        await builder.Find(".clause").KeyDownAsync(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = key, AltKey = true });

        if (key == "ArrowRight")
        {
            Assert.Equal(group, builder.FindAll(".group")[1].GetAttribute("aria-label"));
        }
        else
        {
            Assert.Equal(Department("Sales"), _root.Children[1]);
        }

        Assert.StartsWith("Moved to place", builder.FindAll("[role=status]")[^1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_arrow_without_Alt_moves_nothing()
    {
        var before = _root;
        var builder = Builder();
        await builder.Find(".clause").KeyDownAsync("ArrowDown");

        Assert.Same(before, _root);
    }

    [Fact]
    public async Task A_dropped_clause_moves_and_an_outdated_drop_does_nothing()
    {
        var builder = Builder();
        await builder.InvokeAsync(() => builder.Instance.DropAsync("0", "1", 1));
        Assert.Equal(new AllOf([new Not(new AnyOf([Office("Graz"), Department("Sales"), new Not(Office("Wien"))]))]), _root);

        var before = _root;
        await builder.InvokeAsync(() => builder.Instance.DropAsync("7", "0", 0));
        await builder.InvokeAsync(() => builder.Instance.DropAsync("0", "0.0.1", 0));
        Assert.Same(before, _root);
    }

    [Fact]
    public async Task Chosen_clauses_are_grouped_and_ungrouped()
    {
        _root = new AllOf([Department("a"), Department("b"), Department("c")]);
        var builder = Builder();
        await builder.FindAll(".clause-select")[0].ChangeAsync(true);
        await builder.FindAll(".clause-select")[2].ChangeAsync(true);
        await builder.FindAll(".builder-bar button").Single(button => button.TextContent == "Group: any of").ClickAsync();
        Assert.Equal(new AllOf([new AnyOf([Department("a"), Department("c")]), Department("b")]), _root);

        await builder.Find("[aria-label^='Ungroup']").ClickAsync();
        Assert.Equal(new AllOf([Department("a"), Department("c"), Department("b")]), _root);
    }

    [Fact]
    public async Task Chosen_clauses_are_removed_together_also_one_inside_another()
    {
        _root = new AllOf([Department("a"), new AnyOf([Department("b"), Department("c")]), Department("d")]);
        var builder = Builder();
        foreach (var label in new[] { "Select: Department is exactly a", "Select: Any of 2 clauses", "Select: Department is exactly b" })
        {
            await builder.Find($"[aria-label='{label}']").ChangeAsync(true);
        }

        await builder.FindAll(".builder-bar button").Single(button => button.TextContent.Trim() == "Remove").ClickAsync();

        Assert.Equal(new AllOf([Department("d")]), _root);
    }

    [Fact]
    public void What_has_no_fields_is_shown_as_text_and_stays()
    {
        _root = new AllOf([new Chain("manager", "CN=Ada,DC=demo,DC=local", 2), Department("x")]);
        var builder = Builder();

        Assert.Contains("CN=Ada", builder.Find(".clause-text").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, builder.FindAll(".clause").Count);
    }

    [Fact]
    public async Task Flags_are_named_boxes_and_a_number()
    {
        _root = new AllOf([new Compare("userAccountControl", CompareOperator.AllBits, "2")]);
        var builder = Builder();
        Assert.Equal("Account is disabled", builder.Find(".flags summary").TextContent);

        await builder.FindAll(".flag").Single(flag => flag.TextContent == "Password never expires").QuerySelector("input")!.ChangeAsync(true);

        Assert.Equal(new AllOf([new Compare("userAccountControl", CompareOperator.AllBits, "65538")]), _root);
    }

    [Fact]
    public async Task A_time_is_a_day_or_so_many_days_ago()
    {
        _root = new AllOf([new Compare("whenCreated", CompareOperator.AtLeast, "2026-03-01T00:00:00Z")]);
        var builder = Builder();
        Assert.Equal("2026-03-01", builder.Find(".time input").GetAttribute("value"));

        await builder.Find(".time select").ChangeAsync("DaysAgo");
        Assert.Equal(new AllOf([new Compare("whenCreated", CompareOperator.AtLeast, "now-P30D")]), _root);
        await builder.Find(".time input").InputAsync("90");
        Assert.Equal(new AllOf([new Compare("whenCreated", CompareOperator.AtLeast, "now-P90D")]), _root);
    }

    [Fact]
    public async Task A_reference_is_picked_and_shown_by_name()
    {
        var uma = Assert.Single(Found(await Stores.Ad.FindAsync(new ObjectQuery("uma", [ObjectKind.User]), CancellationToken.None)), one => one.AccountName == "uma");
        _root = new AllOf([new Compare("manager", CompareOperator.Equals, uma.Dn)]);
        var builder = Builder();
        builder.WaitForAssertion(() => Assert.Contains("Uma Devi", builder.Find(".picker-single").TextContent, StringComparison.Ordinal));

        await builder.Find(".picker-single button").ClickAsync();
        Assert.Equal(new AllOf([new Compare("manager", CompareOperator.Equals, "")]), _root);
        await builder.Find(".reference [role=combobox]").InputAsync("uma");
        builder.WaitForElement(".reference [role=option]");
        await builder.Find(".reference [role=option]").ClickAsync();

        builder.WaitForAssertion(() => Assert.Equal(new AllOf([new Compare("manager", CompareOperator.Equals, uma.Dn)]), _root));
    }

    [Fact]
    public async Task A_rule_that_would_be_too_large_is_refused_in_words()
    {
        _root = new AllOf([.. Enumerable.Range(0, CriteriaLimits.Terms).Select(_ => new Present("mail"))]);
        var draft = new RuleDraft(Stores.Ad.Vocabulary);
        Assert.True(draft.Edit(_root));
        Assert.False(draft.Edit(new AllOf([.. _root.Children, Department("one more")])));
        _root = new AllOf([Department("a")]);
        var builder = Render<CriteriaBuilder>(parameters => parameters
            .Add(one => one.Store, Stores.Ad.Store).Add(one => one.Vocabulary, Stores.Ad.Vocabulary).Add(one => one.Root, _root)
            .Add(one => one.OnEdit, (_, _) => Task.FromResult(false)));

        await builder.Find(".group-add button").ClickAsync();

        Assert.Contains("at most 500 conditions", builder.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Undo_and_redo_answer_their_keys()
    {
        var (undone, redone) = (0, 0);
        var builder = Render<CriteriaBuilder>(parameters => parameters
            .Add(one => one.Store, Stores.Ad.Store).Add(one => one.Vocabulary, Stores.Ad.Vocabulary).Add(one => one.Root, _root)
            .Add(one => one.OnEdit, (_, _) => Task.FromResult(true)).Add(one => one.CanUndo, true).Add(one => one.CanRedo, true)
            .Add(one => one.OnUndo, () => undone++).Add(one => one.OnRedo, () => redone++));

        await builder.Find(".builder").KeyDownAsync(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = "z", CtrlKey = true });
        await builder.Find(".builder").KeyDownAsync(new Microsoft.AspNetCore.Components.Web.KeyboardEventArgs { Key = "y", CtrlKey = true });

        Assert.Equal((1, 1), (undone, redone));
    }

    private static Criterion Department(string value) => new Compare("department", CompareOperator.Equals, value);

    private static Criterion Office(string value) => new Compare("physicalDeliveryOfficeName", CompareOperator.Equals, value);

    private IRenderedComponent<CriteriaBuilder> Builder(IReadOnlyList<ClauseCount>? counts = null) => _builder = Render<CriteriaBuilder>(parameters => parameters
        .Add(one => one.Store, Stores.Ad.Store)
        .Add(one => one.Vocabulary, Stores.Ad.Vocabulary)
        .Add(one => one.Root, _root)
        .Add(one => one.Counts, counts)
        .Add(one => one.Suggest, _rules.Source.Suggest)
        .Add(one => one.OnEdit, (tree, key) =>
        {
            (_root, _key) = (tree, key);
            _builder!.Render(again => again.Add(one => one.Root, tree));
            return Task.FromResult(true);
        }));
}
