using System.Collections.Concurrent;
using GroupPortal.Application.Jobs;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tests.SmartGroups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;

namespace GroupPortal.Application.Tests.Jobs;

/// <summary>What nobody waits for asks a directory that serves only so many at a time behind those who wait.</summary>
public sealed class PriorityTests : IAsyncLifetime
{
    private readonly ConcurrentQueue<WorkPriority> _seen = new();
    private TestPortal _portal = null!;

    public async Task InitializeAsync()
    {
        _portal = await TestPortal.StartAsync();
        _portal.Store.BeforeWrite = _ => Note<DirectoryWriteAnswer>();
    }

    public Task DisposeAsync() => _portal.DisposeAsync().AsTask();

    [Fact]
    public async Task What_a_person_applies_goes_first()
    {
        await _portal.DoAsync(Requests.Create("Night Shift"));

        Assert.Equal([WorkPriority.High], _seen);
    }

    [Theory]
    [InlineData(PlanRunner.LargePlan, false)]
    [InlineData(PlanRunner.LargePlan + 1, true)]
    public async Task A_large_job_goes_first_until_its_group_stands(int writes, bool isLarge)
    {
        _portal.Store.MembersPerWrite = 1;
        var group = Guid.NewGuid();
        _portal.Store.BeforeWrite = write =>
        {
            _seen.Enqueue(CurrentPriority.Value);
            return new DirectoryWriteAnswer.Applied(group, "1", [.. write.Steps.Select(StepOutcome.Done)]);
        };
        var plan = Plan(writes);
        await _portal.Get<PlanStore>().SaveAsync(plan, new GroupRequest { Kind = PlanKind.Create }, TestPortal.From(null), CancellationToken.None);

        await _portal.DoAsync(plan);

        Assert.Equal([WorkPriority.High, .. Enumerable.Repeat(isLarge ? WorkPriority.Low : WorkPriority.High, writes - 1)], _seen);
    }

    [Fact]
    public async Task An_update_by_rule_waits_behind_people()
    {
        _portal.Evaluator.Matching.AddRange(await _portal.PeopleAsync(3));
        var id = await _portal.CreateSmartAsync();
        _seen.Clear();

        await _portal.UpdateAsync(id);

        Assert.NotEmpty(_seen);
        Assert.DoesNotContain(WorkPriority.High, _seen);
    }

    [Fact]
    public async Task What_an_earlier_process_left_waits_behind_people()
    {
        var people = await _portal.PeopleAsync(2);
        var id = (await _portal.DoAsync(Requests.Create("Night Shift"))).GroupId!.Value;
        await _portal.RestartAsync(withWorker: false);
        var plan = await _portal.PlanAsync(Requests.Members(id, ChangeMode.Add, people.Select(person => person.Id)));
        await _portal.ApplyAsync(plan.Id);
        _seen.Clear();

        await _portal.RestartAsync();
        await _portal.WaitAsync(plan.Id);

        Assert.Equal([WorkPriority.Low], _seen);
    }

    [Fact]
    public async Task The_replica_is_loaded_behind_people_and_brought_up_to_date_for_whoever_waits()
    {
        _portal.Store.BeforeReplica = (_, _) => Task.FromResult(Note<DirectoryAnswer<ReplicaPage>>());
        var replica = _portal.Get<Application.Replica.Replicas>().Of(_portal.StoreId)!;

        await replica.BringUpToDateAsync(CancellationToken.None);
        Assert.Equal([WorkPriority.Low], _seen.Distinct());
        _seen.Clear();
        await replica.BringUpToDateAsync(CancellationToken.None);
        using (CurrentPriority.Begin(WorkPriority.Low))
        {
            await replica.BringUpToDateAsync(CancellationToken.None);
        }

        Assert.Equal([WorkPriority.High, WorkPriority.Low], _seen);
    }

    private GroupPlan Plan(int writes)
    {
        var plan = new GroupPlan
        {
            Id = Guid.NewGuid(),
            StoreId = _portal.StoreId,
            Kind = PlanKind.Create,
            GroupName = "Everybody",
            GroupDn = "CN=Everybody,OU=Groups,DC=demo,DC=local",
            Steps =
            [
                new PlanStep(0, PlanAction.Create, string.Empty, [], ["CN=Everybody,OU=Groups,DC=demo,DC=local"]),
                .. Enumerable.Range(1, writes).Select(number => new PlanStep(number, PlanAction.Add, AttributeNames.Members, [], ["somebody"])
                {
                    Target = new StepTarget(Guid.NewGuid(), ObjectKind.User, "somebody", "CN=somebody"),
                }),
            ],
        };
        return plan with { Hash = PlanHash.Of(plan) };
    }

    private T? Note<T>()
        where T : class
    {
        _seen.Enqueue(CurrentPriority.Value);
        return null;
    }
}
