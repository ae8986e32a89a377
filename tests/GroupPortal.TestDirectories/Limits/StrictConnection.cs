using System.Collections.Concurrent;
using System.Formats.Asn1;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using GroupPortal.TestDirectories.Certificates;

namespace GroupPortal.TestDirectories.Limits;

/// <summary>
/// One client's way to the controller. Requests get numbers of our own on the way, so that what still comes of a search that we
/// ended is never taken for another's.
/// </summary>
internal sealed class StrictConnection(StrictDomain domain, Socket client, IPEndPoint server, string caFile, X509Certificate2 certificate)
{
    private const int SizeLimitExceeded = 4;
    private const int TimeLimitExceeded = 3;
    private const int InsufficientAccessRights = 50;
    private const int AdminLimitExceeded = 11;

    private static readonly TimeProvider Clock = TimeProvider.System;

    private readonly ConcurrentDictionary<int, PendingRequest> _pending = new();
    // A search is not ended between the decision to pass an entry of it and the passing.
    private readonly SemaphoreSlim _answering = new(1);
    private int _lastId;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            await using var upstream = new LdapStream(await TrustedConnection.OpenAsync(server, caFile, end.Token), int.MaxValue);
            await using var secure = new SslStream(new NetworkStream(client));
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, end.Token);
            await using var downstream = new LdapStream(secure, domain.Limits.MaxReceiveBuffer);
            var directions = new[] { RequestsAsync(downstream, upstream, end.Token), AnswersAsync(upstream, downstream, end.Token) };
            await Task.WhenAny(directions);
            await end.CancelAsync();
            await Task.WhenAll(directions);
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            // A side hung up, sent what is no LDAP, or more than is taken: the other is hung up on.
        }
        finally
        {
            client.Dispose();
        }
    }

    private static bool IsEnd(Exception fault) =>
        fault is IOException or InvalidDataException or AsnContentException or OverflowException or AuthenticationException
            or SocketException or ObjectDisposedException or OperationCanceledException;

    private static int AnswerTag(LdapOperation operation) => operation == LdapOperation.Search ? LdapMessage.DoneTag : (int)operation + 1;

    private async Task RequestsAsync(LdapStream downstream, LdapStream upstream, CancellationToken cancellation)
    {
        while (await downstream.ReadAsync(cancellation) is var (message, length))
        {
            var operation = (LdapOperation)message.Tag;
            domain.CountReceived(operation, length);
            if (operation == LdapOperation.Abandon)
            {
                await AbandonAsync(message.ReadAbandoned(), upstream, cancellation);
                continue;
            }

            var search = operation == LdapOperation.Search ? new SearchRequest(message, domain.Limits) : null;
            if (WhyNot(message, operation, search) is var (code, why))
            {
                await downstream.WriteAsync(LdapMessage.Result(message.Id, AnswerTag(operation), code, why), cancellation);
                continue;
            }

            domain.CountPassed(operation);
            var id = Interlocked.Increment(ref _lastId);
            if (operation != LdapOperation.Unbind)
            {
                var pending = _pending[id] = new PendingRequest(message.Id, search, Clock.GetTimestamp());
                _ = search?.MaximumTime is { } limit ? LimitAsync(id, pending, limit, upstream, downstream, cancellation) : Task.CompletedTask;
            }

            await upstream.WriteAsync((search?.ToMessage() ?? message) with { Id = id }, cancellation);
        }
    }

    private (int Code, string Why)? WhyNot(LdapMessage message, LdapOperation operation, SearchRequest? search)
    {
        var limits = domain.Limits;
        if (search is not null)
        {
            domain.Count(counts => counts with
            {
                LargestPage = Math.Max(counts.LargestPage, search.Controls.PageSize ?? 0),
                LargestFilterTerms = Math.Max(counts.LargestFilterTerms, search.Filter.Terms),
                LargestFilterDepth = Math.Max(counts.LargestFilterDepth, search.Filter.Depth),
            });
            if (search.Filter.Depth > limits.MaxFilterDepth || search.Filter.Terms > limits.MaxFilterTerms)
            {
                return (AdminLimitExceeded, domain.Violated($"A filter has {search.Filter.Terms} conditions in {search.Filter.Depth} levels."));
            }
        }

        if (search is { Controls.IsDirSync: true } && limits.RefusesDirSync)
        {
            return (InsufficientAccessRights, "00002105: LdapErr: DSID-0C0D0B2A, comment: Error processing control, data 0, v3839");
        }

        if (operation is LdapOperation.Modify or LdapOperation.Add)
        {
            var values = operation == LdapOperation.Modify ? WrittenValues.OfModify(message) : WrittenValues.OfAdd(message);
            domain.Count(counts => operation == LdapOperation.Modify
                ? counts with { LargestModify = Math.Max(counts.LargestModify, values) }
                : counts with { LargestAdd = Math.Max(counts.LargestAdd, values) });
            if (values > limits.MaxWrittenValues)
            {
                return (AdminLimitExceeded, "One request writes more values than one transaction may.");
            }
        }

        return domain.Refusals.Next(operation) is { } code ? (code, "The strict domain was told to refuse this request.") : null;
    }

    private async Task AbandonAsync(int abandoned, LdapStream upstream, CancellationToken cancellation)
    {
        foreach (var (id, pending) in _pending)
        {
            if (pending.Id == abandoned && !pending.IsOver)
            {
                pending.IsOver = true;
                await pending.Answered.CancelAsync();
                domain.CountPassed(LdapOperation.Abandon);
                await upstream.WriteAsync(LdapMessage.Abandon(Interlocked.Increment(ref _lastId), id), cancellation);
            }
        }
    }

    private async Task AnswersAsync(LdapStream upstream, LdapStream downstream, CancellationToken cancellation)
    {
        while (await upstream.ReadAsync(cancellation) is var (message, _))
        {
            if (message.Id == 0)
            {
                // The controller's farewell (RFC 4511 4.4.1).
                await downstream.WriteAsync(message, cancellation);
                continue;
            }

            var pending = message.IsFinal && _pending.TryRemove(message.Id, out var last) ? last : _pending.GetValueOrDefault(message.Id);
            if (pending is null)
            {
                continue;
            }

            await AnswerAsync(message, pending, upstream, downstream, cancellation);
            if (message.IsFinal)
            {
                await pending.Answered.CancelAsync();
                pending.Dispose();
            }
        }
    }

    private async Task AnswerAsync(
        LdapMessage message, PendingRequest pending, LdapStream upstream, LdapStream downstream, CancellationToken cancellation)
    {
        await _answering.WaitAsync(cancellation);
        try
        {
            if (pending.IsOver)
            {
                return;
            }

            if (pending.Search is not { } search)
            {
                await downstream.WriteAsync(message with { Id = pending.Id }, cancellation);
                return;
            }

            if (Clock.GetElapsedTime(pending.Started) > search.MaximumTime)
            {
                await EndAsync(message.Id, pending, TimeLimitExceeded, upstream, downstream, cancellation);
                return;
            }

            if (message.Tag == LdapMessage.EntryTag)
            {
                if (++pending.Entries > search.MaximumEntries)
                {
                    await EndAsync(message.Id, pending, SizeLimitExceeded, upstream, downstream, cancellation);
                    return;
                }

                (message, var cut) = EntryRanges.Apply(message, search, domain.Limits);
                domain.Count(counts => counts with { CutAttributes = counts.CutAttributes + cut });
            }

            await downstream.WriteAsync(message with { Id = pending.Id }, cancellation);
        }
        finally
        {
            _answering.Release();
        }
    }

    /// <summary>Ends a search of which nothing comes for too long.</summary>
    private async Task LimitAsync(
        int id, PendingRequest pending, TimeSpan limit, LdapStream upstream, LdapStream downstream, CancellationToken cancellation)
    {
        try
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation, pending.Answered.Token);
            await Task.Delay(limit, Clock, end.Token);
            await _answering.WaitAsync(end.Token);
            try
            {
                if (!pending.IsOver)
                {
                    await EndAsync(id, pending, TimeLimitExceeded, upstream, downstream, cancellation);
                }
            }
            finally
            {
                _answering.Release();
            }
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            // Answered in time, or the connection is over.
        }
    }

    private async Task EndAsync(
        int id, PendingRequest pending, int code, LdapStream upstream, LdapStream downstream, CancellationToken cancellation)
    {
        pending.IsOver = true;
        domain.Count(counts => counts with { CutSearches = counts.CutSearches + 1 });
        await downstream.WriteAsync(LdapMessage.Result(pending.Id, LdapMessage.DoneTag, code, string.Empty), cancellation);
        await upstream.WriteAsync(LdapMessage.Abandon(Interlocked.Increment(ref _lastId), id), cancellation);
    }
}
