namespace GroupPortal.Web.Api.Description;

/// <summary>What the OpenAPI document says of one operation.</summary>
/// <param name="Request">The schema of its body; null where it has none.</param>
/// <param name="Answer">The schema of its 200.</param>
/// <param name="Examples">Names of sample requests.</param>
internal sealed record Operation(string Summary, string? Request, string Answer, params IReadOnlyList<string> Examples)
{
    public string? Text { get; init; }

    /// <summary>Takes <c>?plan=true</c>, Prefer and the guard's confirmation.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Takes If-Match.</summary>
    public bool IsOfOne { get; init; }

    /// <summary>Takes the hash of the preview that somebody looked at.</summary>
    public bool TakesPreview { get; init; }
}

/// <summary>All operations by the name of their endpoint, and what each HTTP status means.</summary>
internal static class Operations
{
    private const string ByPost = "The same as by GET, for clients and proxies that drop the body of a GET.";

    public static IReadOnlyDictionary<string, Operation> All { get; } = new Dictionary<string, Operation>
    {
        ["CreateStaticGroup"] = new("Create a group with fixed members", Schemas.NewGroup, Schemas.Envelope, "create-static-ad", "create-static-entra")
        {
            IsWrite = true,
            Text = "On an Active Directory store GroupType is the native groupType (-2147483640: universal security); on an Entra ID store 4 security, 8 distribution, 16 Microsoft 365, 32 Teams.",
        },
        ["CreateDynamicGroup"] = new("Create a group whose members a rule decides", Schemas.NewGroup, Schemas.Envelope, "create-smart-ad", "create-smart-entra")
        {
            IsWrite = true,
            TakesPreview = true,
            Text = "IMSGCriteria is the portal's own rule, membershipRule Entra ID's; one of them. UpdateOption true computes the members at once, as the task that the header GroupPortal-Task names.",
        },
        ["UpdateSmartGroup"] = new("Update a smart group", null, Schemas.Envelope) { Text = "data is the number of the task that does it; ask GetTask how it goes.", TakesPreview = true },
        ["UpdateSmartGroups"] = new("Update smart groups", Schemas.Names, Schemas.SmartUpdates, "update-smart-many") { Text = "One task per group." },
        ["GetTask"] = new("How a task goes", null, Schemas.Task) { Text = "pageNo and pageSize (at most 1000) page through adds, removes and errors together." },
        ["GetGroup"] = new("Read a group", Schemas.Names, Schemas.Group, "get-one") { Text = "The body names the attributes. Answers an ETag." },
        ["QueryGroup"] = new("Read a group, by POST", Schemas.Names, Schemas.Group, "get-one") { Text = ByPost },
        ["GetGroups"] = new("Read groups", Schemas.Query, Schemas.Groups, "get-many") { Text = "Identities that lead to no group are left out and named in the header GroupPortal-Missing." },
        ["QueryGroups"] = new("Read groups, by POST", Schemas.Query, Schemas.Groups, "get-many") { Text = ByPost },
        ["UpdateGroup"] = new("Change a group", Schemas.GroupChange, Schemas.Envelope, "update-one") { IsWrite = true, IsOfOne = true, TakesPreview = true },
        ["UpdateGroups"] = new("Change groups", Schemas.ManyChanges, Schemas.Envelope, "update-many") { IsWrite = true },
        ["DeleteGroup"] = new("Delete a group", null, Schemas.Envelope) { IsWrite = true, IsOfOne = true },
        ["DeleteGroups"] = new("Delete groups", Schemas.Names, Schemas.Envelope, "delete-many") { IsWrite = true },
        ["DeleteGroupsByPost"] = new("Delete groups, by POST", Schemas.Names, Schemas.Envelope, "delete-many") { IsWrite = true, Text = "The same as by DELETE, for clients and proxies that drop the body of a DELETE." },
        ["PreviewMembers"] = new("Whom a rule selects", Schemas.SmartAttributes, Schemas.Members) { Text = "pageNo, pageSize and sortOrder (1, or 2 for descending) stand in the query. Broken criteria are 400 with the offset, never a wider result." },
        ["PreviewMembersByPost"] = new("Whom a rule selects, by POST", Schemas.SmartAttributes, Schemas.Members) { Text = ByPost },
        ["PreviewSmartGroup"] = new("What a rule would do", Schemas.RuleToPreview, Schemas.PreviewOfRule) { Text = "Who joins, leaves and stays, by which clause, and whether the guard would hold it. Nothing is written." },
        ["TranslateCriteria"] = new("A rule in all languages", Schemas.RuleToTranslate, Schemas.TranslationOfRule) { Text = "A rule with problems answers 200 with valid false. A language that cannot say exactly the same is null, with the reason beside it." },
    };

    public static IReadOnlyList<(int Code, string Meaning)> Errors { get; } =
    [
        (400, "The request cannot be read; the message says where."),
        (401, "No access token, or an expired one."),
        (403, "Not allowed, with the reason."),
        (404, "No such identity store or group."),
        (409, "The name is taken or fits several groups, or somebody else changed the group at the same time, or the rule would no longer do what its preview showed."),
        (413, "The body is larger than 10 MB."),
        (422, "Understood and impossible, or held by the guard; nothing was written."),
        (429, "Too many requests; Retry-After says how long to wait."),
        (503, "The directory does not answer."),
    ];

    public const string Changed = "The group is no longer the one that If-Match names.";
}
