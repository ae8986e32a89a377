using GroupPortal.Core.Criteria;

namespace GroupPortal.Web.Components.Criteria;

/// <summary>How the parts of a group count together.</summary>
public enum GroupMode
{
    /// <summary>Every part holds.</summary>
    All,

    /// <summary>At least one part holds.</summary>
    Any,

    /// <summary>No part holds: <see cref="Criterion.Not"/> around an <see cref="Criterion.AnyOf"/>.</summary>
    None,

    /// <summary>At least one part does not hold: <see cref="Criterion.Not"/> around an <see cref="Criterion.AllOf"/>. Comes from texts; not offered.</summary>
    NotAll,
}

/// <summary>A group of the builder as a piece of the tree, whichever of the four shapes it has.</summary>
public static class GroupModes
{
    public static IReadOnlyList<GroupMode> Offered { get; } = [GroupMode.All, GroupMode.Any, GroupMode.None];

    /// <summary>Null for what is no group.</summary>
    public static GroupMode? Of(Criterion criterion) => criterion switch
    {
        Criterion.AllOf => GroupMode.All,
        Criterion.AnyOf => GroupMode.Any,
        Criterion.Not { Inner: Criterion.AnyOf } => GroupMode.None,
        Criterion.Not { Inner: Criterion.AllOf } => GroupMode.NotAll,
        _ => null,
    };

    public static bool IsGroup(Criterion criterion) => Of(criterion) is not null;

    /// <summary>The parts of a group; none of anything else.</summary>
    public static IReadOnlyList<Criterion> PartsOf(Criterion criterion) => criterion switch
    {
        Criterion.Not { Inner: Criterion.AnyOf or Criterion.AllOf } not => not.Inner.Children,
        Criterion.AllOf or Criterion.AnyOf => criterion.Children,
        _ => [],
    };

    /// <summary>The path of the list that the parts are numbered in: one step further where a negation stands around it.</summary>
    public static string ListPath(Criterion group, string path) => group is Criterion.Not ? CriteriaPath.Join(path, 0) : path;

    public static Criterion Make(GroupMode mode, IReadOnlyList<Criterion> parts) => mode switch
    {
        GroupMode.All => new Criterion.AllOf(parts),
        GroupMode.Any => new Criterion.AnyOf(parts),
        GroupMode.None => new Criterion.Not(new Criterion.AnyOf(parts)),
        GroupMode.NotAll => new Criterion.Not(new Criterion.AllOf(parts)),
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, message: null),
    };
}
