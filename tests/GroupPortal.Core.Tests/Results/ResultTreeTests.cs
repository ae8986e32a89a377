using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Core.Tests.Results;

public sealed class ResultTreeTests
{
    [Theory]
    [InlineData("", StepStatus.NoChange)]
    [InlineData("Done", StepStatus.Done)]
    [InlineData("Done NoChange", StepStatus.Done)]
    [InlineData("NoChange NoChange", StepStatus.NoChange)]
    [InlineData("Done Failed", StepStatus.Partly)]
    [InlineData("NoChange Failed", StepStatus.Partly)]
    [InlineData("Failed Failed", StepStatus.Failed)]
    [InlineData("Failed NotAttempted", StepStatus.Failed)]
    [InlineData("NotAttempted", StepStatus.NotAttempted)]
    [InlineData("Done Unknown Failed", StepStatus.Unknown)]
    [InlineData("Planned NoChange", StepStatus.Planned)]
    [InlineData("Planned Done", StepStatus.Planned)]
    [InlineData("Waiting Done", StepStatus.Waiting)]
    [InlineData("Planned Failed", StepStatus.Partly)]
    [InlineData("Cancelled Done", StepStatus.Partly)]
    public void A_parent_follows_from_its_children(string children, StepStatus expected)
    {
        var statuses = children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Enum.Parse<StepStatus>);

        Assert.Equal(expected, ResultTree.StatusOf(statuses));
    }

    [Fact]
    public void Rows_fold_into_one_node_per_attribute_and_one_child_per_member()
    {
        var one = new StepTarget(Guid.NewGuid(), ObjectKind.User, "Ana Novak", "CN=Ana");
        var other = new StepTarget(Guid.NewGuid(), ObjectKind.User, "Ben Ito", "CN=Ben");
        PlanRow[] rows =
        [
            new(new PlanStep(0, PlanAction.Create, "", [], ["CN=x"]), StepOutcome.Done(0)),
            new(new PlanStep(1, PlanAction.Set, "description", [], ["text"]), StepOutcome.Done(1)),
            new(new PlanStep(2, PlanAction.Add, "members", [], [one.Label]) { Target = one }, StepOutcome.Done(2)),
            new(new PlanStep(3, PlanAction.Add, "members", [], [other.Label]) { Target = other }, StepOutcome.Failed(3, new DirectoryError.NotFound())),
        ];

        var tree = ResultTree.Fold("id", "DemoGroup", rows);

        Assert.Equal(StepStatus.Partly, tree.Status);
        Assert.Equal(["description", "members"], tree.Children.Select(child => child.Name));
        Assert.Equal(StepStatus.Partly, tree.Children[1].Status);
        Assert.Equal([one.Id.ToString(), other.Id.ToString()], tree.Children[1].Children.Select(child => child.Name));
        Assert.Equal(1, tree.Counts[StepStatus.Failed]);
    }

    [Fact]
    public void A_line_with_a_problem_has_failed_before_anything_was_sent()
    {
        var row = new PlanRow(new PlanStep(0, PlanAction.Set, "company", [], ["x"])
        {
            Problem = new Problem("company", "UnknownAttribute", ProblemScope.Line, "company", "demo.local"),
        });

        Assert.Equal(StepStatus.Failed, row.Status);
        Assert.Contains("company", row.Message, StringComparison.Ordinal);
    }
}
