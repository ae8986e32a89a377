using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;

namespace GroupPortal.Web.Api.Writing;

/// <param name="Dn">Of a reference; its value is then the object's GUID.</param>
internal readonly record struct ShownValue(string Value, string? Dn = null);

/// <param name="Name">In the caller's casing.</param>
internal sealed record ShownAttribute(string Name, IReadOnlyList<ShownValue> Values);

/// <summary>A group with the attributes that were asked for.</summary>
internal sealed record ShownGroup(GroupState State, IdentityStore Store, IReadOnlyList<ShownAttribute> Asked);

/// <summary>A group as a read answers it. Fields that are always null or empty are so in the samples, and clients deserialise them.</summary>
internal static class GroupShape
{
    public static async Task WriteAsync(WireWriter writer, ShownGroup group, CancellationToken cancellation)
    {
        var json = writer.Json;
        json.WriteStartObject();
        json.WriteNull("groupType");
        json.WriteStartObject("attributesBusinessObject");
        json.WriteStartObject("attributesCollection");
        foreach (var attribute in InOrder(group))
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
        json.WriteBoolean("hiddenFromAddressListsEnabled", value: false);
        json.WriteString("objectIdFromIdentityStore", group.State.Id);
        json.WriteString("displayName", group.State.Label);
        json.WriteNull("samAccountName");
        json.WriteBoolean("isGroupInExludedContainer", value: false);
        json.WriteNull("msExchRequireAuthToSendTo");
        json.WriteString("objectType", "group");
        json.WriteNull("emailAddress");
        json.WriteNull("groupScope");
        json.WritePropertyName("elasticHitScore");
        json.WriteRawValue("0.0");
        json.WriteString("objectDisplayName", group.State.Label);
        json.WriteNull("name");
        json.WriteBoolean("stopNotification", value: false);
        json.WriteString("alias", string.Empty);
        json.WriteNull("objectName");
        json.WriteNull("groupClassName");
        json.WriteNull("identityStore");
        json.WriteNull("dc");
        json.WriteNumber("identityStoreId", group.Store.Id);
        json.WriteEndObject();
        await writer.BreatheAsync(cancellation);
    }

    /// <summary>The values of an attribute that is kept with the group itself; absent is none, but a display name is then empty.</summary>
    public static IReadOnlyList<ShownValue> ValuesOf(GroupState state, StoreKind kind, string name) => name.ToUpperInvariant() switch
    {
        "CONTAINER" or "CONTAINERDISTINGUISHEDNAME" => One(ContainerOf(state, kind)),
        "OBJECTGUID" or "ID" => One(state.Id.ToString()),
        "OBJECTCLASS" => One("group"),
        "NAME" or "CN" => One(state.Name),
        "DISTINGUISHEDNAME" => One(state.Dn),
        "DISPLAYNAME" => One(state.Attributes.First(AttributeNames.DisplayName) ?? string.Empty),
        "MANAGEDBY" => state.HasPrimaryOwner || kind == StoreKind.EntraId ? [.. state.Owners.Take(1).Select(Reference)] : [],
        "OWNERS" => [.. state.Owners.Select(Reference)],
        "XADDITIONALOWNER" => [.. state.Owners.Skip(state.HasPrimaryOwner ? 1 : 0).Select(Reference)],
        _ => [.. state.Attributes[name].Select(value => new ShownValue(value))],
    };

    public static ShownValue Reference(DirectoryObject target) => new(target.Id.ToString(), target.Dn);

    /// <summary>Entra has no containers: every group stands in the base.</summary>
    private static string ContainerOf(GroupState state, StoreKind kind)
    {
        var parent = DistinguishedName.Parse(state.Dn).Parent;
        return (kind == StoreKind.EntraId && parent is { Type: not "DC" } ? parent.Parent ?? parent : parent)?.ToString() ?? string.Empty;
    }

    /// <summary>The five that always come, with the asked ones between them as the samples have it.</summary>
    private static IEnumerable<ShownAttribute> InOrder(ShownGroup group)
    {
        var asked = new Queue<ShownAttribute>(group.Asked);
        IEnumerable<ShownAttribute> Always(string name) =>
            group.Asked.Any(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase))
                ? []
                : [new ShownAttribute(name, ValuesOf(group.State, group.Store.Kind, name))];
        IEnumerable<ShownAttribute> Next() => asked.TryDequeue(out var next) ? [next] : [];
        return
        [
            .. Always("container"), .. Next(), .. Always("objectClass"), .. Always("name"), .. Next(), .. Always("CN"), .. Always("objectCategory"), .. asked,
        ];
    }

    private static ShownValue[] One(string value) => [new ShownValue(value)];

    private static void Value(Utf8JsonWriter json, ShownValue value)
    {
        json.WriteStartObject();
        json.WriteStartObject("attributeCollection");
        json.WriteEndObject();
        json.WriteNumber("action", 0);
        json.WriteString("dn", value.Dn);
        json.WriteString("value", value.Value);
        json.WriteNumber("identityStoreId", 0);
        json.WriteEndObject();
    }
}
