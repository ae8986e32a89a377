using System.Text.Json;

namespace GroupPortal.EntraId.Requests;

/// <summary>
/// The last line of defence: <c>DELETE /groups/{id}/members/{id}</c> without <c>/$ref</c> deletes the person. Whatever built such a
/// request, alone or inside of a $batch, it does not leave; nor does any other that deletes something else than a group or a reference.
/// </summary>
internal sealed class ReferenceGuard(HttpMessageHandler next) : DelegatingHandler(next)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var path = request.RequestUri?.AbsolutePath ?? string.Empty;
        Check(request.Method.Method, path);
        if (path.EndsWith("/$batch", StringComparison.OrdinalIgnoreCase) && request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken);
            using var body = JsonDocument.Parse(await request.Content.ReadAsStringAsync(cancellationToken));
            foreach (var inner in body.RootElement.GetProperty("requests").EnumerateArray())
            {
                Check(inner.GetProperty("method").GetString() ?? string.Empty, inner.GetProperty("url").GetString() ?? string.Empty);
            }
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static void Check(string method, string address)
    {
        if (string.Equals(method, "DELETE", StringComparison.OrdinalIgnoreCase) && !MayDelete(address))
        {
            throw new InvalidOperationException($"A request was about to delete something that is neither a group nor a reference: {address}");
        }
    }

    internal static bool MayDelete(string address)
    {
        var parts = Uri.UnescapeDataString(address.Split('?', '#')[0]).Split('/', StringSplitOptions.RemoveEmptyEntries);
        var start = parts is ["v1.0" or "beta", ..] ? 1 : 0;
        return parts[start..] is
            ["groups", _]
            or ["groups", _, "members" or "owners", _, "$ref"];
    }
}
