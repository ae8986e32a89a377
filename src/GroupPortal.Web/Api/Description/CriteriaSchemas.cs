using Microsoft.OpenApi;

namespace GroupPortal.Web.Api.Description;

/// <summary>The shapes of what reads and shows rules.</summary>
internal static partial class Schemas
{
    public const string SmartAttributes = nameof(SmartAttributes);
    public const string Members = nameof(Members);
    public const string RuleToPreview = nameof(RuleToPreview);
    public const string PreviewOfRule = nameof(PreviewOfRule);
    public const string RuleToTranslate = nameof(RuleToTranslate);
    public const string TranslationOfRule = nameof(TranslationOfRule);
    private const string CriteriaProblem = nameof(CriteriaProblem);
    private const string FoundObject = nameof(FoundObject);
    private const string LintFinding = nameof(LintFinding);

    private static void AddCriteriaTo(OpenApiDocument document)
    {
        void Add(string name, OpenApiSchema schema) => document.AddComponent(name, schema);
        OpenApiSchemaReference Of(string name) => new(name, document);

        Add(CriteriaProblem, Object(null, ("message", Text(null)), ("start", Whole("Offset in the text, in UTF-16 units.")), ("length", Whole("0 where something is missing."))));
        Add(LintFinding, Object(null, ("code", Text(null)), ("level", Text("hint or warning.")), ("path", Text("The clause, 0.2.1; empty for the whole.")), ("message", Text(null))));
        Add(SmartAttributes, Object(
            "A rule in the shape of a smart group's attributes.",
            ("ExtensionDataAttributes", Object(null, ("AttributesCollection", Of(Attributes)))),
            ("AttributesToLoad", Of(Names))));
        Add(FoundObject, Object(
            "Somebody whom the rule selects. container, objectClass, name, CN, objectCategory and what was asked for, in the caller's casing; absent is an empty array.",
            ("attributesBusinessObject", Object(null, ("attributesCollection", Of(Attributes)), ("type", Text(null)), ("filePermissionCollection", Object(null)))),
            ("objectIdFromIdentityStore", Text("The object's GUID.")), ("elasticHitScore", new OpenApiSchema { Type = JsonSchemaType.Number }),
            ("objectDisplayName", Text(null)), ("stopNotification", Flag()), ("objectName", Text(null)), ("identityStore", Text(null)), ("identityStoreId", Whole(null)),
            ("objectType", Text("user, contact, group, computer or device."))));
        Add(Members, Object(null, ("total", Whole(null)), ("data", Array(Of(FoundObject)))));
        Add(RuleToPreview, Object(
            "A rule, and the part of its effect that is wanted.",
            ("criteria", Text(null)), ("language", Text("groupid (default), ldap or entra.")), ("group", Text("A GUID, DN or name; left out for a new group.")),
            ("objectTypes", Array(Whole("IMSGObjectTypes 1 to 11; 101 for devices. Default 6, users."))),
            ("startPaths", Array(Object(null, ("dn", Text(null)), ("scope", Whole("0, 1 or 2."))))),
            ("include", Array(Text("An object's GUID."))), ("exclude", Array(Text("An object's GUID."))),
            ("show", Text("all (default), joining, leaving, staying or excepted.")), ("pageNo", Whole("From 1.")), ("pageSize", Whole("At most 1000.")),
            ("attributesToLoad", Of(Names))));
        Add(PreviewOfRule, Object(
            null,
            ("hash", Text("Of rule, group and everybody's standing.")), ("asOf", Text("The age of the data, ISO 8601.")),
            ("counts", Object(null, ("total", Whole(null)), ("joining", Whole(null)), ("leaving", Whole(null)), ("staying", Whole(null)), ("excepted", Whole(null)),
                ("unknown", Whole("Members of whom the data holds nothing; in none of the other counts.")))),
            ("clauses", Array(Object(null, ("path", Text(null)), ("text", Text(null)), ("count", Whole("People that the clause selects by itself."))))),
            ("guard", Object(null, ("verdict", Text("ok or held.")), ("reasons", Array(Text(null))))),
            ("lint", Array(Of(LintFinding))), ("problems", Array(Of(CriteriaProblem))), ("found", Whole("How many the list has in all.")), ("data", Array(Of(Group)))));
        Add(RuleToTranslate, Object(null, ("language", Text("groupid, ldap or entra.")), ("text", Text(null))));
        Add(TranslationOfRule, Object(
            null,
            ("valid", Flag()), ("problems", Array(Of(CriteriaProblem))),
            ("translations", Object(null, ("groupid", Text(null)), ("ldap", Text(null)), ("entra", Text(null)), ("graph", Text(null)))),
            ("reasons", Map(Text(null), "Why a language has no text.")), ("lint", Array(Of(LintFinding)))));
    }
}
