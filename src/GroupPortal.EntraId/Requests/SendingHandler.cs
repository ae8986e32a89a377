using System.Net;

namespace GroupPortal.EntraId.Requests;

/// <summary>One attempt: with a limit in time that holds to the end of the answer, and told apart whether anything was sent.</summary>
internal sealed class SendingHandler(HttpMessageHandler network, TimeSpan limit, TimeProvider clock) : DelegatingHandler(network)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(limit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        HttpResponseMessage? answer = null;
        var trace = RequestCosts.Of(request).IsWrite ? WriteTrace.Current : null;
        try
        {
            trace?.Leaves();
            answer = await base.SendAsync(request, either.Token);
            await answer.Content.LoadIntoBufferAsync(either.Token);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.Unauthorized)
            {
                trace?.ComesBack();
            }

            return answer;
        }
        catch (HttpRequestException fault) when (answer is null && fault.HttpRequestError
            is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            trace?.ComesBack();
            throw new RequestNotSentException(fault.Message, fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or ObjectDisposedException)
        {
            answer?.Dispose();
            throw new RequestUnansweredException(fault.Message, fault);
        }
        catch (OperationCanceledException fault) when (!either.IsCancellationRequested)
        {
            // Neither the caller nor the limit: the connection could not be made in its time.
            trace?.ComesBack();
            throw new RequestNotSentException(fault.Message, fault);
        }
        catch (OperationCanceledException fault) when (!cancellationToken.IsCancellationRequested)
        {
            answer?.Dispose();
            throw new RequestUnansweredException($"No answer within {limit.TotalSeconds:0} seconds.", fault);
        }
        catch (OperationCanceledException fault) when (RequestCosts.Of(request).IsWrite)
        {
            // Whoever gave it up is not told that it was not sent.
            answer?.Dispose();
            throw new RequestUnansweredException("Given up after it was sent.", fault);
        }
    }
}
