using System.Globalization;
using GroupPortal.Web.Directories;

namespace GroupPortal.Web.Startup;

/// <summary>
/// <c>GroupPortal.Web check [id]</c>: tests the way to the directories of the settings and ends, without a web server, a
/// data directory or any other setting.
/// </summary>
internal static class CheckCommand
{
    private const string Name = "check";

    public static bool IsMeant(string[] arguments) => arguments is [Name, ..];

    /// <returns>0 when no step failed, else 1.</returns>
    public static async Task<int> RunAsync(string[] arguments, TextWriter output, CancellationToken cancellation)
    {
        string? only = null;
        var rest = arguments[1..];
        if (rest is [[not '-', ..] id, ..])
        {
            (only, rest) = (id, rest[1..]);
        }

        var builder = WebApplication.CreateBuilder(rest);
        var problems = new List<string>();
        var stores = ConfiguredStores.Read(builder.Configuration, EmbeddedStores.Stores, builder.Environment.ContentRootPath, problems, only);
        foreach (var problem in problems)
        {
            await output.WriteLineAsync(problem);
        }

        var checks = DirectoryChecks.Of(stores, TimeProvider.System).Stores
            .Where(one => only is null || one.Store.Id.ToString(CultureInfo.InvariantCulture) == only).ToList();
        if (checks.Count == 0 && problems.Count == 0)
        {
            problems.Add($"There is no identity store {only}.");
            await output.WriteLineAsync(problems[0]);
        }

        var hasFailed = problems.Count > 0;
        foreach (var one in checks)
        {
            hasFailed |= await RunAsync(one, output, cancellation);
        }

        return hasFailed ? 1 : 0;
    }

    private static async Task<bool> RunAsync(CheckedStore one, TextWriter output, CancellationToken cancellation)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{one.Store.Id} {one.Store.Name}"));
        if (one.Run is null)
        {
            await output.WriteLineAsync("  a sample directory: nothing to test");
            return false;
        }

        var report = new CheckReport();
        await foreach (var step in one.Run(cancellation))
        {
            foreach (var line in report.LinesOf(step))
            {
                await output.WriteLineAsync(line);
            }
        }

        foreach (var script in one.Delegation)
        {
            await output.WriteLineAsync($"{Environment.NewLine}  The rights that the account needs, to be given by an administrator of the domain, with {script.Shell}:{Environment.NewLine}");
            await output.WriteLineAsync(script.Text);
        }

        return report.HasFailed;
    }
}
