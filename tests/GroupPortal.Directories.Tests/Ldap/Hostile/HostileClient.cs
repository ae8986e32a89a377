using System.Diagnostics;
using System.Globalization;
using GroupPortal.Directories.Tests.Ldap.Support;
using GroupPortal.Ldap;

namespace GroupPortal.Directories.Tests.Ldap.Hostile;

/// <summary>
/// The client's side of the hostile answers, in a process of its own, whose heap the runtime bounds: more than that is no
/// matter of measuring but the end of the process. Reads "number port" lines, writes one line for each.
/// </summary>
internal static class HostileClient
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private static int _outOfMemory;

    public static async Task RunAsync(string authorityFile)
    {
        AppDomain.CurrentDomain.FirstChanceException += (_, thrown) => _ = thrown.Exception is OutOfMemoryException ? Interlocked.Increment(ref _outOfMemory) : 0;
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            var parts = line.Split(' ');
            var hostile = HostileAnswer.All[int.Parse(parts[0], CultureInfo.InvariantCulture)];
            Console.WriteLine(await FaceAsync(hostile, new LdapServer("127.0.0.1", int.Parse(parts[1], CultureInfo.InvariantCulture), LdapSecurity.Ldaps), authorityFile));
        }
    }

    /// <returns>What became of the call; of the next one; how long the first took; what heap there is, and how often it was too small.</returns>
    private static async Task<string> FaceAsync(HostileAnswer hostile, LdapServer server, string authorityFile)
    {
        var limit = hostile.Expected == "TimedOut" ? TimeSpan.FromSeconds(2) : Limit;
        await using var client = new LdapClient(
            new LdapOptions { Servers = [server], Trust = new LdapTrust.OfFile(authorityFile), Credential = new LdapCredential("cn=portal", "secret"), CallLimit = limit }, TimeProvider.System);
        var beginning = Stopwatch.GetTimestamp();
        var name = LdapName.FromEscaped("cn=target");
        var answer = hostile.Call switch
        {
            HostileCall.Pages => (await client.SearchPagesAsync(Operation.AnySearch, 100, CancellationToken.None)).Found.Answer,
            HostileCall.Ranges => (await client.ReadAllValuesAsync(name, "member", [], CancellationToken.None)).Answer,
            HostileCall.Modify => await client.SendAsync(new LdapRequest.Modify(name, []), CancellationToken.None),
            _ => (await client.SearchAsync(Operation.AnySearch, CancellationToken.None)).Answer,
        };
        var took = Stopwatch.GetElapsedTime(beginning);
        // What comes after the answer ends the connection a moment later.
        var next = await client.SearchAsync(Operation.AnySearch, CancellationToken.None);
        if (!next.IsComplete)
        {
            next = await client.SearchAsync(Operation.AnySearch, CancellationToken.None);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Text(answer)}|{next.IsComplete}|{took.TotalMilliseconds:0}|{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes}|{Interlocked.Exchange(ref _outOfMemory, 0)}");
    }

    private static string Text(LdapAnswer answer) => answer switch
    {
        LdapAnswer.Answered => "Answered",
        LdapAnswer.Unknown unknown => unknown.Fault.Kind.ToString(),
        LdapAnswer.NotSent notSent => "not sent: " + notSent.Fault.Kind,
        _ => throw new InvalidOperationException(),
    };
}
