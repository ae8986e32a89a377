using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
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
                    await FollowBatchAsync(answer, cancellationToken);
                }
                else
                {
                    pacer.Follow(answer, cost);
                }

                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                {
                    // The pause holds for everybody, so that the next turn comes after it.
                    pacer.Pause(answer, throttled);
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
    private async Task FollowBatchAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (!answer.IsSuccessStatusCode)
        {
            return;
        }

        var (isThrottled, longest) = (false, (TimeSpan?)null);
        using var body = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(cancellation));
        foreach (var one in body.RootElement.GetProperty("responses").EnumerateArray().Where(one => one.GetProperty("status").GetInt32() == 429))
        {
            isThrottled = true;
            var wait = !one.TryGetProperty("headers", out var headers) ? null : headers.EnumerateObject()
                .Where(header => header.Name.Equals("Retry-After", StringComparison.OrdinalIgnoreCase))
                .Select(header => RetryAfter.Of(header.Value.ToString(), clock))
                .FirstOrDefault();
            longest = longest is null || wait > longest ? wait ?? longest : longest;
        }

        if (isThrottled)
        {
            pacer.Pause(longest);
        }
    }

    private TimeSpan WaitOf(int failed) => FirstWait * Math.Pow(2, failed - 1) / quotas.Speed;
}
