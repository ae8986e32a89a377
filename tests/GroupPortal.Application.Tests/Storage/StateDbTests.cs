using GroupPortal.Application.Jobs;
using GroupPortal.Application.Storage;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace GroupPortal.Application.Tests.Storage;

public sealed class StateDbTests
{
    [Fact]
    public async Task A_second_portal_on_the_same_folder_is_refused_and_told_why()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        using var second = new StateDbStartup(
            Options.Create(new StateOptions { DataDirectory = portal.Folder }), portal.Get<IDbContextFactory<StateDb>>());

        var refused = await Assert.ThrowsAsync<DataDirectoryInUseException>(() => second.StartingAsync(CancellationToken.None));

        Assert.Contains(portal.Folder, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Commits_reach_the_disk_before_they_are_answered()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        await using var state = await portal.OpenStateAsync();

        Assert.Equal("wal", (await state.Database.SqlQueryRaw<string>("PRAGMA journal_mode").ToListAsync()).Single());
        Assert.Equal(2, (await state.Database.SqlQueryRaw<int>("PRAGMA synchronous").ToListAsync()).Single());
        Assert.Equal(1, (await state.Database.SqlQueryRaw<int>("PRAGMA foreign_keys").ToListAsync()).Single());
    }

    [Fact]
    public async Task The_migrations_make_the_model()
    {
        await using var portal = await TestPortal.StartAsync(withWorker: false);
        await using var state = await portal.OpenStateAsync();

        Assert.False(state.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task A_database_of_the_first_schema_keeps_what_it_holds()
    {
        await using var portal = await TestPortal.StartAsync();
        var owner = (await portal.PeopleAsync(2))[1];
        var made = await portal.DoAsync(Requests.Create("Kept") with { Owners = [new ReferenceChange(ChangeMode.Set, ["ada", owner.Id.ToString()])] });
        await using (var state = await portal.OpenStateAsync())
        {
            await state.GetService<IMigrator>().MigrateAsync("Initial");
        }

        await portal.RestartAsync();

        var again = await portal.Groups.GetAsync(made.Plan.Id, CancellationToken.None);
        Assert.Equal(made.Rows.Select(row => (row.Step.Path, row.Status)), again!.Rows.Select(row => (row.Step.Path, row.Status)));
        await using var now = await portal.OpenStateAsync();
        Assert.Equal((1, 1, 1), (await now.Journal.CountAsync(), await now.PortalGroups.CountAsync(), await now.AdditionalOwners.CountAsync()));
        Assert.Empty(await now.Database.SqlQueryRaw<string>("SELECT \"table\" AS \"Value\" FROM pragma_foreign_key_check").ToListAsync());
    }

    [Fact]
    public async Task Plans_that_were_only_looked_at_go_after_a_day_and_applied_ones_stay()
    {
        await using var portal = await TestPortal.StartAsync();
        var looked = await portal.PlanAsync(Requests.Create("Looked at"));
        var applied = await portal.DoAsync(Requests.Create("Applied"));
        portal.Clock.Advance(TimeSpan.FromDays(2));

        Assert.Equal(1, await portal.Get<PlanStore>().RemoveUnusedAsync(portal.Clock.GetUtcNow() - TimeSpan.FromDays(1), CancellationToken.None));

        Assert.Null(await portal.Groups.GetAsync(looked.Id, CancellationToken.None));
        Assert.NotNull(await portal.Groups.GetAsync(applied.Plan.Id, CancellationToken.None));
        await using var state = await portal.OpenStateAsync();
        Assert.False(await state.PlanSteps.AnyAsync(step => step.PlanId == looked.Id));
    }

    public static TheoryData<DirectoryError> Errors() => [.. AllErrors];

    private static readonly DirectoryError[] AllErrors =
    [
        new DirectoryError.NotFound { Attribute = "mail", ServerText = "00002030", RequestId = "r-1", Detail = "Gone." },
        new DirectoryError.AlreadyExists(),
        new DirectoryError.AccessDenied { Attribute = "info", Attributes = ["info", "mail"] },
        new DirectoryError.InvalidValue(),
        new DirectoryError.UnknownAttribute(),
        new DirectoryError.ReadOnlyAttribute(),
        new DirectoryError.Conflict(["a"], ["b", "c"]),
        new DirectoryError.Throttled(TimeSpan.FromSeconds(7)),
        new DirectoryError.Unavailable(),
        new DirectoryError.Unsupported(),
        new DirectoryError.PolicyBlocked(),
        new DirectoryError.Other("0x51"),
    ];

    [Theory]
    [MemberData(nameof(Errors))]
    public void Every_error_comes_back_from_its_column_as_it_went_in(DirectoryError error) =>
        Assert.Equivalent(error, StateJson.Read<DirectoryError>(StateJson.Write(error)), strict: true);

    [Fact]
    public void The_table_of_errors_above_is_complete() =>
        Assert.Equal(
            typeof(DirectoryError).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(DirectoryError))).Select(type => type.Name).Order(),
            AllErrors.Select(error => error.Code).Order());

    [Fact]
    public void Equal_neighbours_are_one_range_that_reaches_over_settled_lines_and_never_over_open_ones()
    {
        StepOutcome[] outcomes =
        [
            StepOutcome.Done(4), StepOutcome.Done(1), StepOutcome.Done(2), StepOutcome.Done(7), StepOutcome.Failed(8, new DirectoryError.NotFound()),
            StepOutcome.Failed(9, new DirectoryError.NotFound()), StepOutcome.Failed(10, new DirectoryError.InvalidValue()),
        ];

        var ranges = OutcomeRanges.Of(outcomes, ordinal => ordinal is 5 or 6);

        Assert.Equal([(1, 4), (7, 7), (8, 9), (10, 10)], ranges.Select(range => (range.First, range.Last)));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5000", null, true)]
    [InlineData("http://localhost:5000;http://[::1]:5001", null, true)]
    [InlineData(null, null, true)]
    [InlineData("http://0.0.0.0:5000", null, false)]
    [InlineData("http://localhost:5000;http://*:5001", null, false)]
    [InlineData("http://portal.example:80", null, false)]
    [InlineData(null, "8080", false)]
    public void The_kill_switch_of_tests_works_on_loopback_only(string? urls, string? ports, bool isHeard)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
        [
            new("Testing:Enabled", "true"), new("Testing:KillAt", RunnerProbe.AfterSend), new("urls", urls), new("http_ports", ports),
        ]).Build();

        Assert.Equal(isHeard, TestingKill.ProbeOf(configuration).Listener is not null);
    }

    [Fact]
    public void The_kill_switch_of_tests_needs_tests()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Testing:KillAt", RunnerProbe.AfterSend)]).Build();

        Assert.Null(TestingKill.ProbeOf(configuration).Listener);
    }
}
