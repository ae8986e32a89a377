using GroupPortal.Application.Tasks;
using GroupPortal.Web.Api.Groups;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Tests.Api;

public sealed class TaskStatusTests
{
    [Theory]
    [InlineData(TaskOutcome.None, 8)]
    [InlineData(TaskOutcome.NoChange, 0)]
    [InlineData(TaskOutcome.Applied, 0)]
    [InlineData(TaskOutcome.Partly, 2)]
    [InlineData(TaskOutcome.Held, 4)]
    [InlineData(TaskOutcome.Rejected, 5)]
    [InlineData(TaskOutcome.Refused, 1)]
    [InlineData(TaskOutcome.Failed, 1)]
    public void What_became_of_a_task_is_a_status_of_the_wire(TaskOutcome outcome, int expected) =>
        Assert.Equal((WireStatus)expected, TaskApi.StatusOf(outcome));
}
