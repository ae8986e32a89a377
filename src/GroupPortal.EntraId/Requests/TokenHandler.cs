using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Azure.Core;
using Azure.Identity;

namespace GroupPortal.EntraId.Requests;

/// <summary>
/// Puts the app's token on each request. When Graph wants another one although this is not over (continuous access evaluation: 401 with
/// claims), one with those claims is fetched, once.
/// </summary>
internal sealed partial class TokenHandler(TokenCredential credential, Uri root, HttpMessageHandler next) : DelegatingHandler(next)
{
    private readonly string[] _scopes = [new Uri(root, "/.default").AbsoluteUri];

    /// <summary>The token itself, for looking at its roles.</summary>
    public async Task<AccessToken> TokenAsync(string? claims, CancellationToken cancellation)
    {
        try
        {
            return await credential.GetTokenAsync(new TokenRequestContext(_scopes, claims: claims, isCaeEnabled: true), cancellation);
        }
        catch (Exception fault) when (fault is AuthenticationFailedException or Azure.RequestFailedException or HttpRequestException or IOException)
        {
            throw new RequestNotSentException(fault.Message, fault) { IsSignIn = IsSignIn(fault) };
        }
    }

    /// <summary>
    /// Whether the tenant does not let the app in. The library throws the same where the network failed, and only what is inside tells.
    /// </summary>
    internal static bool IsSignIn(Exception fault)
    {
        if (fault is not AuthenticationFailedException)
        {
            return false;
        }

        if (fault.Message.Contains("AADSTS", StringComparison.Ordinal))
        {
            return true;
        }

        for (var inner = fault.InnerException; inner is not null; inner = inner.InnerException)
        {
            if (inner is HttpRequestException or IOException or Azure.RequestFailedException { Status: 0 } or TaskCanceledException)
            {
                return false;
            }
        }

        return true;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(request, claims: null, cancellationToken);
        if (answer.StatusCode != HttpStatusCode.Unauthorized || ClaimsOf(answer) is not { } claims)
        {
            return answer;
        }

        answer.Dispose();
        var again = await SendAsync(request, claims, cancellationToken);
        if (again.StatusCode == HttpStatusCode.Unauthorized)
        {
            // The client above would try the same once more.
            again.Headers.WwwAuthenticate.Clear();
        }

        return again;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string? claims, CancellationToken cancellation)
    {
        var token = await TokenAsync(claims, cancellation);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Token);
        return await base.SendAsync(request, cancellation);
    }

    /// <summary>The claims as JSON; in the header they are base64.</summary>
    internal static string? ClaimsOf(HttpResponseMessage answer)
    {
        foreach (var challenge in answer.Headers.WwwAuthenticate)
        {
            if (ClaimsPart().Match(challenge.Parameter ?? string.Empty) is { Success: true } found)
            {
                var text = found.Groups["claims"].Value;
                var padded = text.Replace('-', '+').Replace('_', '/').TrimEnd('=');
                var bytes = new byte[text.Length];
                return Convert.TryFromBase64String(padded.PadRight((padded.Length + 3) / 4 * 4, '='), bytes, out var length)
                    ? Encoding.UTF8.GetString(bytes, 0, length)
                    : null;
            }
        }

        return null;
    }

    [GeneratedRegex("(^|[ ,])claims=\"(?<claims>[A-Za-z0-9+/_=-]+)\"", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClaimsPart();
}
