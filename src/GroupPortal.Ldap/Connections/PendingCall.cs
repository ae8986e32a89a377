using GroupPortal.Ldap.Wire;

namespace GroupPortal.Ldap.Connections;

/// <summary>A request that is on its way, or waits for it. Exactly one of the sender and the one who gives up gets it.</summary>
internal class PendingCall(int id, byte[] message, byte answerTag)
{
    /// <summary>Nobody asks for any; without end they are no answer.</summary>
    private const int MostIntermediates = 1000;

    private const int Queued = 0;
    private const int Sending = 1;
    private const int Withdrawn = 2;

    private readonly TaskCompletionSource<LdapAnswer> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state;
    private int _intermediates;

    public int Id { get; } = id;

    public byte[] Message { get; } = message;

    public Task<LdapAnswer> Answer => _answer.Task;

    /// <summary>Whether it may have left: nothing else can have been answered.</summary>
    public bool IsSent => Volatile.Read(ref _state) == Sending;

    /// <summary>True once: from now on it counts as sent, because nobody can say how much of it leaves.</summary>
    public bool TryBeginSending() => Interlocked.CompareExchange(ref _state, Sending, Queued) == Queued;

    /// <summary>True when it never left and never will.</summary>
    public bool TryWithdraw() => Interlocked.CompareExchange(ref _state, Withdrawn, Queued) is Queued or Withdrawn;

    /// <summary>Takes one message of the server; true when it was the last.</summary>
    /// <exception cref="MalformedMessageException">The message is no answer to this request.</exception>
    public virtual bool Take(Response response)
    {
        switch (response)
        {
            case Response.Done done when done.Tag == answerTag:
                return true;
            case Response.Intermediate when ++_intermediates <= MostIntermediates:
                return false;
            default:
                throw new MalformedMessageException("The server answered one request with the answer of another.");
        }
    }

    public void Complete(LdapResult result) => _answer.TrySetResult(new LdapAnswer.Answered(result));

    /// <summary>The connection is gone: not sent, or nobody knows.</summary>
    public void Fail(LdapFault fault) =>
        _answer.TrySetResult(TryWithdraw() ? new LdapAnswer.NotSent(fault) : new LdapAnswer.Unknown(fault));
}

/// <summary>A search, which gathers what it finds up to a bound of memory.</summary>
internal sealed class PendingSearch(int id, byte[] message, int budget) : PendingCall(id, message, ResponseReader.SearchDoneTag)
{
    private readonly List<LdapEntry> _entries = [];
    private readonly List<string> _references = [];

    /// <summary>What may still be taken; the connection's reader bounds the next entry by it.</summary>
    public int Budget { get; private set; } = budget;

    /// <summary>Complete only after the answer: until then the connection's reader writes here.</summary>
    public IReadOnlyList<LdapEntry> Entries => _entries;

    public IReadOnlyList<string> References => _references;

    public override bool Take(Response response)
    {
        switch (response)
        {
            case Response.Entry entry:
                Budget -= entry.Cost;
                _entries.Add(entry.Value);
                return false;
            case Response.Reference reference:
                // Counted, so that endless references end; a few are kept for whoever reads the log.
                Budget -= reference.Cost;
                if (_references.Count < ResponseReader.MaximumListed)
                {
                    _references.AddRange(reference.Addresses);
                }

                return Budget < 0 ? throw new MalformedMessageException("The search found more references than are taken.", isTooLarge: true) : false;
            default:
                return base.Take(response);
        }
    }
}
