using GroupPortal.Core.Groups;

namespace GroupPortal.EntraId.Requests;

/// <summary>
/// The one place where addresses of members and owners are made. <b>A member's address without <c>/$ref</c> is the member itself, and
/// deleting it deletes the person</b>, so that there is none without: whoever needs one gets it from here.
/// </summary>
/// <param name="root">Of Graph, without version.</param>
internal sealed class GraphUrls(Uri root)
{
    /// <summary>Inside of a $batch, from <c>/v1.0</c> on.</summary>
    public static string Group(Guid group) => $"/groups/{group:D}";

    /// <summary>A reference that stands, to be removed.</summary>
    public static string Reference(Links links, Guid group, Guid member) => $"/groups/{group:D}/{links.Name}/{member:D}/$ref";

    /// <summary>Where a new reference is added.</summary>
    public static string References(Links links, Guid group) => $"/groups/{group:D}/{links.Name}/$ref";

    /// <summary>What a reference in a body points to.</summary>
    public string Target(Guid id) => new Uri(root, $"/v1.0/directoryObjects/{id:D}").AbsoluteUri;

    public Uri Batch => new(root, "/v1.0/$batch");

    public Uri Owners(Guid group) => new(root, $"/v1.0/groups/{group:D}/owners?$select=id&$top=999");
}

/// <summary>Which references of a group.</summary>
internal sealed record Links
{
    private Links(string name) => Name = name;

    public static Links Members { get; } = new(AttributeNames.Members);

    public static Links Owners { get; } = new(AttributeNames.Owners);

    /// <summary>In addresses, in bodies and in plans alike.</summary>
    public string Name { get; }

    public string Bind => Name + "@odata.bind";
}
