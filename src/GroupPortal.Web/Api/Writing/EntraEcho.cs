using System.Text.Json;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Api.Reading;

namespace GroupPortal.Web.Api.Writing;

/// <summary>The <c>identityStoreObject</c> of an Entra create: the request as it came, in the shape of a stored group.</summary>
internal static class EntraEcho
{
    public static async Task WriteAsync(
        WireWriter writer, WireGroup request, EntraGroupType type, int storeId, Guid? id, bool isByRule, CancellationToken cancellation)
    {
        var json = writer.Json;
        json.WriteStartObject();
        Nulls(json, "groupClassName", "name", "displayName", "samAccountName", "groupType", "groupScope", "msExchRequireAuthToSendTo");
        json.WriteBoolean("hiddenFromAddressListsEnabled", value: false);
        Nulls(json, "emailAddress", "alias");
        json.WriteBoolean("isGroupInExludedContainer", value: false);
        Nulls(json, "dc");
        json.WriteString("objectIdFromIdentityStore", id?.ToString());
        json.WriteNumber("identityStoreId", storeId);
        IdentityStore(json, storeId);
        json.WriteString("objectType", "Group");
        json.WriteString("objectName", request.GroupName);
        // The sample of a group by rule leaves it out.
        json.WriteString("objectDisplayName", isByRule ? null : request.GroupName);
        json.WriteBoolean("stopNotification", value: false);
        json.WriteStartObject("attributesBusinessObject");
        json.WriteStartObject("attributesCollection");
        foreach (var attribute in request.Attributes)
        {
            json.WriteStartArray(attribute.Name);
            foreach (var value in attribute.Values)
            {
                Value(json, value.Value, value.Dn, (int)value.Action, value.Extras);
                await writer.BreatheAsync(cancellation);
            }

            json.WriteEndArray();
        }

        foreach (var (name, value, action) in ServerAttributes.For(type))
        {
            if (!request.Attributes.Any(attribute => string.Equals(attribute.Name, name, StringComparison.OrdinalIgnoreCase)))
            {
                json.WriteStartArray(name);
                Value(json, value, dn: null, action, []);
                json.WriteEndArray();
            }
        }

        json.WriteEndObject();
        Closing(json);
        json.WriteEndObject();
        json.WriteNumber("elasticHitScore", 0);
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, string? value, string? dn, int action, IReadOnlyList<KeyValuePair<string, string?>> extras)
    {
        json.WriteStartObject();
        json.WriteNumber("identityStoreId", 0);
        json.WriteString("value", value);
        json.WriteString("dn", dn);
        json.WriteNumber("action", action);
        json.WriteStartObject("attributeCollection");
        foreach (var (name, text) in extras)
        {
            if (!string.IsNullOrEmpty(text))
            {
                json.WriteString(name, text);
            }
        }

        json.WriteEndObject();
        json.WriteStartObject("nestedAttributes");
        json.WriteStartObject("attributesCollection");
        json.WriteEndObject();
        Closing(json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Closing(Utf8JsonWriter json)
    {
        json.WriteStartObject("filePermissionCollection");
        json.WriteEndObject();
        json.WriteNull("type");
    }

    /// <summary>All fields but the id say nothing, in the samples too; clients deserialise them.</summary>
    private static void IdentityStore(Utf8JsonWriter json, int storeId)
    {
        json.WriteStartObject("identityStore");
        json.WriteNumber("identityStoreId", storeId);
        json.WriteNumber("storeTypeId", 0);
        Nulls(json, "identityStoreName", "description", "connectionString", "serviceAccountUser", "serviceAccountPassword");
        json.WriteBoolean("isEnabled", value: false);
        json.WriteBoolean("shouldReplicate", value: false);
        json.WriteBoolean("isNotificationEnabled", value: false);
        Nulls(json, "loginText", "imageURL", "storeType", "clusterConfigurations", "configurations", "roles", "clients", "links");
        json.WriteBoolean("hasChildrenLoaded", value: false);
        json.WriteBoolean("isMessagingSystemConfigured", value: false);
        Nulls(json, "notification", "questions", "schemaBasedQuestions", "smsConfiguration");
        json.WriteStartObject("identityStoreConfigurationValues");
        json.WriteEndObject();
        json.WriteBoolean("preventDefaultQuestionCreation", value: false);
        Nulls(json, "profileVerificationCriteria", "authenticationPolicy", "currentConnection", "preferredDomains", "excludedDomains",
            "domainPriortiesList", "preferredDCFallbackEnabled", "indexMappingVersion");
        json.WriteNumber("creationDate", 0);
        json.WriteBoolean("qrCodeAuthentication", value: false);
        json.WriteEndObject();
    }

    private static void Nulls(Utf8JsonWriter json, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            json.WriteNull(name);
        }
    }
}
