using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;

namespace GroupPortal.Directories.Tests.Ldap.Hostile;

/// <summary>Runs the client against each hostile answer, in a process with a heap of 64 MB besides its own.</summary>
public sealed class HostileFixture : IAsyncLifetime
{
    /// <summary>64 MB, and a little for the process itself.</summary>
    public const int HeapLimit = (64 + 8) * 1024 * 1024;

    private readonly ConcurrentDictionary<string, HostileOutcome> _outcomes = new();

    internal HostileOutcome this[string name] => _outcomes[name];

    public async Task InitializeAsync()
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(HostileFixture).Assembly.Location, TestCertificates.Good.AuthorityFile])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["DOTNET_GCHeapHardLimit"] = HeapLimit.ToString("x", CultureInfo.InvariantCulture),
                ["DOTNET_gcConcurrent"] = "0",
                // Large objects are moved together: in so small a heap the gaps between them would count as taken.
                ["DOTNET_GCConserveMemory"] = "9",
            },
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        for (var number = 0; number < HostileAnswer.All.Count; number++)
        {
            var hostile = HostileAnswer.All[number];
            await using var server = RecordingServer.Start((conversation, message) =>
                conversation.Number == 1 && (hostile.Call != HostileCall.Search || message.Id == 2) ? hostile.Script(conversation, message) : conversation.AnswerAsync(message));
            await process.StandardInput.WriteLineAsync($"{number} {server.Port}");
            await process.StandardInput.FlushAsync();
            if (await process.StandardOutput.ReadLineAsync() is not { } line)
            {
                throw new InvalidOperationException($"The client ended at {hostile.Name}: {await errors}");
            }

            _outcomes[hostile.Name] = new HostileOutcome(line.Split('|'), server.Connections);
        }

        process.StandardInput.Close();
        await process.WaitForExitAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;
}

internal sealed record HostileOutcome(IReadOnlyList<string> Line, int Connections)
{
    public string Answer => Line[0];

    public bool NextWorks => bool.Parse(Line[1]);

    public long HeapLimit => long.Parse(Line[3], CultureInfo.InvariantCulture);

    public string TimesOutOfMemory => Line[4];

    public TimeSpan Took => TimeSpan.FromMilliseconds(long.Parse(Line[2], CultureInfo.InvariantCulture));
}
