using GroupPortal.Application.SmartGroups;
using GroupPortal.Application.Tasks;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;

namespace GroupPortal.Application.Tests.SmartGroups;

/// <summary>The limits over many groups, whichever way the groups are asked for.</summary>
public sealed class RunLimitTests
{
    private static readonly Person Ida = new("ida", "Ida", PortalRole.Administrator);

    [Fact]
    public async Task Groups_asked_for_one_by_one_count_together_for_an_hour()
    {
        await using var portal = await StartAsync();
        var (first, second, third) = (await FilledAsync(portal, "First"), await FilledAsync(portal, "Second"), await FilledAsync(portal, "Third"));
        Later(portal);
        portal.Evaluator.Matching.RemoveRange(0, 2);

        Assert.Equal((TaskOutcome.Applied, 2), await UpdateAsync(portal, first));
        Assert.Equal((TaskOutcome.Held, 2), await UpdateAsync(portal, second));
        Later(portal);
        Assert.Equal((TaskOutcome.Applied, 2), await UpdateAsync(portal, third));
    }

    /// <summary>Held by the sum over a run alone: by itself nothing would be said against it.</summary>
    [Fact]
    public async Task What_is_held_or_rejected_does_not_pass_by_being_asked_for_again()
    {
        await using var portal = await StartAsync();
        var (first, second) = (await FilledAsync(portal, "First"), await FilledAsync(portal, "Second"));
        Later(portal);
        portal.Evaluator.Matching.RemoveRange(0, 2);
        await UpdateAsync(portal, first);
        await UpdateAsync(portal, second);
        Later(portal);

        Assert.Equal((TaskOutcome.Held, 2), await UpdateAsync(portal, second));
        var held = (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, second, CancellationToken.None))!;
        Assert.Equal(["RunRemoves"], held.Guard.Holds);
        Assert.IsType<DecisionAnswer.Rejected>(await portal.Get<HeldPlans>().RejectAsync(portal.StoreId, second, held.Hash, "Wrong", TestPortal.From(Ida), CancellationToken.None));

        Assert.NotEqual(TaskOutcome.Applied, (await UpdateAsync(portal, second)).Outcome);
        Assert.Equal(12, (await portal.MembersAsync(second)).Count);
    }

    [Fact]
    public async Task What_a_second_person_approved_does_not_count_against_others()
    {
        await using var portal = await StartAsync();
        var (first, second) = (await FilledAsync(portal, "First"), await FilledAsync(portal, "Second"));
        Later(portal);
        var gone = portal.Evaluator.Matching[0];
        portal.Evaluator.Matching.RemoveRange(0, 4);
        Assert.Equal((TaskOutcome.Held, 4), await UpdateAsync(portal, first));
        var held = (await portal.Get<HeldPlans>().GetAsync(portal.StoreId, first, CancellationToken.None))!;
        var approved = Assert.IsType<DecisionAnswer.Approved>(
            await portal.Get<HeldPlans>().ApproveAsync(portal.StoreId, first, held.Hash, "They have left", TestPortal.From(Ida), CancellationToken.None));
        Assert.Equal(TaskOutcome.Applied, (await portal.WaitForTaskAsync(approved.TaskId)).Outcome);
        portal.Evaluator.Matching.AddRange((await portal.PeopleAsync(12)).Take(2));

        Assert.DoesNotContain(gone.Id, await portal.MembersAsync(first));
        Assert.Equal((TaskOutcome.Applied, 2), await UpdateAsync(portal, second));
    }

    private static Task<TestPortal> StartAsync() => TestPortal.StartAsync(settings: ("Directories:2:Recompute:RemoveCount", "3"));

    private static async Task<Guid> FilledAsync(TestPortal portal, string name)
    {
        portal.Evaluator.Matching.Clear();
        portal.Evaluator.Matching.AddRange(await portal.PeopleAsync(12));
        var id = await portal.CreateSmartAsync(name);
        await portal.UpdateAsync(id);
        return id;
    }

    private static void Later(TestPortal portal) => portal.Clock.Advance(TimeSpan.FromMinutes(61));

    private static async Task<(TaskOutcome Outcome, int Removes)> UpdateAsync(TestPortal portal, Guid group) =>
        await portal.UpdateAsync(group) is var task ? (task.Outcome, task.Removes) : default;
}
