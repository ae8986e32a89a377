using System.Diagnostics;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Store;
using GroupPortal.Tests;

namespace GroupPortal.Directories.Tests.Graph.Emulator;

/// <summary>
/// Microsoft's client for JavaScript against the emulator: what only our own client understood would show here.
/// </summary>
public sealed class SecondClientTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests/GroupPortal.GraphEmulator/second-client");

    [Fact]
    public async Task Another_client_walks_the_main_paths()
    {
        await InstallAsync();
        await using var emulator = await GraphEmulator.StartAsync(new EmulatorOptions { People = 60, DeltaPageSize = 40 });
        var people = emulator.Directory.All(ObjectKind.User);
        var before = emulator.Directory.All(ObjectKind.Group).Count;

        var saw = JsonNode.Parse(await RunAsync("node", ["walk.mjs"], new()
        {
            ["GRAPH_ENDPOINT"] = emulator.Endpoint.ToString(),
            ["GRAPH_TOKEN"] = emulator.AppToken(),
            ["GRAPH_PEOPLE"] = string.Join(',', people),
        }))!;

        Assert.Equal("Private", (string?)saw["created"]!["visibility"]);
        Assert.Equal(before + 1, saw["groups"]!.AsArray().Count);
        Assert.Equal(people.Take(20).Select(id => id.ToString()), saw["members"]!.AsArray().Select(id => (string?)id));
        var duplicate = saw["duplicate"]!;
        Assert.Equal((400, "Request_BadRequest", true), ((int)duplicate["status"]!, (string?)duplicate["code"], (bool)duplicate["requestId"]!));
        Assert.StartsWith("One or more added object references already exist", (string?)duplicate["message"], StringComparison.Ordinal);
        Assert.Equal((204, 204, 404), ((int)saw["batch"]!["1"]!, (int)saw["batch"]!["2"]!, (int)saw["batch"]!["3"]!));
        Assert.Equal((1, "Second client"), ((int)saw["search"]!["count"]!, (string?)saw["search"]!["names"]![0]));
        Assert.Equal(people.Count, int.Parse(saw["count"]!.ToString(), System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(before + 1, (int)saw["delta"]!["first"]!);
        var changed = Assert.Single(saw["delta"]!["then"]!.AsArray())!;
        Assert.Equal(("Second client, renamed", people[3].ToString()), ((string?)changed["displayName"], (string?)Assert.Single(changed["removed"]!.AsArray())));
        Assert.Equal((404, "Second client, renamed"), ((int)saw["gone"]!, (string?)saw["restored"]));
        Assert.All(people, person => Assert.True(emulator.Directory.Exists(person)));
    }

    /// <summary>Once for each lock file: the folder is kept.</summary>
    private static async Task InstallAsync()
    {
        var wanted = await File.ReadAllTextAsync(Path.Combine(Folder, "package-lock.json"));
        var installed = Path.Combine(Folder, "node_modules/.installed-lock.json");
        if (File.Exists(installed) && await File.ReadAllTextAsync(installed) == wanted)
        {
            return;
        }

        await RunAsync("npm", ["ci"], []);
        await File.WriteAllTextAsync(installed, wanted);
    }

    private static async Task<string> RunAsync(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)}: {await errors}");
        return await output;
    }
}
