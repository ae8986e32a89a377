using GroupPortal.Application;
using GroupPortal.Application.Groups;
using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Access;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Core.Results;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GroupPortal.Benchmarks;

/// <summary>The application service, with its state database, over one directory.</summary>
internal sealed class DirectoryPortal : IAsyncDisposable
{
    public static readonly Requester Ada = new(new Person("ada", "Ada Winter", PortalRole.Administrator), "benchmarks");

    private readonly IHost _host;
    private readonly string _folder;

    private DirectoryPortal(IHost host, IDirectory directory, string folder) => (_host, Directory, _folder) = (host, directory, folder);

    public IDirectory Directory { get; }

    public GroupService Groups => _host.Services.GetRequiredService<GroupService>();

    public PreviewService Previews => _host.Services.GetRequiredService<PreviewService>();

    public SmartUpdates Updates => _host.Services.GetRequiredService<SmartUpdates>();

    /// <param name="directory">Closed with the portal.</param>
    public static async Task<DirectoryPortal> StartAsync(IDirectory directory)
    {
        var folder = System.IO.Directory.CreateTempSubdirectory("groupportal-benchmark-").FullName;
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Configuration["State:DataDirectory"] = folder;
        // What changed is read when it is asked for, and nobody holds up what is measured.
        builder.Configuration["Replica:Interval"] = "3600";
        foreach (var limit in (string[])["RemovePercent", "ChurnPercent", "RemoveCount", "AddCount"])
        {
            builder.Configuration[$"Directories:{directory.Store.Id}:Recompute:{limit}"] = "100000";
        }

        builder.Services.AddSingleton(directory).AddGroupPortalApplication(builder.Configuration);
        var host = builder.Build();
        await host.StartAsync();
        return new DirectoryPortal(host, directory, folder);
    }

    /// <summary>A plan that is applied in the same breath, as the API does it; or one that is kept for somebody to look at.</summary>
    public async Task<GroupPlan> PlanAsync(GroupRequest request, bool isLookedAt = false) =>
        (isLookedAt
            ? await Groups.PlanAsync(Directory.Store.Id, request, Ada, CancellationToken.None)
            : await Groups.PlanForNowAsync(Directory.Store.Id, request, Ada, isAppliedNext: true, CancellationToken.None)) switch
        {
            PlanAnswer.Planned { Plan: { Problems.Count: 0 } plan } => plan,
            PlanAnswer.Planned { Plan.Problems: var problems } => throw new InvalidOperationException(string.Join(" ", problems.Select(problem => problem.Message))),
            var other => throw new InvalidOperationException(other.ToString()),
        };

    /// <summary>All of it, or an exception: a benchmark of failures says nothing.</summary>
    public async Task<Guid> ApplyAsync(GroupPlan plan)
    {
        var (answer, result) = await Groups.ApplyAndWaitAsync(plan.Id, Ada, plan.Hash, CancellationToken.None);
        return result is { Status: StepStatus.Done or StepStatus.NoChange, GroupId: { } group }
            ? group
            : throw new InvalidOperationException($"The plan ended as {result?.Status.ToString() ?? answer.ToString()}.");
    }

    public async Task<Guid> DoAsync(GroupRequest request) => await ApplyAsync(await PlanAsync(request));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        if (Directory is IAsyncDisposable closing)
        {
            await closing.DisposeAsync();
        }

        (Directory as IDisposable)?.Dispose();
        SqliteConnection.ClearAllPools();
        System.IO.Directory.Delete(_folder, recursive: true);
    }
}
