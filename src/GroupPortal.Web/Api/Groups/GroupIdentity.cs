using Microsoft.AspNetCore.Http.Features;

namespace GroupPortal.Web.Api.Groups;

/// <summary>The <c>{GroupIdentity}</c> of an address.</summary>
internal static class GroupIdentity
{
    /// <summary>/GroupIDDataService/api/IdentityStores/{id}/Groups/{identity}.</summary>
    private const int Position = 6;

    /// <summary>
    /// Taken from the address as it was sent: routing leaves %2F as it is and decodes the rest, so a name with a slash could
    /// not be told from one with the letters %2F.
    /// </summary>
    /// <param name="below">Segments between Groups and the identity: 1 for <c>Groups/SmartGroups/{identity}</c>.</param>
    public static string Of(HttpContext context, string routeValue, int below = 0)
    {
        var raw = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? string.Empty;
        var path = raw.Split('?', 2)[0];
        var prefix = context.Request.PathBase.ToUriComponent();
        if (!path.StartsWith(prefix + "/", StringComparison.OrdinalIgnoreCase))
        {
            return routeValue;
        }

        var segments = path[prefix.Length..].Split('/');
        // With dots or an absolute address the segments stand elsewhere; routing has dealt with those.
        return segments.Length > Position + below && segments.Length == (context.Request.Path.Value ?? string.Empty).Split('/').Length
            ? Uri.UnescapeDataString(segments[Position + below])
            : routeValue;
    }
}
