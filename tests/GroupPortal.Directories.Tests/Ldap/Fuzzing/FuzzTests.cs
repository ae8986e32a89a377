using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using FsCheck;
using FsCheck.Fluent;
using GroupPortal.Directories.Tests.Ldap.Recording;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;
using GroupPortal.Ldap.Wire;
using Xunit.Abstractions;

namespace GroupPortal.Directories.Tests.Ldap.Fuzzing;

/// <summary>
/// Mutated answers, for a minute where CI is true, for five seconds at a desk, or for GROUPPORTAL_FUZZ_SECONDS. The seed is
/// printed; GROUPPORTAL_FUZZ_SEED repeats what the readers were given.
/// </summary>
[Trait("Category", "Slow")]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int MaximumMessage = 1024 * 1024;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(
        Setting("GROUPPORTAL_FUZZ_SECONDS") is { } seconds ? long.Parse(seconds, CultureInfo.InvariantCulture) : Setting("CI") == "true" ? 60 : 5);

    private static readonly ulong Seed =
        Setting("GROUPPORTAL_FUZZ_SEED") is { } seed ? ulong.Parse(seed, CultureInfo.InvariantCulture) : BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8));

    [Fact]
    public async Task Only_malformed_messages_come_out_of_the_readers_and_only_faults_out_of_a_client()
    {
        var rounds = await Task.WhenAll(Task.Run(ReadersAsync), Task.Run(ClientAsync));

        Say($"Seed {Seed}, {Time.TotalSeconds} s: {rounds[0]} mutations through the readers, {rounds[1]} through a client.");
        Assert.All(rounds, count => Assert.True(count > 10));
    }

    private static string? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static IReadOnlyList<byte[]> Corpus(int id) =>
    [
        .. Messages.Response.Select(response => response.Octets).Sample(300, size: 30),
        ResponseEncoder.Done(id, ResponseEncoder.SearchDone),
        ResponseEncoder.Entry(id, "cn=x", new LdapAttribute("member;range=0-1499", "a", "b"), new LdapAttribute("cn", "x")),
        ResponseEncoder.Reference(id, "ldap://elsewhere/dc=x"),
        ResponseEncoder.NoticeOfDisconnection(LdapResultCode.Unavailable, "bye"),
        ResponseEncoder.Done(id, ResponseEncoder.SearchDone, new LdapResult(LdapResultCode.Success, "", "") { Controls = [ResponseEncoder.PageControl("abc"u8)] }),
    ];

    private async Task<long> ReadersAsync()
    {
        var mutations = new Mutations(Corpus(2), new SeededNumbers(Seed));
        var count = 0L;
        for (var beginning = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(beginning) < Time; count++)
        {
            byte[] octets = [.. mutations.Next(), .. mutations.Next()];
            try
            {
                var frames = new FrameReader(new MemoryStream(octets), MaximumMessage);
                while (await frames.ReadAsync(CancellationToken.None) is { } message)
                {
                    ResponseReader.Read(message, MaximumMessage);
                }
            }
            catch (Exception told) when (told is MalformedMessageException or EndOfStreamException)
            {
                // What may come out.
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Seed {Seed}, round {count}: {Convert.ToHexString(octets)}", fault);
            }
        }

        return count;
    }

    private async Task<long> ClientAsync()
    {
        var numbers = new SeededNumbers(Seed + 1);
        var mutations = new Mutations(Corpus(2), numbers);
        byte[] last = [];
        await using var server = RecordingServer.Start(async (conversation, message) =>
        {
            lock (numbers)
            {
                // Some good answers first, so that the bad one hits a search that has begun.
                last = [.. Enumerable.Range(0, numbers.Below(3)).SelectMany(_ => ResponseEncoder.Entry(message.Id, "cn=good")), .. mutations.Next()];
            }

            await conversation.SendAsync(last);
            conversation.Close();
        });
        await using var client = new LdapClient(server.Options with { CallLimit = TimeSpan.FromSeconds(30) }, TimeProvider.System);
        var count = 0L;
        for (var beginning = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(beginning) < Time; count++)
        {
            var operation = Operation.All[(int)(count % Operation.All.Count)];
            try
            {
                var answer = await operation.Run(client, CancellationToken.None);
                Assert.True(answer is not LdapAnswer.Unknown { Fault.Kind: LdapFaultKind.TimedOut }, "It waited for a connection that was closed.");
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"Seed {Seed}, round {count}, {operation.Name}: {Convert.ToHexString(last)}", fault);
            }
        }

        return count;
    }

    private void Say(string text)
    {
        output.WriteLine(text);
        Console.WriteLine(text);
    }
}
