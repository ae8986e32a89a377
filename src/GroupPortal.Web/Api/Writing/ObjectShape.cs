using System.Text.Json;

namespace GroupPortal.Web.Api.Writing;

/// <param name="Dn">Of a reference; its value is then the object's GUID.</param>
internal sealed record ShownValue(string Value, string? Dn = null)
{
    /// <summary>What stands beside the value: the Scope of a start path, the Until, By and Reason of an exception.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Extras { get; init; } = [];
}

/// <param name="Name">In the caller's casing.</param>
internal sealed record ShownAttribute(string Name, IReadOnlyList<ShownValue> Values);

/// <summary>A group, or somebody whom a rule selects, with the attributes that were asked for.</summary>
/// <param name="ObjectType">group, user, contact, computer or device.</param>
internal sealed record ShownObject(Guid Id, string Label, string ObjectType, int StoreId, IEnumerable<ShownAttribute> Attributes);

/// <summary>An object as a read answers it. Fields that are always null or empty are so in the samples, and clients deserialise them.</summary>
internal static class ObjectShape
{
    public static async Task WriteAsync(WireWriter writer, ShownObject shown, CancellationToken cancellation)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteNull("groupType");
        await AttributesAsync(writer, shown, cancellation);
        json.WriteBoolean("hiddenFromAddressListsEnabled", value: false);
        json.WriteString("objectIdFromIdentityStore", shown.Id);
        json.WriteString("displayName", shown.Label);
        json.WriteNull("samAccountName");
        json.WriteBoolean("isGroupInExludedContainer", value: false);
        json.WriteNull("msExchRequireAuthToSendTo");
        json.WriteString("objectType", shown.ObjectType);
        json.WriteNull("emailAddress");
        json.WriteNull("groupScope");
        json.WritePropertyName("elasticHitScore");
        json.WriteRawValue("0.0");
        json.WriteString("objectDisplayName", shown.Label);
        json.WriteNull("name");
        json.WriteBoolean("stopNotification", value: false);
        json.WriteString("alias", string.Empty);
        json.WriteNull("objectName");
        json.WriteNull("groupClassName");
        json.WriteNull("identityStore");
        json.WriteNull("dc");
        json.WriteNumber("identityStoreId", shown.StoreId);
        json.WriteEndObject();
        await writer.BreatheAsync(cancellation);
    }

    /// <summary>The same as the vendor's previews answer it: with fewer fields.</summary>
    public static async Task WriteFoundAsync(WireWriter writer, ShownObject shown, CancellationToken cancellation)
    {
        var json = writer.Json;
        json.WriteStartObject();
        await AttributesAsync(writer, shown, cancellation);
        json.WriteString("objectIdFromIdentityStore", shown.Id);
        json.WritePropertyName("elasticHitScore");
        json.WriteRawValue("1.0");
        json.WriteString("objectDisplayName", shown.Label);
        json.WriteBoolean("stopNotification", value: false);
        json.WriteNull("objectName");
        json.WriteNull("identityStore");
        json.WriteNumber("identityStoreId", shown.StoreId);
        json.WriteString("objectType", shown.ObjectType);
        json.WriteEndObject();
        await writer.BreatheAsync(cancellation);
    }

    private static async Task AttributesAsync(WireWriter writer, ShownObject shown, CancellationToken cancellation)
    {
        var json = writer.Json;
        json.WriteStartObject("attributesBusinessObject");
        json.WriteStartObject("attributesCollection");
        foreach (var attribute in shown.Attributes)
        {
            json.WriteStartArray(attribute.Name);
            foreach (var value in attribute.Values)
            {
                Value(json, value);
                await writer.BreatheAsync(cancellation);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteNull("type");
        json.WriteStartObject("filePermissionCollection");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Value(Utf8JsonWriter json, ShownValue value)
    {
        json.WriteStartObject();
        json.WriteStartObject("attributeCollection");
        foreach (var (name, text) in value.Extras)
        {
            json.WriteString(name, text);
        }

        json.WriteEndObject();
        json.WriteNumber("action", 0);
        json.WriteString("dn", value.Dn);
        json.WriteString("value", value.Value);
        json.WriteNumber("identityStoreId", 0);
        json.WriteEndObject();
    }
}
