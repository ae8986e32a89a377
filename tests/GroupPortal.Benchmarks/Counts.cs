using System.Globalization;
using GroupPortal.Application;
using GroupPortal.Application.Groups;
using GroupPortal.Application.Tests.Support;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Embedded;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Benchmarks;

/// <summary>What an operation costs in requests, statements and commits: the same on every machine, however loaded.</summary>
internal static class Counts
{
    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("groupportal-counts-").FullName;
        var store = new IdentityStore(2, "demo.local", StoreKind.ActiveDirectory, StoreConnection.Embedded, "DC=demo,DC=local", "DC.demo.local");
        var directory = await EmbeddedDirectory.OpenAsync(store, new EmbeddedOptions { DataDirectory = folder, People = 1000 }, TimeProvider.System, CancellationToken.None);
        var statements = new StatementCounter();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration["State:DataDirectory"] = folder;
        builder.Services.AddSingleton<IDirectory>(directory).AddSingleton<IInterceptor>(statements).AddGroupPortalApplication(builder.Configuration);
        using (var host = builder.Build())
        {
            await host.StartAsync();
            var groups = host.Services.GetRequiredService<GroupService>();
            await CreateAsync(groups, directory, "First");
            statements.Reset();
            var (writes, members) = await CreateAsync(groups, directory, "Counted");
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"A create with {members} members: {writes} directory write, {statements.Commits} commits, {statements.Writes} writing and {statements.Reads} reading statements of the state database"));

            var page = await directory.FindGroupsAsync(new GroupQuery(), CancellationToken.None);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"A page of groups: {((DirectoryAnswer<Page<GroupSummary>>.Ok)page).Value.Items.Count} rows; SQLite's steps per page are asserted at 1,000 and 20,000 people by the directory tests"));
            await host.StopAsync();
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task<(int Writes, int Members)> CreateAsync(GroupService groups, EmbeddedDirectory directory, string name)
    {
        var requester = new Requester(new Person("ada", "Ada Winter", PortalRole.Administrator), "benchmarks");
        var request = new GroupRequest { Kind = PlanKind.Create, Name = name, Members = [new ReferenceChange(ChangeMode.Set, ["hal", "uma"])] };
        var answer = await groups.PlanForNowAsync(directory.Store.Id, request, requester, isAppliedNext: true, CancellationToken.None);
        var plan = ((PlanAnswer.Planned)answer).Plan;
        await groups.ApplyAsync(plan.Id, requester, confirmedHash: null, CancellationToken.None);
        await groups.WaitAsync(plan.Id, CancellationToken.None);
        return (directory.Batch(plan).Count, plan.Steps.Count(step => step.Path == AttributeNames.Members));
    }
}
