using GroupPortal.Application.Groups;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>A rule that changes between an evaluation and its writes: nobody comes or goes by the old one.</summary>
public sealed class RuleChangeTests
{
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task What_was_evaluated_by_the_old_rule_is_evaluated_anew_before_it_is_claimed(string after)
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, people) = await FilledAsync(portal);
        portal.Evaluator.Matching.RemoveAt(0);
        OnceAt(portal, RunnerProbe.TaskPlanned, () =>
        {
            portal.Evaluator.Matching.Clear();
            portal.Evaluator.Matching.AddRange(people);
            portal.DoAsync(Change(id, after)).GetAwaiter().GetResult();
        });

        var task = await portal.UpdateAsync(id);

        Assert.Equal(after == "1" ? TaskOutcome.Refused : TaskOutcome.NoChange, task.Outcome);
        Assert.Equal(12, (await portal.MembersAsync(id)).Count);
        Assert.DoesNotContain(portal.Store.Written, write => write is DirectoryWrite.ChangeMembers);
    }

    /// <summary>The change of the rule is on its way when the update is claimed; the update has its turn after it.</summary>
    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public async Task What_waited_behind_a_change_of_the_rule_writes_nothing(string after)
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, people) = await FilledAsync(portal);
        portal.Evaluator.Matching.RemoveAt(0);
        using var changing = new ManualResetEventSlim();
        using var claimed = new ManualResetEventSlim();
        var (waits, closes) = (1, 1);
        portal.Probe.Listener = point =>
        {
            if (point == RunnerProbe.BeforeClose && Interlocked.Exchange(ref closes, 0) == 1)
            {
                changing.Set();
                Assert.True(claimed.Wait(TimeSpan.FromSeconds(30)));
                portal.Evaluator.Matching.Clear();
                portal.Evaluator.Matching.AddRange(people);
            }
            else if (point == RunnerProbe.AfterDispatchRow && changing.IsSet && Interlocked.Exchange(ref waits, 0) == 1)
            {
                claimed.Set();
            }
        };
        var plan = await portal.PlanAsync(Change(id, after));
        var applying = Task.Run(() => portal.DoAsync(plan));
        Assert.True(changing.Wait(TimeSpan.FromSeconds(30)));

        var task = await portal.UpdateAsync(id);

        await applying;
        Assert.Equal(after == "1" ? TaskOutcome.Refused : TaskOutcome.NoChange, task.Outcome);
        Assert.Equal(12, (await portal.MembersAsync(id)).Count);
        Assert.DoesNotContain(portal.Store.Written, write => write is DirectoryWrite.ChangeMembers);
    }

    [Fact]
    public async Task A_rule_that_changes_each_time_is_left_to_the_next_update()
    {
        await using var portal = await TestPortal.StartAsync();
        var (id, _) = await FilledAsync(portal);
        portal.Evaluator.Matching.RemoveAt(0);
        var changes = 0;
        portal.Probe.Listener = point =>
        {
            if (point == RunnerProbe.TaskPlanned)
            {
                changes++;
                portal.DoAsync(Requests.Update(id, attributes: ("IMSGCriteria", $"(engineers {changes})"))).GetAwaiter().GetResult();
            }
        };

        var task = await portal.UpdateAsync(id);

        Assert.Equal((TaskOutcome.Failed, "Conflict"), (task.Outcome, task.ErrorCode));
        Assert.Equal(12, (await portal.MembersAsync(id)).Count);
    }

    private static GroupRequest Change(Guid id, string after) => after == "1"
        ? Requests.Update(id, attributes: ("IMSGManagedGroupType", "1"))
        : Requests.Update(id, attributes: ("IMSGCriteria", "(everybody)"));

    private static async Task<(Guid Id, IReadOnlyList<DirectoryObject> People)> FilledAsync(TestPortal portal)
    {
        var people = await portal.PeopleAsync(12);
        portal.Evaluator.Matching.AddRange(people);
        var id = await portal.CreateSmartAsync();
        await portal.UpdateAsync(id);
        portal.Store.Written.Clear();
        return (id, people);
    }

    private static void OnceAt(TestPortal portal, string wanted, Action act)
    {
        var left = 1;
        portal.Probe.Listener = point =>
        {
            if (point == wanted && Interlocked.Exchange(ref left, 0) == 1)
            {
                act();
            }
        };
    }
}
