using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation.Faults;

namespace GroupPortal.Directories.Tests.Graph.Writing;

public sealed class TeamTests : GraphWriteTests
{
    private static readonly DirectoryWrite.MakeTeam Write = new(1, 7);

    [Fact]
    public async Task A_group_with_an_owner_becomes_a_team_once()
    {
        var group = Group(withOwner: true);

        (await SettleAsync(Write, group)).Refused<DirectoryError.NotFound>();
        Assert.Equal(StepOutcome.Done(7), Assert.Single((await WriteAsync(Write, group)).Applied().Outcomes));
        Assert.Contains("Team", Objects.Object(group)["resourceProvisioningOptions"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(StepStatus.NoChange, Assert.Single((await WriteAsync(Write, group)).Applied().Outcomes).Status);
        (await SettleAsync(Write, group)).Applied();
    }

    [Fact]
    public async Task Of_a_young_group_it_is_too_early_and_no_fault()
    {
        var group = Group(withOwner: true);
        Objects.Set(group, "createdDateTime", TimeProvider.System.GetUtcNow());
        await using var late = await GraphTenant.StartAsync(new GraphEmulation.EmulatorOptions { People = 0, TeamDelay = TimeSpan.FromMinutes(15) });
        var young = late.Objects.AddGroup("Young", ("groupTypes", new[] { "Unified" }), ("mailEnabled", true));
        late.Objects.AddOwner(young, late.Objects.AddUser("Owner"));

        var answer = Assert.IsType<DirectoryWriteAnswer.NotYet>(await late.Directory.WriteAsync(Write, new WriteTarget(young, null), CancellationToken.None));

        Assert.Equal(TimeSpan.FromSeconds(10), answer.After);
        Assert.Contains("tried again", answer.Why.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_owner_it_says_what_is_missing()
    {
        var error = (await WriteAsync(Write, Group(withOwner: false))).Refused<DirectoryError.PolicyBlocked>();

        Assert.Contains("needs at least one owner", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_group_that_is_gone_is_not_found() => (await WriteAsync(Write, Guid.NewGuid())).Refused<DirectoryError.NotFound>();

    [Fact]
    public async Task A_lost_answer_is_unknown_and_read_back()
    {
        var group = Group(withOwner: true);
        Graph.Emulator.Faults.Inject(FaultKind.Drop, "PUT", "/team", afterHandling: true);

        Assert.IsType<DirectoryWriteAnswer.Unknown>(await WriteAsync(Write, group));
        (await SettleAsync(Write, group)).Applied();
    }

    private Guid Group(bool withOwner)
    {
        var group = Objects.AddGroup("Team", ("groupTypes", new[] { "Unified" }), ("mailEnabled", true), ("securityEnabled", false));
        if (withOwner)
        {
            Objects.AddOwner(group, People[0]);
        }

        return group;
    }
}
