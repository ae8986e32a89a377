using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using GroupPortal.Core.Directories;

namespace GroupPortal.EntraId.Requests;

/// <summary>
/// Each request waits for its turn, and is sent again where that is safe: what Graph refused for being too much (429), what never left, and
/// questions that were not answered. A write that was sent and not answered is never repeated here.
/// </summary>
internal sealed class PacingHandler(RequestPacer pacer, GraphQuotas quotas, TimeProvider clock, HttpMessageHandler next) : DelegatingHandler(next)
{
    /// <summary>How often a request is sent at most when Graph says that it is too much.</summary>
    internal const int MostWhenThrottled = 8;

    /// <summary>How often a request is sent at most when there is no answer, or none that helps.</summary>
    internal const int MostWhenFailing = 4;

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(500);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var priority = CurrentPriority.Value;
        var cost = RequestCosts.Of(request);
        request.Headers.TryAddWithoutValidation("x-ms-throttle-priority", priority == WorkPriority.High ? "High" : "Low");
        if (request.Content is not null)
        {
            // It may have to be sent again.
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        }

        bool IsTooLong(HttpResponseMessage answer) => priority == WorkPriority.High && RetryAfter.Of(answer, clock) > RequestPacer.Patience;
        var (throttled, failed) = (0, 0);
        while (true)
        {
            TimeSpan wait;
            try
            {
                using var turn = await pacer.EnterAsync(cost, priority, cancellationToken);
                var answer = await base.SendAsync(request, cancellationToken);
                if (IsBatch(request))
                {
                    await FollowBatchAsync(answer, cost, cancellationToken);
                }
                else
                {
                    pacer.Follow(answer, cost);
                }

                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    // The pause holds for everybody, so that the next turn comes after it.
                    pacer.Pause(answer, throttled, cost);
                    if (++throttled >= MostWhenThrottled || IsTooLong(answer))
                    {
                        return answer;
                    }

                    wait = TimeSpan.Zero;
                }
                else if (!cost.IsWrite && answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.BadGateway
                    && !IsTooLong(answer) && ++failed < MostWhenFailing)
                {
                    wait = RetryAfter.Of(answer, clock) ?? WaitOf(failed);
                }
                else
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (PausedException fault)
            {
                return Paused(request, fault);
            }
            catch (RequestNotSentException fault) when (!fault.IsSignIn && ++failed < MostWhenFailing)
            {
                wait = WaitOf(failed);
            }
            catch (RequestUnansweredException) when (!cost.IsWrite && ++failed < MostWhenFailing)
            {
                wait = WaitOf(failed);
            }

            await Task.Delay(wait, clock, cancellationToken);
        }
    }

    /// <summary>As Graph itself would say it, were it asked.</summary>
    private static HttpResponseMessage Paused(HttpRequestMessage request, PausedException fault)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.TooManyRequests)
        {
            RequestMessage = request,
            Content = JsonContent.Create(new { error = new { code = "TooManyRequests", message = fault.Message } }),
        };
        answer.Headers.TryAddWithoutValidation("Retry-After", Math.Ceiling(fault.After.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        return answer;
    }

    private static bool IsBatch(HttpRequestMessage request) => request.RequestUri?.AbsolutePath.EndsWith("/$batch", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Inside of a $batch each request is throttled by itself, and the whole is answered with 200: the longest wait holds.</summary>
    private async Task FollowBatchAsync(HttpResponseMessage answer, RequestCost cost, CancellationToken cancellation)
    {
        if (!answer.IsSuccessStatusCode)
        {
            pacer.Follow(answer, cost);
            return;
        }

        var parts = BatchPart.Read(await answer.Content.ReadAsByteArrayAsync(cancellation));
        pacer.Follow(parts.All(part => part.Units is not null) ? parts.Sum(part => part.Units) : null, parts.Max(part => part.Used), cost);
        foreach (var throttled in parts.Where(part => part.IsThrottled).GroupBy(part => part.IsForWrites))
        {
            pacer.Pause(throttled.Max(part => RetryAfter.Of(part.Header("Retry-After"), clock)), throttled.Key);
        }
    }

    private TimeSpan WaitOf(int failed) => FirstWait * Math.Pow(2, failed - 1) / quotas.Speed;
}
