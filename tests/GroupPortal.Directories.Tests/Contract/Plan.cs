using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Directories.Tests.Contract;

/// <summary>Plans as the planner makes them, written down by hand.</summary>
internal static class Plan
{
    public static GroupPlan Create(
        IdentityStore store,
        string name,
        IReadOnlyList<(string Name, string Value)>? attributes = null,
        IReadOnlyList<DirectoryObject>? owners = null,
        IReadOnlyList<DirectoryObject>? members = null,
        string? container = null)
    {
        var isAd = store.Kind == StoreKind.ActiveDirectory;
        var dn = DistinguishedName.Parse(container ?? (isAd ? $"OU=Groups,{store.BaseDn}" : store.BaseDn)).Child("CN", name).ToString();
        var values = new List<(string Name, string Value)>(attributes ?? []);
        Default(values, AttributeNames.GroupType, isAd ? "-2147483640" : "4");
        Default(values, isAd ? AttributeNames.AccountName : AttributeNames.MailNickname, isAd ? Plain(name, ' ') : Plain(name, '-'));
        Default(values, isAd ? AttributeNames.Name : AttributeNames.DisplayName, name);
        return Number(new GroupPlan
        {
            Id = Guid.NewGuid(),
            StoreId = store.Id,
            Kind = PlanKind.Create,
            GroupName = name,
            GroupDn = dn,
            Steps =
            [
                new PlanStep(0, PlanAction.Create, string.Empty, [], [dn]),
                .. values.Select(value => new PlanStep(0, PlanAction.Set, value.Name, [], [value.Value])),
                .. (owners ?? []).Select(owner => Reference(isAd ? PlanAction.Set : PlanAction.Add, isAd ? AttributeNames.ManagedBy : AttributeNames.Owners, owner)),
                .. (members ?? []).Select(member => Reference(PlanAction.Add, AttributeNames.Members, member)),
            ],
        });
    }

    public static GroupPlan Update(IdentityStore store, GroupState group, params IReadOnlyList<PlanStep> steps) => Number(new GroupPlan
    {
        Id = Guid.NewGuid(),
        StoreId = store.Id,
        Kind = PlanKind.Update,
        GroupId = group.Id,
        GroupName = group.Name,
        GroupDn = group.Dn,
        BaseVersion = group.Version,
        Steps = steps,
    });

    public static GroupPlan Delete(IdentityStore store, GroupState group) =>
        Update(store, group, new PlanStep(0, PlanAction.Delete, string.Empty, [group.Name], [])) with { Kind = PlanKind.Delete };

    public static PlanStep Set(GroupState group, string attribute, params IReadOnlyList<string> values) =>
        new(0, values.Count == 0 ? PlanAction.Clear : PlanAction.Set, attribute, group.Attributes[attribute], values);

    public static PlanStep Reference(PlanAction action, string path, DirectoryObject target, DirectoryObject? previous = null) =>
        new(0, action, path, action == PlanAction.Remove ? [target.Label] : [], action == PlanAction.Remove ? [] : [target.Label])
        {
            Target = TargetOf(target),
            Previous = previous is null ? null : TargetOf(previous),
        };

    /// <summary>Of a hostile name only what an account name or nickname can hold.</summary>
    private static string Plain(string name, char blank)
    {
        var plain = string.Concat(name.Where(character => char.IsAsciiLetterOrDigit(character) || character == ' ')).Trim().Replace(' ', blank);
        return plain.Length > 0 ? plain : $"group{blank}{Guid.NewGuid():N}";
    }

    private static void Default(List<(string Name, string Value)> values, string name, string value)
    {
        if (!values.Exists(given => given.Name == name))
        {
            values.Add((name, value));
        }
    }

    private static StepTarget TargetOf(DirectoryObject item) => new(item.Id, item.Kind, item.Label, item.Dn);

    private static GroupPlan Number(GroupPlan plan) => plan with { Steps = [.. plan.Steps.Select((step, ordinal) => step with { Ordinal = ordinal })] };
}
