using GroupPortal.Application.Tasks;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Api.Writing;
using Microsoft.OpenApi;

namespace GroupPortal.Web.Api.Description;

/// <summary>The shapes of requests and answers. Written by hand, as the reader and the writer are.</summary>
internal static partial class Schemas
{
    public const string Envelope = nameof(Envelope);
    public const string Group = nameof(Group);
    public const string NewGroup = nameof(NewGroup);
    public const string GroupChange = nameof(GroupChange);
    public const string ManyChanges = nameof(ManyChanges);
    public const string Groups = nameof(Groups);
    public const string Names = nameof(Names);
    public const string Query = nameof(Query);
    public const string SmartUpdates = nameof(SmartUpdates);
    public const string Task = nameof(Task);
    public const string Tokens = nameof(Tokens);
    public const string TokenError = nameof(TokenError);
    private const string AttributeValue = nameof(AttributeValue);
    private const string Attributes = nameof(Attributes);

    public static void AddTo(OpenApiDocument document)
    {
        void Add(string name, OpenApiSchema schema) => document.AddComponent(name, schema);
        OpenApiSchemaReference Of(string name) => new(name, document);

        Add(AttributeValue, Object(
            "One value of an attribute. Names in any casing; what is left out says nothing.",
            ("Value", Text("The value. Of members, owners and managedBy a GUID, DN, account name, UPN or mail address.")),
            ("DN", Text("Of members, owners and managedBy, where Value is empty.")),
            ("Action", Whole("On create every action means “set”. On update 0 or none: exactly these values (empty clears); 1: add; 2: remove; 3: only in answers, what the server adds.")),
            ("IdentityStoreId", Whole("0, or the store of the address.")),
            ("AttributeCollection", Map(Text(null), "XMembershipType (empty: permanent); of IMSGStartPath Scope (0, 1 or 2); of Include and Exclude Until (ISO 8601), By and Reason."))));
        Add(Attributes, Map(Array(Of(AttributeValue)), "Each attribute with its values."));
        Add(NewGroup, Object(
            "A group to create.",
            ("GroupName", Text("The name.")),
            ("Container", Text("Where it goes; the store's default where it is left out.")),
            ("IdentityStoreID", Whole("0, or the store of the address.")),
            ("AttributesCollection", Object(null, ("AttributesCollection", Of(Attributes))))));
        Add(GroupChange, Object(
            "What to change. GroupName renames and Container moves the group.",
            ("GroupName", Text(null)),
            ("Container", Text(null)),
            ("AttributesCollection", Object(null, ("AttributesCollection", Of(Attributes))))));
        Add(ManyChanges, Array(Object(
            null,
            ("objectIdFromIdentityStore", Text("The group's GUID, DN or name.")),
            ("identityStoreId", Whole(null)),
            ("attributesBusinessObject", Object(null, ("attributesCollection", Of(Attributes)))))));
        Add(Names, Array(Text(null)));
        Add(Query, Object(
            "Which groups, and which of their attributes.",
            ("attributes", Of(Names)),
            ("groupIdentities", Array(Text("A GUID, DN or name.")))));
        Add(Group, GroupSchema(Of));
        Add(Groups, Array(Of(Group)));
        Add(Envelope, EnvelopeSchema(Of));
        Add(SmartUpdates, Object(
            "What was started.",
            ("clientID", Text("The same for all groups of one request.")),
            ("details", Array(Object(null, ("groupID", Text(null)), ("message", Text(null)), ("taskID", Whole("0 where there is none.")), ("status", Whole(null))))),
            ("message", Text(null)), ("status", Whole(null))));
        Add(Task, TaskSchema());
        Add(Tokens, Object(
            null,
            ("access_token", Text(null)), ("expires_in", Whole("Seconds.")), ("token_type", Text("Bearer.")), ("refresh_token", Text("Good for one use.")), ("scope", Text(null))));
        AddCriteriaTo(document);
        Add(TokenError, Object(null, ("error", Text("As RFC 6749 5.2.")), ("error_description", Text(null))));
    }

    public static OpenApiSchema Text(string? description) => new() { Type = JsonSchemaType.String | JsonSchemaType.Null, Description = description };

    public static OpenApiSchema Object(string? description, params (string Name, IOpenApiSchema Schema)[] properties) => new()
    {
        Type = JsonSchemaType.Object,
        Description = description,
        Properties = properties.ToDictionary(property => property.Name, property => property.Schema),
    };

    private static OpenApiSchema Whole(string? description) => new() { Type = JsonSchemaType.Integer, Description = description };

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };

    private static OpenApiSchema Array(IOpenApiSchema items) => new() { Type = JsonSchemaType.Array, Items = items };

    private static OpenApiSchema Map(IOpenApiSchema values, string description) =>
        new() { Type = JsonSchemaType.Object, AdditionalProperties = values, Description = description };

    private static OpenApiSchema GroupSchema(Func<string, IOpenApiSchema> of) => Object(
        "container, objectClass, name, CN, objectCategory and what was asked for, in the caller's casing; absent is an empty array.",
        ("attributesBusinessObject", Object(null, ("attributesCollection", of(Attributes)), ("type", Text(null)), ("filePermissionCollection", Object(null)))),
        ("objectIdFromIdentityStore", Text("The group's GUID.")),
        ("displayName", Text(null)), ("objectDisplayName", Text(null)), ("objectType", Text("group")), ("identityStoreId", Whole(null)),
        ("hiddenFromAddressListsEnabled", Flag()), ("isGroupInExludedContainer", Flag()), ("stopNotification", Flag()),
        ("elasticHitScore", new OpenApiSchema { Type = JsonSchemaType.Number }),
        ("alias", Text(null)), ("groupType", Text(null)), ("samAccountName", Text(null)), ("msExchRequireAuthToSendTo", Text(null)), ("emailAddress", Text(null)),
        ("groupScope", Text(null)), ("name", Text(null)), ("objectName", Text(null)), ("groupClassName", Text(null)), ("identityStore", Text(null)), ("dc", Text(null)));

    private static OpenApiSchema TaskSchema() => Object(
        "How a task goes.",
        ("taskID", Whole(null)), ("clientID", Text(null)), ("kind", Text("SmartUpdate.")),
        ("state", Text(string.Join(", ", Enum.GetNames<TaskState>()) + ".")), ("outcome", Text(string.Join(", ", Enum.GetNames<TaskOutcome>()) + ".")),
        ("status", Whole("As in the envelope; 4: the guard holds it, 8: not finished.")), ("message", Text(null)), ("errorCode", Text(null)),
        ("groupID", Text(null)), ("groupName", Text(null)), ("planID", Text(null)), ("by", Text("The account that asked.")),
        ("created", Text("ISO 8601, UTC.")), ("started", Text(null)), ("finished", Text(null)),
        ("counts", Object(null, ("adds", Whole(null)), ("removes", Whole(null)), ("errors", Whole(null)))),
        ("pageNo", Whole(null)), ("pageSize", Whole(null)),
        ("adds", Array(Object(null, ("id", Text(null)), ("name", Text(null)), ("status", Whole(null))))),
        ("removes", Array(Object(null, ("id", Text(null)), ("name", Text(null)), ("status", Whole(null))))),
        ("errors", Array(Object(null, ("id", Text(null)), ("name", Text(null)), ("errorCode", Text(null)), ("message", Text(null))))));

    private static OpenApiSchema EnvelopeSchema(Func<string, IOpenApiSchema> of)
    {
        var statuses = string.Join("; ", WireStatuses.All.Select(one => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(int)one.Status} {one.Meaning}")));
        var codes = string.Join(", ", typeof(DirectoryError).GetNestedTypes().Select(type => type.Name).Order(StringComparer.Ordinal));
        return Object(
            "The answer to every write and to every error; details have the same shape.",
            ("name", Text("The group or attribute that it is about.")),
            ("type", Whole("Of the operation: 0, 6 (Entra create) or 8 (update).")),
            ("status", Whole(statuses + ".")),
            ("message", Text("What there is to say; null or empty when all went as asked.")),
            ("data", new OpenApiSchema { Type = JsonSchemaType.String | JsonSchemaType.Integer | JsonSchemaType.Null, Description = "The GUID of a new group, or the number of a task." }),
            ("identityStoreObject", new OpenApiSchema { Type = JsonSchemaType.Object | JsonSchemaType.Null, Description = "Entra create: the request as it was understood, with what the server adds." }),
            ("details", Array(of(Envelope))),
            ("currentDirectoryServer", Text(null)),
            ("errorCode", Text($"Null, or one of {codes}.")),
            ("exceptionMessagesAttributeWise", new OpenApiSchema
            {
                Type = JsonSchemaType.Object | JsonSchemaType.Null,
                AdditionalProperties = Text(null),
                Description = "Each failed attribute with its sentence; of a body that cannot be read, each JSON path.",
            }),
            ("isResyncAble", new OpenApiSchema { Type = JsonSchemaType.Boolean, Description = "Entra create only." }));
    }
}
