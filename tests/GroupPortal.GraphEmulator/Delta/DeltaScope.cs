using GroupPortal.GraphEmulation.Schema;

namespace GroupPortal.GraphEmulation.Delta;

/// <summary>What a delta query follows; said once, then carried by its tokens.</summary>
/// <param name="Select">Null: the default set.</param>
/// <param name="Only">Null: every object.</param>
internal sealed record DeltaScope(ResourceType Type, IReadOnlyList<string>? Select, IReadOnlySet<Guid>? Only, bool IsBeta)
{
    public bool Follows(string relation) => Type.Kind switch
    {
        // Without a selection groups come with their members.
        Store.ObjectKind.Group when Select is null => relation == "members",
        _ => Select?.Contains(relation, StringComparer.OrdinalIgnoreCase) == true,
    };
}
