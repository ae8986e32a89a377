using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Throttling;

/// <summary>What a request costs by Microsoft's table of the identity and access service.</summary>
internal sealed record Cost(int Units, int Writes)
{
    private const int SmallPage = 20;

    /// <summary>POSTs that change nothing.</summary>
    private static readonly Dictionary<string, int> Questions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["checkMemberGroups"] = 4,
        ["checkMemberObjects"] = 4,
        ["isMemberOf"] = 4,
        ["getMemberGroups"] = 2,
        ["getMemberObjects"] = 2,
        ["getByIds"] = 3,
        ["validateProperties"] = 1,
        ["evaluateDynamicMembership"] = 1,
    };

    public static Cost Of(GraphRequest request, int costOfTwenty)
    {
        var segments = request.Path.Segments;
        var last = segments.Count == 0 ? "" : segments[^1];
        if (!request.IsRead && !Questions.ContainsKey(last))
        {
            return new Cost(1, WritesOf(request, costOfTwenty));
        }

        var units = Questions.TryGetValue(last, out var asked) ? asked : Read(segments);
        var query = request.Query;
        units -= query.Select is null ? 0 : 1;
        units += query.Expand is null ? 0 : 1;
        units -= query.Top < SmallPage ? 1 : 0;
        return new Cost(Math.Max(1, units), 0);
    }

    private static int Read(IReadOnlyList<string> segments)
    {
        if (segments.Count == 1)
        {
            return segments[0].Equals("users", StringComparison.OrdinalIgnoreCase) ? 2 : 1;
        }

        return segments.Count < 3 ? 1 : segments[2].ToUpperInvariant() switch
        {
            "MEMBERS" => 3,
            "TRANSITIVEMEMBERS" => 5,
            "MEMBEROF" or "TRANSITIVEMEMBEROF" => 2,
            _ => 1,
        };
    }

    /// <summary>A PATCH of 20 members is one write by the table, about seven as one project was told: settable.</summary>
    private static int WritesOf(GraphRequest request, int costOfTwenty)
    {
        if (request.Method != "PATCH" || costOfTwenty <= 1 || !request.BodyText.Contains("@odata.bind", StringComparison.Ordinal))
        {
            return 1;
        }

        try
        {
            var body = request.Body();
            var count = Count(body["members@odata.bind"]) + Count(body["owners@odata.bind"]);
            return Math.Max(1, ((count * costOfTwenty) + 19) / 20);
        }
        catch (GraphError)
        {
            return 1;
        }

        static int Count(JsonNode? node) => node is JsonArray array ? array.Count : 0;
    }
}
