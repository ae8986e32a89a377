using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Directories.Writes;

/// <summary>In what the writes of one kind of store differ; see <see cref="WriteBatches"/> and <see cref="WriteSplits"/>.</summary>
public sealed record WriteRules
{
    /// <summary>The attribute that holds the name: <c>name</c>, or Entra's <c>displayName</c>.</summary>
    public required string NameAttribute { get; init; }

    /// <summary>Whether a new name is a move, as where the DN holds it, or the change of an attribute like any other.</summary>
    public required bool IsTree { get; init; }

    /// <summary>The step path of owners: <c>managedBy</c> or <c>owners</c>.</summary>
    public required string OwnerPath { get; init; }

    /// <summary>What a group cannot come into being without; a refused create is not split along these.</summary>
    public required IReadOnlySet<string> StructuralAttributes { get; init; }

    public required int MembersPerWrite { get; init; }

    /// <summary>At most so many owners and members in the request that creates a group; the rest follow.</summary>
    public int ReferencesPerCreate { get; init; } = int.MaxValue;

    /// <summary>At most so many owners in one write.</summary>
    public int OwnersPerWrite { get; init; } = int.MaxValue;

    /// <summary>Whether those who come and those who go are written by requests of their own.</summary>
    public bool SeparatesRemoves { get; init; }

    public static WriteRules ActiveDirectory { get; } = new()
    {
        NameAttribute = AttributeNames.Name,
        IsTree = true,
        OwnerPath = AttributeNames.ManagedBy,
        StructuralAttributes = Set(
            AttributeNames.Name, AttributeNames.Container, AttributeNames.GroupType, AttributeNames.AccountName, AttributeNames.MailNickname),
        MembersPerWrite = 1000,
    };

    public static WriteRules EntraId { get; } = new()
    {
        NameAttribute = AttributeNames.DisplayName,
        IsTree = false,
        OwnerPath = AttributeNames.Owners,
        StructuralAttributes = Set(AttributeNames.Name, AttributeNames.DisplayName, AttributeNames.GroupType, AttributeNames.MailNickname),
        MembersPerWrite = 1000,
    };

    /// <summary>Entra ID through Microsoft Graph: 20 relationships in a request, removals in a $batch of their own.</summary>
    public static WriteRules Graph { get; } = EntraId with
    {
        MembersPerWrite = 20,
        ReferencesPerCreate = 20,
        OwnersPerWrite = 20,
        SeparatesRemoves = true,
    };

    private static HashSet<string> Set(params IEnumerable<string> names) => new(names, StringComparer.OrdinalIgnoreCase);
}
