using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Application.Tests.Support;

/// <summary>Requests as tests write them.</summary>
internal static class Requests
{
    public static GroupRequest Create(string name, IEnumerable<Guid>? members = null, bool isStrict = true) => new()
    {
        Kind = PlanKind.Create,
        Name = name,
        Members = members is null ? [] : [new ReferenceChange(ChangeMode.Set, [.. members.Select(id => id.ToString())])],
        IsStrict = isStrict,
    };

    public static GroupRequest Update(Guid id, bool isStrict = false, params (string Name, string Value)[] attributes) => new()
    {
        Kind = PlanKind.Update,
        GroupId = id,
        Attributes = [.. attributes.Select(one => new AttributeChange(one.Name, ChangeMode.Set, one.Value.Length == 0 ? [] : [one.Value]))],
        IsStrict = isStrict,
    };

    public static GroupRequest Members(Guid id, ChangeMode mode, params IEnumerable<Guid> members) => new()
    {
        Kind = PlanKind.Update,
        GroupId = id,
        Members = [new ReferenceChange(mode, [.. members.Select(one => one.ToString())])],
    };

    public static GroupRequest Owners(Guid id, ChangeMode mode, params IEnumerable<Guid> owners) => new()
    {
        Kind = PlanKind.Update,
        GroupId = id,
        Owners = [new ReferenceChange(mode, [.. owners.Select(one => one.ToString())])],
    };

    public static GroupRequest Delete(Guid id) => new() { Kind = PlanKind.Delete, GroupId = id };
}
