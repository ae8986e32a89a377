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
