using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Web.Api.Reading;

namespace GroupPortal.Web.Api.Writing;

/// <summary>A group with the attributes that were asked for.</summary>
internal sealed record ShownGroup(GroupState State, IdentityStore Store, IReadOnlyList<ShownAttribute> Asked);

/// <summary>A group as a read answers it.</summary>
internal static class GroupShape
{
    public static Task WriteAsync(WireWriter writer, ShownGroup group, CancellationToken cancellation) =>
        ObjectShape.WriteAsync(writer, new ShownObject(group.State.Id, group.State.Label, "group", group.Store.Id, InOrder(group)), cancellation);

    /// <summary>The values of an attribute that is kept with the group itself; absent is none, but a display name is then empty.</summary>
    public static IReadOnlyList<ShownValue> ValuesOf(GroupState state, StoreKind kind, string name) => name.ToUpperInvariant() switch
    {
        "CONTAINER" or "CONTAINERDISTINGUISHEDNAME" => One(ContainerOf(state.Dn, kind)),
        "OBJECTGUID" or "ID" => One(state.Id.ToString()),
        "OBJECTCLASS" => One("group"),
        "NAME" or "CN" => One(state.Name),
        "DISTINGUISHEDNAME" => One(state.Dn),
        "DISPLAYNAME" => One(state.Attributes.First(AttributeNames.DisplayName) ?? string.Empty),
        "MANAGEDBY" => state.HasPrimaryOwner || kind == StoreKind.EntraId ? [.. state.Owners.Take(1).Select(Reference)] : [],
        "OWNERS" => [.. state.Owners.Select(Reference)],
        "XADDITIONALOWNER" => [.. state.Owners.Skip(state.HasPrimaryOwner ? 1 : 0).Select(Reference)],
        _ => [.. state.Attributes[name].Select(value => WireRules.Shown(name, value))],
    };

    public static ShownValue Reference(DirectoryObject target) => new(target.Id.ToString(), target.Dn);

    /// <summary>Entra has no containers: every group stands in the base.</summary>
    public static string ContainerOf(string dn, StoreKind kind)
    {
        var parent = DistinguishedName.Parse(dn).Parent;
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
}
