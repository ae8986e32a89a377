using GroupPortal.Core.Directories;
using GroupPortal.Ldap;

namespace GroupPortal.ActiveDirectory.Schema;

/// <summary>
/// The facts of the domain, read at the first call and again when another server answers: invocation id and change numbers
/// are each server's own. Whoever comes while they are being read waits for the same reading, so that a server that does not
/// answer is waited for once and not by everybody in turn.
/// </summary>
internal sealed class FactsSource(Func<LdapServer?> current, Func<CancellationToken, Task<DirectoryAnswer<DomainFacts>>> read)
{
    private readonly Lock _gate = new();
    private DomainFacts? _known;
    private Task<DirectoryAnswer<DomainFacts>>? _reading;

    /// <summary>The last ones, whichever server they came from; null before the first contact.</summary>
    public DomainFacts? Known => Volatile.Read(ref _known);

    public async Task<DirectoryAnswer<DomainFacts>> GetAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Known is { } known && known.Server == current())
        {
            return DirectoryAnswer.Ok(known);
        }

        Task<DirectoryAnswer<DomainFacts>> reading;
        lock (_gate)
        {
            // Not cancelled with the caller: others may be waiting for it, and its limits are the client's.
            reading = _reading ??= Task.Run(ReadAsync, CancellationToken.None);
        }

        return await reading.WaitAsync(cancellation);
    }

    /// <summary>A database that was restored has another id, under the same name: it is asked for anew by whom it matters to.</summary>
    /// <returns>The facts with this id, which all get from now on.</returns>
    public DomainFacts WithInvocation(DomainFacts facts, Guid id)
    {
        if (facts.InvocationId == id)
        {
            return facts;
        }

        var restored = facts with { InvocationId = id };
        Interlocked.CompareExchange(ref _known, restored, facts);
        return restored;
    }

    private async Task<DirectoryAnswer<DomainFacts>> ReadAsync()
    {
        try
        {
            var answer = await read(CancellationToken.None);
            if (answer is DirectoryAnswer<DomainFacts>.Ok(var facts))
            {
                Volatile.Write(ref _known, facts);
            }

            return answer;
        }
        finally
        {
            lock (_gate)
            {
                _reading = null;
            }
        }
    }
}
