using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace GroupPortal.Web.Api.Groups;

/// <summary>What the address and the headers of a write say about how to carry it out.</summary>
/// <param name="PlanOnly"><c>?plan=true</c>: answer the plan, write nothing.</param>
/// <param name="IsStrict"><c>Prefer: handling=strict</c> (RFC 7240): nothing at all unless everything can be done.</param>
/// <param name="Confirmed">The hash of the plan that somebody agreed to, where the guard holds it.</param>
/// <param name="IfMatch">The entity tags of which the group must have one; empty for any.</param>
/// <param name="Previewed">The hash of the preview that somebody looked at: the group's rule is to do exactly that. Null where nobody looked.</param>
internal sealed record WriteOptions(bool PlanOnly, bool IsStrict, string? Confirmed, IReadOnlyList<string> IfMatch, string? Previewed)
{
    public const string PlanHashHeader = "GroupPortal-Plan-Hash";
    public const string ConfirmHeader = "GroupPortal-Confirm";
    public const string PreviewHeader = "GroupPortal-Preview-Hash";

    /// <summary>Null where <c>plan</c> is neither true nor false: a misspelling must not become a write.</summary>
    public static WriteOptions? Of(HttpRequest request)
    {
        var planOnly = false;
        if (request.Query.TryGetValue("plan", out var plan) && !StringValues.IsNullOrEmpty(plan) && !bool.TryParse(plan, out planOnly))
        {
            return null;
        }

        var isStrict = request.Headers["Prefer"]
            .SelectMany(header => (header ?? string.Empty).Split([',', ';'], StringSplitOptions.TrimEntries))
            .Any(preference => string.Equals(preference.Replace(" ", string.Empty, StringComparison.Ordinal).Replace("\"", string.Empty, StringComparison.Ordinal), "handling=strict", StringComparison.OrdinalIgnoreCase));
        var tags = EntityTagHeaderValue.TryParseList([.. request.Headers.IfMatch.Select(header => header ?? string.Empty)], out var parsed) ? parsed : null;
        IReadOnlyList<string> ifMatch = request.Headers.IfMatch.Count == 0 ? []
            : tags is null ? [string.Empty] // unreadable: it matches nothing
            : tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any)) ? []
            : [.. tags.Select(tag => tag.Tag.ToString())];
        return new WriteOptions(planOnly, isStrict, request.Headers[ConfirmHeader].FirstOrDefault()?.Trim(), ifMatch, request.Headers[PreviewHeader].FirstOrDefault()?.Trim());
    }
}
