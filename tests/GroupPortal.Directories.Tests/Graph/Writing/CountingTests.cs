using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.EntraId.Requests;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Faults;

namespace GroupPortal.Directories.Tests.Graph.Writing;

/// <summary>How many writes arrive at Graph: as few as can be, and each person once.</summary>
public sealed class CountingTests : GraphWriteTests
{
    [Fact]
    public async Task Ten_thousand_members_are_five_hundred_writes()
    {
        var group = Objects.AddGroup("Large");
        var many = Enumerable.Range(0, 10_000).Select(number => Objects.AddUser($"Many {number}")).ToList();

        await Parallel.ForEachAsync(Directory.Batch(Members(group, many)), async (write, _) => (await WriteAsync(write, group)).Applied());

        Assert.Equal(500, SentWrites().Count);
        Assert.Equal(many.Order(), Objects.Members(group).Order());
    }

    [Fact]
    public async Task A_thousand_groups_with_twenty_members_are_a_thousand_writes()
    {
        var members = People.Take(20).ToList();

        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), async (number, _) => (await WriteAsync(Create($"Group {number}", members: members))).Applied());

        Assert.Equal(1000, SentWrites().Count);
        Assert.All(Objects.All(GraphEmulation.Store.ObjectKind.Group), group => Assert.Equal(20, Objects.Members(group).Count));
    }

    [Fact]
    public async Task Under_faults_of_every_kind_nothing_is_lost_and_nothing_comes_twice()
    {
        var group = Objects.AddGroup("Large");
        var many = Enumerable.Range(0, 2_000).Select(number => Objects.AddUser($"Many {number}")).ToList();
        var leaving = Enumerable.Range(0, 200).Select(number => Objects.AddUser($"Leaving {number}")).ToList();
        leaving.ForEach(id => Objects.AddMember(group, id));
        Every(7, FaultKind.TooManyRequests);
        Every(11, FaultKind.ServiceUnavailable);
        Every(13, FaultKind.ServiceUnavailable, afterHandling: true);
        Every(17, FaultKind.Drop);
        Every(19, FaultKind.Drop, afterHandling: true);
        Every(23, FaultKind.GatewayTimeout, afterHandling: true);

        foreach (var write in Directory.Batch(Members(group, many)).Concat(leaving.Chunk(20).Select(chunk => new DirectoryWrite.ChangeMembers(0, [.. chunk.Select((id, step) => Remove(step, id))]))))
        {
            Assert.Empty(await ApplyAsync(write, group));
        }

        var made = await Task.WhenAll(Enumerable.Range(0, 60).Select(number => ApplyAsync(Create($"Group {number}", members: [People[number]]), null)));

        Assert.All(made, Assert.Empty);
        Assert.Equal(many.Order(), Objects.Members(group).Order());
        Assert.Equal(61, Objects.All(GraphEmulation.Store.ObjectKind.Group).Count);
        Assert.All(leaving, id => Assert.True(Objects.Exists(id)));
    }

    /// <summary>Whether a PATCH of 20 costs one write or seven is not told beforehand. Going over would cost everybody a pause.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task The_quota_is_used_up_and_not_exceeded_whatever_references_cost(int cost)
    {
        await using var tenant = await GraphTenant.StartAsync(
            new EmulatorOptions { People = 0, Throttles = true, ThrottleSpeed = 50, WritesOfTwentyMembers = cost }, quotas: new GraphQuotas { Speed = 50, ResourceUnits = 8000 });
        var group = tenant.Objects.AddGroup("Large");
        var many = Enumerable.Range(0, 12_000).Select(number => tenant.Objects.AddUser($"Many {number}")).ToList();

        using (CurrentPriority.Begin(WorkPriority.Low))
        {
            await Parallel.ForEachAsync(
                tenant.Directory.Batch(Members(group, many)), async (write, _) => (await tenant.Directory.WriteAsync(write, new WriteTarget(group, null), CancellationToken.None)).Applied());
        }

        var sent = tenant.Sent();
        Assert.Equal(600, sent.Count(request => request.Status == 204));
        Assert.InRange(sent.Count, 600, 606);
        Assert.Equal(12_000, tenant.Objects.Members(group).Count);
    }

    private static GroupPlan Members(Guid group, List<Guid> members) => new()
    {
        Id = Guid.CreateVersion7(), StoreId = 3, Kind = PlanKind.Update, GroupId = group, GroupName = "Large", GroupDn = "CN=Large,DC=contoso,DC=com",
        Steps = [.. members.Select((id, step) => new PlanStep(step, PlanAction.Add, AttributeNames.Members, [], ["x"]) { Target = new StepTarget(id, ObjectKind.User, "x", "CN=x,DC=contoso,DC=com") })],
    };

    private void Every(int number, FaultKind kind, bool afterHandling = false)
    {
        var seen = 0;
        Graph.Emulator.Faults.Inject(
            kind, int.MaxValue, request => !request.Target.Contains("/oauth2/", StringComparison.Ordinal) && Interlocked.Increment(ref seen) % number == 0, afterHandling: afterHandling);
    }
}
