using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
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
    private const long Nothing = long.MinValue;

    /// <summary>Shorter than this, a silence says nothing about a server: the last page of a search may have a millisecond left.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    private readonly Stream _stream;
    private readonly LdapOptions _options;
    private readonly TimeProvider _clock;
    private readonly Channel<PendingCall> _outgoing = Channel.CreateUnbounded<PendingCall>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<int, PendingCall> _pending = new();
    private readonly AbandonedCalls _abandoned = new();
    private readonly Task _reading;
    private readonly Task _writing;
    private volatile bool _isClosing;
    private LdapFault? _fault;
    private int _lastId;
    private int _inFlight;
    private int _paging;
    private long _ignored;
    private long _lastUsed;

    /// <summary>When the first request since the server's last message was made.</summary>
    private long _askedAt = Nothing;

    public LdapConnection(Stream stream, LdapServer server, LdapOptions options, TimeProvider clock)
    {
        _stream = stream;
        _options = options;
        _clock = clock;
        Server = server;
        _lastUsed = clock.GetTimestamp();
        // Not in the caller's context: both outlive him, and a component's would stop everybody while it is busy.
        _reading = Task.Run(ReadAllAsync);
        _writing = Task.Run(WriteAllAsync);
    }

    public LdapServer Server { get; }

    public bool IsUsable => Volatile.Read(ref _fault) is null;

    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>How many paged searches go on here. Samba keeps few, and drops the oldest.</summary>
    public int Paging => Volatile.Read(ref _paging);

    public TimeSpan Idle => InFlight > 0 || Paging > 0 ? TimeSpan.Zero : _clock.GetElapsedTime(Interlocked.Read(ref _lastUsed));

    /// <summary>This connection for one paged search, whose cookies are good nowhere else, until <see cref="EndPaging"/>.</summary>
    public void BeginPaging() => Interlocked.Increment(ref _paging);

    public void EndPaging() => Interlocked.Decrement(ref _paging);

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
        // From here on it is closed by us: a server that hangs up on Unbind must not look like one that broke off.
        _isClosing = true;
        if (IsUsable)
        {
            _outgoing.Writer.TryWrite(new PendingCall(0, RequestWriter.WriteUnbind(Interlocked.Increment(ref _lastId)), 0));
            _outgoing.Writer.TryComplete();
            // A server that takes nothing any more is not waited for.
            await Task.WhenAny(_writing, Task.Delay(TimeSpan.FromMilliseconds(200)));
        }

        Fail(ClosedHere);
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

        if (limit == TimeSpan.Zero)
        {
            return new LdapAnswer.NotSent(Fault(LdapFaultKind.TimedOut, "The call's limit was over before there was a connection."));
        }

        _pending[call.Id] = call;
        Interlocked.Increment(ref _inFlight);
        var now = _clock.GetTimestamp();
        Interlocked.Exchange(ref _lastUsed, now);
        Interlocked.CompareExchange(ref _askedAt, now, Nothing);
        if (Volatile.Read(ref _fault) is { } gone)
        {
            // The connection ended in between: whoever ended it may not have seen this call.
            TryTake(call.Id, out _);
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
        if (!TryTake(call.Id, out _))
        {
            // The answer was there already; it is being handed over.
            _abandoned.Remove(call.Id);
            return await call.Answer;
        }

        var isSent = !call.TryWithdraw();
        if (fault.Kind == LdapFaultKind.TimedOut && IsSilent())
        {
            // Not one message in all that time: nobody is there any more, and the next request would wait as long.
            Fail(Fault(LdapFaultKind.Closed, "The server said nothing for the whole time limit of a request."));
        }
        else if (!isSent)
        {
            _abandoned.Remove(call.Id);
        }
        else if (!isRemembered)
        {
            Fail(Fault(LdapFaultKind.Closed, "The server left too many requests without an answer."));
        }
        else
        {
            _outgoing.Writer.TryWrite(new PendingCall(0, RequestWriter.WriteAbandon(Interlocked.Increment(ref _lastId), call.Id), 0));
        }

        return isSent ? new LdapAnswer.Unknown(fault) : new LdapAnswer.NotSent(fault);
    }

    private bool IsSilent() => Interlocked.Read(ref _askedAt) is var asked && asked != Nothing && _clock.GetElapsedTime(asked) >= Silence;

    private async Task WriteAllAsync()
    {
        try
        {
            var batch = new MemoryStream();
            while (await _outgoing.Reader.WaitToReadAsync())
            {
                while (batch.Length < LargestBatch && _outgoing.Reader.TryRead(out var call))
                {
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
        catch (Exception fault)
        {
            // Whatever it was: without this loop nobody would ever be answered.
            Fail(Fault(LdapFaultKind.Closed, fault.Message));
        }
    }

    private async Task ReadAllAsync()
    {
        var frames = new FrameReader(_stream, _options.MaximumMessageBytes);
        try
        {
            while (await frames.ReadAsync(CancellationToken.None) is { } message)
            {
                Interlocked.Exchange(ref _askedAt, Nothing);
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
        catch (Exception fault)
        {
            // Whatever it was: without this loop nobody would ever be answered.
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

            _ignored += message.Length;
            if (response is Response.Done)
            {
                _abandoned.Remove(id);
                _ignored = 0;
            }

            return _ignored > _options.MaximumAnswerBytes ? Fault(LdapFaultKind.TooLarge, "The server does not end an answer that was given up.") : null;
        }

        if (!call.IsSent)
        {
            return Fault(LdapFaultKind.BadAnswer, "The server answered a request that was not sent yet.");
        }

        if (call.Take(response))
        {
            Interlocked.Exchange(ref _lastUsed, _clock.GetTimestamp());
            if (TryTake(id, out _))
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

    /// <summary>Counted here: the dictionary's own count stops everybody who uses it.</summary>
    private bool TryTake(int id, [NotNullWhen(true)] out PendingCall? call)
    {
        if (!_pending.TryRemove(id, out call))
        {
            return false;
        }

        Interlocked.Decrement(ref _inFlight);
        return true;
    }

    private LdapFault ClosedHere => Fault(LdapFaultKind.Disposed, "The connection was closed here.");

    private void Fail(LdapFault why)
    {
        var fault = _isClosing ? ClosedHere : why;
        if (Interlocked.CompareExchange(ref _fault, fault, null) is not null)
        {
            return;
        }

        _outgoing.Writer.TryComplete();
        _stream.Dispose();
        foreach (var id in _pending.Keys)
        {
            if (TryTake(id, out var call))
            {
                call.Fail(fault);
            }
        }
    }
}
