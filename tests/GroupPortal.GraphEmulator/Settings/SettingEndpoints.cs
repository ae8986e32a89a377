using System.Text.Json;
using GroupPortal.GraphEmulation.Http;

namespace GroupPortal.GraphEmulation.Settings;

/// <summary>The tenant itself and its group settings.</summary>
internal static class SettingEndpoints
{
    private const string UnifiedTemplate = "62375ab9-6b52-47ed-826b-58e47e0e304b";
    private const string GuestTemplate = "08d542b9-071f-4e16-94b0-74abb372e3d9";

    public static void Map(Routes routes)
    {
        routes.Map("GET", "organization", call => JsonLists.Of(call, "organization", [call.Tenant], Organization));
        routes.Map("GET", "organization/{id}", call => call["id"] == call.Tenant.Id
            ? JsonAnswer.Of(200, writer => Organization(writer, call.Tenant))
            : throw Errors.NotFound(call["id"]));
        routes.Map("GET", "groupSettings", call => JsonLists.Of(call, "groupSettings", [call.Tenant], (writer, tenant) =>
        {
            writer.WriteString("id", "f0b2d6f5-097d-4177-91af-a24e530b53cc");
            writer.WriteString("displayName", "Group.Unified");
            writer.WriteString("templateId", UnifiedTemplate);
            Values(writer, "value", Unified(tenant));
        }));
        routes.Map("GET", "groups/{id}/settings", call =>
        {
            call.Group();
            return JsonLists.Of(call, "settings", Array.Empty<object>(), (_, _) => { });
        });
        routes.Map("GET", "groupSettingTemplates", call => JsonLists.Of(call, "groupSettingTemplates", [UnifiedTemplate, GuestTemplate], (writer, id) =>
        {
            writer.WriteString("id", id);
            writer.WriteString("displayName", id == UnifiedTemplate ? "Group.Unified" : "Group.Unified.Guest");
            writer.WriteString("description", "Settings of Microsoft 365 groups");
            Values(writer, "defaultValue", id == UnifiedTemplate ? Unified(new Tenant(new EmulatorOptions())) : [("AllowToAddGuests", "true")]);
        }));
    }

    private static (string Name, string Value)[] Unified(Tenant tenant)
    {
        var policy = tenant.Options.NamingPolicy;
        return
        [
            ("PrefixSuffixNamingRequirement", policy.Prefix.Length + policy.Suffix.Length == 0 ? "" : $"{policy.Prefix}[GroupName]{policy.Suffix}"),
            ("CustomBlockedWordsList", string.Join(',', policy.BlockedWords)),
            ("EnableMSStandardBlockedWords", "false"),
            ("ClassificationList", ""),
            ("DefaultClassification", ""),
            ("AllowGuestsToBeGroupOwner", "false"),
            ("AllowGuestsToAccessGroups", "true"),
            ("AllowToAddGuests", "true"),
            ("GroupCreationAllowedGroupId", ""),
            ("EnableGroupCreation", "true"),
            ("EnableMIPLabels", "false"),
            ("UsageGuidelinesUrl", ""),
        ];
    }

    private static void Values(Utf8JsonWriter writer, string value, IEnumerable<(string Name, string Value)> values)
    {
        writer.WriteStartArray("values");
        foreach (var (name, text) in values)
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteString(value, text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Organization(Utf8JsonWriter writer, Tenant tenant)
    {
        writer.WriteString("id", tenant.Id);
        writer.WriteString("displayName", Company.Words.CompanyName);
        writer.WriteString("tenantType", "AAD");
        writer.WriteString("countryLetterCode", "IT");
        writer.WriteBoolean("onPremisesSyncEnabled", true);
        writer.WriteString("onPremisesLastSyncDateTime", "2026-06-01T03:00:00Z");
        writer.WriteStartArray("verifiedDomains");
        foreach (var (name, isFirst) in new[] { (tenant.Options.Domain, true), ("mail." + tenant.Options.Domain, false) })
        {
            writer.WriteStartObject();
            writer.WriteString("name", name);
            writer.WriteBoolean("isDefault", isFirst);
            writer.WriteBoolean("isInitial", isFirst);
            writer.WriteString("type", "Managed");
            writer.WriteString("capabilities", "Email, OfficeCommunicationsOnline");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
