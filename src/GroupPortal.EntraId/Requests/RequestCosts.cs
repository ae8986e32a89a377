using System.Globalization;

namespace GroupPortal.EntraId.Requests;

/// <summary>The published price list of the identity and access service ("Microsoft Graph service-specific throttling limits").</summary>
internal static class RequestCosts
{
    private static readonly HttpRequestOptionsKey<RequestCost> Given = new(typeof(RequestCost).FullName!);

    /// <summary>What changes nothing although it is sent by POST.</summary>
    private static readonly string[] Questions =
        ["getByIds", "checkMemberGroups", "checkMemberObjects", "getMemberGroups", "getMemberObjects", "validateProperties", "evaluateDynamicMembership", "getAvailableExtensionProperties"];

    public static RequestCost Of(HttpRequestMessage request) =>
        request.Options.TryGetValue(Given, out var given) ? given : Of(request.Method, request.RequestUri?.OriginalString ?? string.Empty);

    /// <param name="address">Absolute, or relative as inside of a $batch.</param>
    public static RequestCost Of(HttpMethod method, string address)
    {
        var (path, query) = address.Split('?', 2) is [var before, var after] ? (before, after) : (address, string.Empty);
        var last = path.TrimEnd('/').Split('/')[^1];
        if (method == HttpMethod.Get || (method == HttpMethod.Post && IsQuestion(last)))
        {
            return new RequestCost(Math.Max(1, OfQuestion(path, last, query)), 0);
        }

        return new RequestCost(1, 1);
    }

    private static int OfQuestion(string path, string last, string query)
    {
        var cost = last switch
        {
            "getByIds" => 5,
            "checkMemberGroups" or "checkMemberObjects" => 4,
            "getMemberGroups" or "getMemberObjects" or "memberOf" or "transitiveMemberOf" or "owners" => 2,
            "members" => 3,
            "transitiveMembers" => 5,
            _ when path.Contains("/users", StringComparison.OrdinalIgnoreCase) => 2,
            _ when path.Contains("/members/", StringComparison.OrdinalIgnoreCase) => 3,
            _ => 1,
        };
        foreach (var option in Uri.UnescapeDataString(query).Split('&'))
        {
            cost += option.Split('=', 2) switch
            {
                ["$select", _] => -1,
                ["$expand", _] => 1,
                ["$top", var top] when int.TryParse(top, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count < 20 => -1,
                _ => 0,
            };
        }

        return cost;
    }

    private static bool IsQuestion(string last) =>
        Array.Exists(Questions, question => last.StartsWith(question, StringComparison.OrdinalIgnoreCase)
            || last.Equals("microsoft.graph." + question, StringComparison.OrdinalIgnoreCase));
}
