using System.Text.Json;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Dynamic;

/// <summary>The beta calls about rules.</summary>
internal static class DynamicEndpoints
{
    public static void Map(Routes routes)
    {
        routes.MapBeta("POST", "groups/{id}/evaluateDynamicMembership", call =>
        {
            Allow(call);
            var group = call.Group();
            return group.IsDynamic() ? Answer(call, group.Text("membershipRule")!) : throw Errors.BadRequest("The group has no membership rule.");
        });
        routes.MapBeta("POST", "groups/evaluateDynamicMembership", call =>
        {
            Allow(call);
            return Answer(call, (string?)call.Request.Body()["membershipRule"] ?? throw Errors.BadRequest("A value is required for 'membershipRule'."));
        });
    }

    /// <summary>Of one group, as the property membershipRuleProcessingStatus.</summary>
    public static JsonObject? Status(DirectoryObject group)
    {
        if (!group.IsDynamic())
        {
            return null;
        }

        var part = group.Group!;
        return new JsonObject
        {
            ["status"] = (part.EvaluatedOnce, part.EvaluateAt, part.RuleError) switch
            {
                (false, _, _) => "NotStarted",
                (_, not null, _) => "Running",
                (_, _, not null) => "Failed",
                _ => "Succeeded",
            },
            ["lastMembershipUpdated"] = part.MembershipUpdated is { } time ? Projection.Instant(time) : null,
            ["errorMessage"] = part.RuleError,
        };
    }

    private static void Allow(Call call)
    {
        if (!call.Caller.IsDelegated)
        {
            throw Errors.Denied();
        }
    }

    private static GraphResponse Answer(Call call, string text)
    {
        var member = Guid.TryParse((string?)call.Request.Body()["memberId"], out var id) && call.Store.TryRead(id, out var found)
            ? found
            : throw Errors.NotFound((string?)call.Request.Body()["memberId"] ?? "");
        Rule rule;
        try
        {
            rule = RuleParser.Parse(text);
        }
        catch (FormatException wrong)
        {
            throw Errors.BadRequest("Dynamic membership rule validation error: " + wrong.Message);
        }

        return JsonAnswer.Of(200, writer =>
        {
            writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#microsoft.graph.evaluateDynamicMembershipResult");
            writer.WriteString("membershipRule", text);
            writer.WriteBoolean("membershipRuleEvaluationResult", rule.Holds(member));
            writer.WritePropertyName("membershipRuleEvaluationDetails");
            Write(writer, rule, member);
        });
    }

    private static void Write(Utf8JsonWriter writer, Rule rule, DirectoryObject member)
    {
        writer.WriteStartObject();
        writer.WriteString("expression", rule.Text);
        writer.WriteBoolean("expressionResult", rule.Holds(member));
        Rule[] inner = rule switch
        {
            AndRule and => [and.Left, and.Right],
            OrRule or => [or.Left, or.Right],
            NotRule not => [not.Inner],
            _ => [],
        };
        if (rule is Comparison comparison)
        {
            writer.WriteStartObject("propertyToEvaluate");
            writer.WriteString("propertyName", comparison.Name);
            var values = RuleProperties.Values(member, comparison.Name);
            writer.WriteString("propertyValue", values.Count == 0 ? null : string.Join(", ", values));
            writer.WriteEndObject();
        }

        writer.WriteStartArray("expressionEvaluationDetails");
        foreach (var part in inner)
        {
            Write(writer, part, member);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
