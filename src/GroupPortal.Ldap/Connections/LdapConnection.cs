using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using GroupPortal.Ldap.Wire;

namespace GroupPortal.Ldap.Connections;

/// <summary>
/// One connection to one server, for any number of requests at once. It is one epoch: at its first fault it is closed, and
/// whatever had left without an answer is unknown. One loop writes, one reads; a caller only waits, so that neither a full
/// pipe nor a silent server can hold it beyond its limit.
/// </summary>
internal sealed class LdapConnection : IAsyncDisposable
{
    private const int LargestBatch = 64 * 1024;

    private readonly Stream _stream;
    private readonly LdapOptions _options;
    private readonly TimeProvider _clock;
    private readonly Channel<PendingCall> _outgoing = Channel.CreateUnbounded<PendingCall>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<int, PendingCall> _pending = new();
    private readonly AbandonedCalls _abandoned = new();
    private readonly Task _reading;
    private readonly Task _writing;
    private LdapFault? _fault;
    private int _lastId;
    private int _paging;
    private long _received;
    private long _lastUsed;

    public LdapConnection(Stream stream, LdapServer server, LdapOptions options, TimeProvider clock)
    {
        _stream = stream;
        _options = options;
        _clock = clock;
        Server = server;
        _lastUsed = clock.GetTimestamp();
        _reading = ReadAllAsync();
        _writing = WriteAllAsync();
    }

    public LdapServer Server { get; }

    public bool IsUsable => Volatile.Read(ref _fault) is null;

    public int InFlight => _pending.Count;

    /// <summary>How many paged searches go on here. Samba keeps few, and drops the oldest.</summary>
    public int Paging => Volatile.Read(ref _paging);

    public TimeSpan Idle => InFlight > 0 || Paging > 0 ? TimeSpan.Zero : _clock.GetElapsedTime(Interlocked.Read(ref _lastUsed));

    /// <summary>This connection for one paged search, whose cookies are good nowhere else. Dispose to give it back.</summary>
    public PagingLease BeginPaging()
    {
        Interlocked.Increment(ref _paging);
        return new PagingLease(this);
    }

    /// <exception cref="OperationCanceledException">Cancelled before anything left.</exception>
    public Task<LdapAnswer> SendAsync(LdapRequest request, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _lastId);
        LdapMeter.Sent(request.GetType().Name);
        return CallAsync(new PendingCall(id, RequestWriter.Write(id, request), RequestWriter.AnswerTag(request)), request.Limit, cancellation);
    }

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<LdapSearchAnswer> SearchAsync(LdapSearch search, int budget, CancellationToken cancellation)
    {
        var id = Interlocked.Increment(ref _lastId);
        LdapMeter.Sent("Search");
        var call = new PendingSearch(id, RequestWriter.Write(id, search), budget);
        var answer = await CallAsync(call, search.Limit, cancellation);
        cancellation.ThrowIfCancellationRequested();
        // What came before a fault is not handed on: the reader may still be at it, and half an answer is none.
        return answer is LdapAnswer.Answered
            ? new LdapSearchAnswer(call.Entries, call.References, answer) { Cost = budget - call.Budget }
            : new LdapSearchAnswer([], [], answer);
    }

    /// <summary>Ends the connection with Unbind (RFC 4511 4.3).</summary>
    public async ValueTask DisposeAsync()
    {
        if (IsUsable)
        {
            _outgoing.Writer.TryWrite(new PendingCall(0, RequestWriter.WriteUnbind(Interlocked.Increment(ref _lastId)), 0));
            _outgoing.Writer.TryComplete();
            // A server that takes nothing any more is not waited for.
            await Task.WhenAny(_writing, Task.Delay(TimeSpan.FromMilliseconds(200)));
        }

        Fail(Fault(LdapFaultKind.Disposed, "The connection was closed here."));
        await Task.WhenAll(_reading, _writing);
    }

    private LdapFault Fault(LdapFaultKind kind, string message) => new(kind, Server.ToString(), message);

    private async Task<LdapAnswer> CallAsync(PendingCall call, TimeSpan? limit, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (call.Message.Length > _options.MaximumRequestBytes)
        {
            return new LdapAnswer.NotSent(Fault(
                LdapFaultKind.TooLarge,
                string.Create(CultureInfo.InvariantCulture, $"A request of {call.Message.Length} octets is longer than a server takes.")));
        }

        _pending[call.Id] = call;
        Interlocked.Exchange(ref _lastUsed, _clock.GetTimestamp());
        if (Volatile.Read(ref _fault) is { } gone)
        {
            // The connection ended in between: whoever ended it may not have seen this call.
            _pending.TryRemove(call.Id, out _);
            call.Fail(gone);
            return await call.Answer;
        }

        _outgoing.Writer.TryWrite(call);
        try
        {
            return await call.Answer.WaitAsync(limit ?? _options.CallLimit, _clock, cancellation);
        }
        catch (TimeoutException)
        {
            return await GiveUpAsync(call, Fault(LdapFaultKind.TimedOut, "The server did not answer in time."));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            var answer = await GiveUpAsync(call, Fault(LdapFaultKind.Cancelled, "The request was given up."));
            return answer is LdapAnswer.NotSent ? throw new OperationCanceledException(cancellation) : answer;
        }
    }

    private async Task<LdapAnswer> GiveUpAsync(PendingCall call, LdapFault fault)
    {
        // Known as abandoned before it is no longer known as pending: an answer in between belongs to somebody.
        var isRemembered = _abandoned.TryAdd(call.Id);
        if (!_pending.TryRemove(call.Id, out _))
        {
            // The answer was there already; it is being handed over.
            _abandoned.Remove(call.Id);
            return await call.Answer;
        }

        if (call.TryWithdraw())
        {
            _abandoned.Remove(call.Id);
            return new LdapAnswer.NotSent(fault);
        }

        if (fault.Kind == LdapFaultKind.TimedOut && Interlocked.Read(ref _received) == call.ReceivedBefore)
        {
            // Not one message in all that time: nobody is there any more, and the next request would wait as long.
            Fail(Fault(LdapFaultKind.Closed, "The server said nothing for the whole time limit of a request."));
        }
        else if (!isRemembered)
        {
            Fail(Fault(LdapFaultKind.Closed, "The server left too many requests without an answer."));
        }
        else
        {
            _outgoing.Writer.TryWrite(new PendingCall(0, RequestWriter.WriteAbandon(Interlocked.Increment(ref _lastId), call.Id), 0));
        }

        return new LdapAnswer.Unknown(fault);
    }

    private async Task WriteAllAsync()
    {
        try
        {
            var batch = new MemoryStream();
            while (await _outgoing.Reader.WaitToReadAsync())
            {
                while (batch.Length < LargestBatch && _outgoing.Reader.TryRead(out var call))
                {
                    call.ReceivedBefore = Interlocked.Read(ref _received);
                    if (call.TryBeginSending())
                    {
                        batch.Write(call.Message);
                    }
                }

                await _stream.WriteAsync(batch.GetBuffer().AsMemory(0, (int)batch.Length));
                await _stream.FlushAsync();
                batch = batch.Capacity > 2 * LargestBatch ? new MemoryStream() : batch;
                batch.SetLength(0);
            }
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Fail(Fault(LdapFaultKind.Closed, fault.Message));
        }
    }

    private async Task ReadAllAsync()
    {
        // The constructor's caller shall not do the first read.
        await Task.Yield();
        var frames = new FrameReader(_stream, _options.MaximumMessageBytes);
        try
        {
            while (await frames.ReadAsync(CancellationToken.None) is { } message)
            {
                Interlocked.Increment(ref _received);
                if (Dispatch(message) is { } fault)
                {
                    Fail(fault);
                    return;
                }
            }

            Fail(Fault(LdapFaultKind.Closed, "The server closed the connection."));
        }
        catch (MalformedMessageException malformed)
        {
            Fail(Fault(malformed.IsTooLarge ? LdapFaultKind.TooLarge : LdapFaultKind.BadAnswer, malformed.Message));
        }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException)
        {
            Fail(Fault(LdapFaultKind.Closed, fault.Message));
        }
    }

    private LdapFault? Dispatch(ReadOnlyMemory<byte> message)
    {
        var id = new BerReader(message).ReadInteger();
        _pending.TryGetValue(id, out var call);
        var response = ResponseReader.Read(message, (call as PendingSearch)?.Budget ?? _options.MaximumAnswerBytes);
        if (response is Response.Done { IsNoticeOfDisconnection: true } notice)
        {
            return Fault(LdapFaultKind.Closed, $"The server ended the connection: {notice.Result.Message}") with { Result = notice.Result };
        }

        if (call is null)
        {
            if (!_abandoned.Contains(id))
            {
                return Fault(LdapFaultKind.BadAnswer, "The server answered a request that nobody made.");
            }

            if (response is Response.Done)
            {
                _abandoned.Remove(id);
            }
        }
        else if (call.Take(response))
        {
            if (_pending.TryRemove(id, out _))
            {
                call.Complete(((Response.Done)response).Result);
            }
            else
            {
                _abandoned.Remove(id);
            }
        }

        return null;
    }

    private void Fail(LdapFault fault)
    {
        if (Interlocked.CompareExchange(ref _fault, fault, null) is not null)
        {
            return;
        }

        _outgoing.Writer.TryComplete();
        _stream.Dispose();
        foreach (var id in _pending.Keys)
        {
            if (_pending.TryRemove(id, out var call))
            {
                call.Fail(fault);
            }
        }
    }

    internal readonly struct PagingLease(LdapConnection connection) : IDisposable
    {
        public LdapConnection Connection => connection;

        public void Dispose() => Interlocked.Decrement(ref connection._paging);
    }
}
