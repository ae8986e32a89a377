using System.Text.Json;
using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Query;
using GroupPortal.GraphEmulation.Schema;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Licences;

/// <summary><c>/subscribedSkus</c> and the licences of groups.</summary>
internal static class LicenceEndpoints
{
    public static void Map(Routes routes)
    {
        routes.Map("GET", "subscribedSkus", call => JsonLists.Of(call, "subscribedSkus", SubscribedSku.All, (writer, sku) => Write(writer, call, sku)));
        routes.Map("POST", "groups/{id}/assignLicense", Assign);
    }

    private static GraphResponse Assign(Call call)
    {
        var group = call.Group();
        var body = call.Request.Body();
        call.Tenant.Rights.NeedWrite(call.Caller, group);
        if (!group.Is("securityEnabled"))
        {
            throw Errors.BadRequest("Licenses can be assigned to security-enabled groups only.");
        }

        if (body["addLicenses"] is not JsonArray added || body["removeLicenses"] is not JsonArray removed)
        {
            throw Errors.BadRequest("Both addLicenses and removeLicenses are required; either may be empty.");
        }

        var licences = group["assignedLicenses"] is JsonArray old ? [.. old.Select(node => (JsonObject)node!.DeepClone())] : new List<JsonObject>();
        foreach (var node in removed)
        {
            var sku = Known(node?.ToString());
            if (licences.RemoveAll(licence => Sku(licence) == sku) == 0)
            {
                throw Errors.BadRequest($"User license is inherited from a group membership or the license {sku} is not assigned to the group.");
            }
        }

        foreach (var node in added.OfType<JsonObject>())
        {
            var sku = Known(node["skuId"]?.ToString());
            licences.RemoveAll(licence => Sku(licence) == sku);
            licences.Add(new JsonObject { ["skuId"] = sku.ToString(), ["disabledPlans"] = node["disabledPlans"]?.DeepClone() ?? new JsonArray() });
        }

        call.Store.Set(group, "assignedLicenses", new JsonArray([.. licences]));
        call.Store.Set(group, "licenseProcessingState", new JsonObject { ["state"] = "ProcessingComplete" });
        return JsonAnswer.Of(202, writer =>
        {
            writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#groups/$entity");
            Projection.Of(null, [Schemas.Group], isSingle: true, call.Request.IsBeta).Write(writer, group);
        });
    }

    private static Guid Sku(JsonObject licence) => Guid.Parse(licence["skuId"]!.ToString());

    private static Guid Known(string? text) =>
        Guid.TryParse(text, out var id) && SubscribedSku.All.Any(sku => sku.Id == id)
            ? id
            : throw Errors.BadRequest($"License {text} does not correspond to a valid company License.");

    private static void Write(Utf8JsonWriter writer, Call call, SubscribedSku sku)
    {
        writer.WriteString("id", $"{call.Tenant.Id}_{sku.Id}");
        writer.WriteString("skuId", sku.Id);
        writer.WriteString("skuPartNumber", sku.PartNumber);
        writer.WriteString("appliesTo", "User");
        writer.WriteString("capabilityStatus", "Enabled");
        writer.WriteNumber("consumedUnits", Consumed(call.Store, sku));
        writer.WriteStartObject("prepaidUnits");
        writer.WriteNumber("enabled", sku.Enabled);
        writer.WriteNumber("suspended", 0);
        writer.WriteNumber("warning", 0);
        writer.WriteNumber("lockedOut", 0);
        writer.WriteEndObject();
        writer.WriteStartArray("servicePlans");
        foreach (var (id, name) in sku.Plans)
        {
            writer.WriteStartObject();
            writer.WriteString("servicePlanId", id);
            writer.WriteString("servicePlanName", name);
            writer.WriteString("provisioningStatus", "Success");
            writer.WriteString("appliesTo", "User");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>People who have it through a group.</summary>
    private static int Consumed(DirectoryStore store, SubscribedSku sku) => store.All(ObjectKind.Group)
        .Where(group => group["assignedLicenses"] is JsonArray licences && licences.OfType<JsonObject>().Any(licence => Sku(licence) == sku.Id))
        .SelectMany(group => group.Group!.Members.Ids)
        .Distinct()
        .Count(id => store.Find(id)?.Kind == ObjectKind.User);
}
