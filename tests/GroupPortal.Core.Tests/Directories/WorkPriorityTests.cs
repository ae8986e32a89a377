using GroupPortal.Core.Directories;

namespace GroupPortal.Core.Tests.Directories;

public sealed class WorkPriorityTests
{
    [Fact]
    public void Whoever_says_nothing_is_waited_for() => Assert.Equal(WorkPriority.High, CurrentPriority.Value);

    [Fact]
    public async Task It_goes_along_with_the_flow_and_ends_with_its_scope()
    {
        using (CurrentPriority.Begin(WorkPriority.Low))
        {
            await Task.Yield();
            Assert.Equal(WorkPriority.Low, await Task.Run(() => CurrentPriority.Value));
            using (CurrentPriority.Begin(WorkPriority.High))
            {
                Assert.Equal(WorkPriority.High, CurrentPriority.Value);
            }

            Assert.Equal(WorkPriority.Low, CurrentPriority.Value);
        }

        Assert.Equal(WorkPriority.High, CurrentPriority.Value);
    }

    [Fact]
    public async Task What_is_begun_within_a_call_is_no_matter_to_its_caller()
    {
        await LowerAsync();

        Assert.Equal(WorkPriority.High, CurrentPriority.Value);

        static async Task LowerAsync()
        {
            CurrentPriority.Begin(WorkPriority.Low);
            await Task.Yield();
        }
    }
}
