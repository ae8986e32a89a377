using GroupPortal.Application.SmartGroups;
using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Web.Api.Groups;
using GroupPortal.Web.Api.Writing;

namespace GroupPortal.Web.Api.SmartGroups;

/// <summary>Somebody whom a rule selects, with what always comes and what was asked for, in the caller's casing.</summary>
internal sealed class ShownMember(ApiCall call, PreviewMember member, IReadOnlyList<string> asked, CriteriaVocabulary vocabulary)
{
    private static readonly string[] Always = ["container", "objectClass", "name", "CN", "objectCategory"];

    public ShownObject Object => new(
        member.Id,
        member.Label,
        Class,
        call.Store.Id,
        asked.Concat(Always).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => new ShownAttribute(name, [.. ValuesOf(name)])));

    /// <summary>As the directory calls its class.</summary>
    private string Class => member.Kind switch
    {
        ObjectKind.User => "user",
        ObjectKind.Contact => "contact",
        ObjectKind.Group => "group",
        ObjectKind.Computer => "computer",
        ObjectKind.OrganizationalUnit => "organizationalUnit",
        _ => "device",
    };

    private IEnumerable<ShownValue> ValuesOf(string name) => name.ToUpperInvariant() switch
    {
        "CONTAINER" => [new(GroupShape.ContainerOf(member.Dn, call.Store.Kind))],
        "OBJECTCLASS" => [new(Class)],
        // Empty in all the samples.
        "OBJECTCATEGORY" => [],
        "NAME" or "CN" => [new(DistinguishedName.Parse(member.Dn).Name)],
        "DISPLAYNAME" => [new(Kept(name) is [var shown, ..] ? shown : string.Empty)],
        "DISTINGUISHEDNAME" => [new(member.Dn)],
        "OBJECTGUID" or "ID" or "OBJECTID" => [new(member.Id.ToString())],
        "ISDISABLED" => [new(member.IsEnabled ? "False" : "True")],
        "ISMAILBOX" => member.HasMailbox ? [new("True")] : [],
        _ => Kept(name).Select(value => new ShownValue(value)),
    };

    /// <summary>The portal's word for an attribute may be another than the caller's.</summary>
    private IReadOnlyList<string> Kept(string name) =>
        vocabulary.TryGet(name, out var attribute) && member.Values.TryGetValue(attribute.Name, out var values) ? values : [];
}
