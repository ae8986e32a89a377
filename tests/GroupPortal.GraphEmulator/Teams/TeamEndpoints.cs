using System.Text.Json.Nodes;
using GroupPortal.GraphEmulation.Groups;
using GroupPortal.GraphEmulation.Http;
using GroupPortal.GraphEmulation.Store;

namespace GroupPortal.GraphEmulation.Teams;

/// <summary>The second step of a team: <c>PUT /groups/{id}/team</c>.</summary>
internal static class TeamEndpoints
{
    private static readonly string[] Settings = ["memberSettings", "guestSettings", "messagingSettings", "funSettings", "discoverySettings"];

    public static void Map(Routes routes)
    {
        routes.Map("PUT", "groups/{id}/team", Create);
        routes.Map("GET", "groups/{id}/team", call => Read(call, call.Group()));
        routes.Map("GET", "teams/{id}", call => Read(call, call.Group()));
    }

    private static GraphResponse Create(Call call)
    {
        var group = call.Group();
        var body = call.Request.Body();
        call.Tenant.Rights.NeedWrite(call.Caller, group);
        if (group["createdDateTime"] is DateTimeOffset created && call.Tenant.Clock.GetUtcNow() - created < call.Tenant.Options.TeamDelay)
        {
            throw new GraphError(404, "NotFound", $"Failed to execute Templates backend request CreateTeamFromGroupWithTemplateRequest. Group '{group.Id}' is not found.");
        }

        if (!group.IsUnified())
        {
            throw new GraphError(400, "BadRequest", "Only Microsoft 365 groups can have a team.");
        }

        if (group.Group!.Owners.Count == 0)
        {
            throw new GraphError(400, "BadRequest", "The group must have at least one owner before a team can be created for it.");
        }

        if (group.IsTeam())
        {
            throw new GraphError(409, "Conflict", "The group is already provisioned as a team.");
        }

        foreach (var (name, _) in body)
        {
            if (!Settings.Contains(name, StringComparer.Ordinal) && !name.Contains('@', StringComparison.Ordinal))
            {
                throw new GraphError(400, "BadRequest", $"Property '{name}' cannot be set when a team is created for a group.");
            }
        }

        group.Group.Team = (JsonObject)body.DeepClone();
        call.Store.Set(group, "resourceProvisioningOptions", (string[])[.. group.Texts("resourceProvisioningOptions"), "Team"]);
        return Answer(call, group, 201);
    }

    private static GraphResponse Read(Call call, DirectoryObject group) =>
        group.IsTeam() ? Answer(call, group, 200) : throw new GraphError(404, "NotFound", $"No team found with Group Id {group.Id}");

    private static GraphResponse Answer(Call call, DirectoryObject group, int status) => JsonAnswer.Of(status, writer =>
    {
        writer.WriteString("@odata.context", $"{call.Request.Root}/$metadata#teams/$entity");
        writer.WriteString("id", group.IdText);
        writer.WriteString("displayName", group.Text("displayName"));
        writer.WriteString("description", group.Text("description"));
        writer.WriteString("internalId", $"19:{group.Id:N}@thread.tacv2");
        writer.WriteString("visibility", group.Text("visibility")?.ToLowerInvariant());
        writer.WriteBoolean("isArchived", false);
        writer.WriteString("webUrl", $"https://teams.example/l/team/19:{group.Id:N}@thread.tacv2/conversations?groupId={group.Id}&tenantId={call.Tenant.Id}");
        foreach (var (name, value) in group.Group!.Team ?? [])
        {
            if (!name.Contains('@', StringComparison.Ordinal))
            {
                writer.WritePropertyName(name);
                value!.WriteTo(writer);
            }
        }
    });
}
