using GroupPortal.Core.Criteria;
using GroupPortal.Web.Components.Criteria;
using static GroupPortal.Core.Criteria.Criterion;

namespace GroupPortal.Web.Tests.Components.Criteria;

public sealed class CriteriaEditTests
{
    private static readonly Criterion A = Is("a");
    private static readonly Criterion B = Is("b");
    private static readonly Criterion C = Is("c");
    private static readonly Criterion D = Is("d");

    [Fact]
    public void A_single_condition_is_shown_in_a_group_and_meant_without_it()
    {
        Assert.Equal(new AllOf([A]), CriteriaEdit.Rooted(A));
        Assert.Equal(A, CriteriaEdit.Plain(CriteriaEdit.Rooted(A)));
        Assert.Equal("", CriteriaEdit.PlainPath(new AllOf([A]), "0"));
        Assert.Equal("1", CriteriaEdit.PlainPath(new AllOf([new AnyOf([A, B])]), "0.1"));
        Assert.Equal("1", CriteriaEdit.PlainPath(new AllOf([A, B]), "1"));
    }

    [Theory]
    [InlineData("", "4", "0.0 a, 0.1 b, 1.0.0 c, 1.0.1 d, 2 e, 3 new")]
    [InlineData("0", "0", "0.0 new, 0.1 a, 0.2 b, 1.0.0 c, 1.0.1 d, 2 e")]
    [InlineData("1", "1", "0.0 a, 0.1 b, 1.0.0 c, 1.0.1 new, 1.0.2 d, 2 e")]
    public void A_condition_is_added_where_it_is_wanted(string group, string place, string expected)
    {
        var edited = CriteriaEdit.Insert(Nested, group, int.Parse(place, System.Globalization.CultureInfo.InvariantCulture), Is("new"));

        Assert.Equal(expected, Leaves(edited.Tree));
        Assert.Equal(Is("new"), CriteriaEdit.Get(edited.Tree, edited.Path));
    }

    [Fact]
    public void What_is_removed_is_gone_and_the_neighbour_is_looked_at()
    {
        var edited = CriteriaEdit.Remove(Nested, "1.0.1");

        Assert.Equal("0.0 a, 0.1 b, 1.0.0 c, 2 e", Leaves(edited.Tree));
        Assert.Equal("1.0.0", edited.Path);
    }

    [Fact]
    public void A_group_goes_with_its_last_part()
    {
        var edited = CriteriaEdit.Remove(CriteriaEdit.Remove(Nested, "0.1").Tree, "0.0");

        Assert.Equal("0.0.0 c, 0.0.1 d, 1 e", Leaves(edited.Tree));
    }

    [Fact]
    public void The_root_may_be_empty_and_cannot_be_removed()
    {
        Assert.Equal(Everyone, CriteriaEdit.Remove(new AllOf([A]), "0").Tree);
        Assert.Same(Nested, CriteriaEdit.Remove(Nested, "").Tree);
    }

    [Theory]
    [InlineData("2", "0", 1, "0.0 a, 0.1 e, 0.2 b, 1.0.0 c, 1.0.1 d", "0.1")]
    [InlineData("0.0", "", 0, "0 a, 1.0 b, 2.0.0 c, 2.0.1 d, 3 e", "0")]
    [InlineData("1.0.0", "0", 2, "0.0 a, 0.1 b, 0.2 c, 1.0.0 d, 2 e", "0.2")]
    [InlineData("0", "", 3, "0.0.0 c, 0.0.1 d, 1 e, 2.0 a, 2.1 b", "2")]
    [InlineData("2", "", 0, "0 e, 1.0 a, 1.1 b, 2.0.0 c, 2.0.1 d", "0")]
    [InlineData("0", "1", 0, "0.0.0.0 a, 0.0.0.1 b, 0.0.1 c, 0.0.2 d, 1 e", "0.0.0")]
    [InlineData("2", "1", 9, "0.0 a, 0.1 b, 1.0.0 c, 1.0.1 d, 1.0.2 e", "1.0.2")]
    public void A_clause_moves_to_where_it_is_dropped(string path, string group, int place, string expected, string to)
    {
        var clause = CriteriaEdit.Get(Nested, path);

        var moved = CriteriaEdit.Move(Nested, path, group, place);

        Assert.Equal(expected, Leaves(moved.Tree));
        Assert.Equal(to, moved.Path);
        Assert.Equal(clause, CriteriaEdit.Get(moved.Tree, moved.Path));
    }

    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    public void A_group_cannot_move_into_itself(string path, string group) => Assert.Same(Nested, CriteriaEdit.Move(Nested, path, group, 0).Tree);

    [Fact]
    public void The_group_that_lost_its_last_part_to_a_move_is_gone_and_the_moved_one_is_followed()
    {
        var tree = new AllOf([new AnyOf([A]), B, C]);

        var moved = CriteriaEdit.Move(tree, "0.0", "", 3);

        Assert.Equal(new AllOf([B, C, A]), moved.Tree);
        Assert.Equal("2", moved.Path);
    }

    [Fact]
    public void A_clause_walks_down_through_the_rule_and_up_again()
    {
        var tree = new AllOf([A, new AnyOf([B, C]), D]);

        var into = CriteriaEdit.MoveIn(tree, "0");
        Assert.Equal(new AllOf([new AnyOf([A, B, C]), D]), into.Tree);
        Assert.Equal("0.0", into.Path);
        var down = CriteriaEdit.MoveDown(CriteriaEdit.MoveDown(into.Tree, into.Path).Tree, "0.1");
        Assert.Equal(new AllOf([new AnyOf([B, C, A]), D]), down.Tree);
        var past = CriteriaEdit.MoveDown(down.Tree, down.Path);
        Assert.Equal(new AllOf([new AnyOf([B, C]), A, D]), past.Tree);
        var up = CriteriaEdit.MoveUp(past.Tree, past.Path);
        Assert.Equal(new AllOf([A, new AnyOf([B, C]), D]), up.Tree);
        Assert.Same(up.Tree, CriteriaEdit.MoveUp(up.Tree, up.Path).Tree);
        Assert.Equal(new AllOf([A, new AnyOf([B]), C, D]), CriteriaEdit.MoveOut(tree, "1.1").Tree);
        Assert.Equal(new AllOf([A, new AnyOf([B, C, D])]), CriteriaEdit.MoveIn(tree, "2").Tree);
    }

    [Fact]
    public void Chosen_clauses_of_one_group_become_a_group()
    {
        var edited = CriteriaEdit.Group(new AllOf([A, B, C]), ["2", "0"], GroupMode.Any);

        Assert.Equal(new AllOf([new AnyOf([A, C]), B]), edited.Tree);
        Assert.Equal("0", edited.Path);
        Assert.False(CriteriaEdit.CanGroup(Nested, ["0.0", "2"]));
        Assert.False(CriteriaEdit.CanGroup(Nested, []));
        Assert.False(CriteriaEdit.CanGroup(Nested, [""]));
    }

    [Fact]
    public void What_is_grouped_and_ungrouped_is_as_before()
    {
        var grouped = CriteriaEdit.Group(new AllOf([A, B, C]), ["0", "1"], GroupMode.All);

        Assert.Equal(new AllOf([A, B, C]), CriteriaEdit.Ungroup(grouped.Tree, grouped.Path).Tree);
    }

    [Fact]
    public void Parts_of_none_of_come_out_negated() =>
        Assert.Equal(new AllOf([A, new Not(B), C]), CriteriaEdit.Ungroup(new AllOf([A, new Not(new AnyOf([B, new Not(C)]))]), "1").Tree);

    [Fact]
    public void None_of_is_a_negated_any_of()
    {
        var edited = CriteriaEdit.SetMode(new AllOf([new AnyOf([A, B])]), "0", GroupMode.None);

        Assert.Equal(new AllOf([new Not(new AnyOf([A, B]))]), edited.Tree);
        Assert.Equal("0.0.1", CriteriaEdit.PathOf(edited.Tree, "0", 1));
        Assert.Equal(("0", 1), CriteriaEdit.PlaceOf(edited.Tree, "0.0.1"));
    }

    [Fact]
    public void A_negated_condition_is_one_clause()
    {
        var tree = new AllOf([A, new Not(B)]);

        Assert.Equal(("", 1), CriteriaEdit.PlaceOf(tree, "1"));
        Assert.Null(CriteriaEdit.PlaceOf(tree, "1.0"));
        Assert.Equal(new AllOf([new Not(B), A]), CriteriaEdit.MoveUp(tree, "1").Tree);
    }

    [Fact]
    public void What_the_builder_cannot_show_is_moved_and_never_lost()
    {
        Criterion plans = new Each(Quantifier.Any, "assignedPlans", new AllOf([Is("x"), Is("y")]));
        Criterion chain = new Chain("manager", "CN=Ada", 3);
        Criterion both = new Not(new Not(chain));
        var tree = new AllOf([A, plans, both, chain]);

        var moved = CriteriaEdit.Move(CriteriaEdit.Group(tree, ["1", "3"], GroupMode.Any).Tree, "1.0", "", 0).Tree;

        Assert.Equal(new AllOf([plans, A, new AnyOf([chain]), both]), moved);
        Assert.Equal(3, CriteriaEdit.Duplicate(moved, "0").Tree.Children.Count(part => part.Equals(plans) || part.Equals(both)));
    }

    [Fact]
    public void Values_that_are_still_empty_are_found()
    {
        var tree = new AllOf([A, new Not(new Compare("title", CompareOperator.Equals, "")), new AnyOf([new Present("mail"), new Chain("manager", "", null)])]);

        Assert.Equal(["1.0", "2.1"], CriteriaEdit.Unfinished(tree));
    }

    [Fact]
    public void Groups_of_one_mean_their_part()
    {
        Assert.True(CriteriaEdit.MeanTheSame(new AllOf([new AnyOf([A])]), A));
        Assert.False(CriteriaEdit.MeanTheSame(new AllOf([A, B]), new AnyOf([A, B])));
        Assert.False(CriteriaEdit.MeanTheSame(Everyone, Nobody));
    }

    [Fact]
    public void The_limits_of_rules_are_counted()
    {
        Assert.Equal(5, CriteriaEdit.Terms(Nested));
        Assert.Equal(4, CriteriaEdit.Depth(Nested));
        Assert.False(CriteriaEdit.IsWithinLimits(new AllOf([.. Enumerable.Repeat(A, CriteriaLimits.Terms + 1)])));
    }

    // Every move of every clause to every place keeps all leaves, whatever the tree.
    [Fact]
    public void No_move_loses_or_doubles_anything()
    {
        var before = Values(Nested).Order(StringComparer.Ordinal).ToList();
        var moves = 0;
        foreach (var path in Paths(Nested))
        {
            foreach (var group in Paths(Nested).Append("").Where(one => GroupModes.IsGroup(CriteriaEdit.Get(Nested, one))))
            {
                for (var place = 0; place <= GroupModes.PartsOf(CriteriaEdit.Get(Nested, group)).Count; place++)
                {
                    var clause = CriteriaEdit.Get(Nested, path);
                    var moved = CriteriaEdit.Move(Nested, path, group, place);
                    Assert.Equal(before, Values(moved.Tree).Order(StringComparer.Ordinal));
                    Assert.Equal(clause, CriteriaEdit.Get(moved.Tree, moved.Path));
                    moves++;
                }
            }
        }

        Assert.True(moves > 50);
    }

    private static Criterion Nested { get; } = new AllOf([new AnyOf([A, B]), new Not(new AnyOf([C, D])), Is("e")]);

    private static Criterion Is(string value) => new Compare("department", CompareOperator.Equals, value);

    private static IEnumerable<string> Paths(Criterion tree, string path = "") =>
        GroupModes.PartsOf(CriteriaEdit.Get(tree, path)).SelectMany((_, place) =>
        {
            var part = CriteriaEdit.PathOf(tree, path, place);
            return Paths(tree, part).Prepend(part);
        });

    private static IEnumerable<string> Values(Criterion tree) => tree is Compare compare ? [compare.Value] : tree.Children.SelectMany(Values);

    private static string Leaves(Criterion tree, string path = "") => tree is Compare compare
        ? $"{path} {compare.Value}"
        : string.Join(", ", tree.Children.Select((child, place) => Leaves(child, CriteriaPath.Join(path, place))));
}
