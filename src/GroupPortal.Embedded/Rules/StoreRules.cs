using GroupPortal.Core.Directories;
using GroupPortal.Core.Directories.Writes;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Storage;

namespace GroupPortal.Embedded.Rules;

/// <summary>
/// Everything in which an embedded Active Directory differs from an embedded Entra ID. The engine asks here and never what
/// kind of store it is. Unique values are the catalog's (<see cref="AttributeDefinition.IsUnique"/>).
/// </summary>
internal sealed record StoreRules
{
    public required Folding Folding { get; init; }

    public required AttributeCatalog Catalog { get; init; }

    public required StoreCapabilities Capabilities { get; init; }

    public required ServerWords Words { get; init; }

    /// <summary>How plans become writes: names, structure, members per write.</summary>
    public required WriteRules Writes { get; init; }

    /// <summary>The attribute that holds the name.</summary>
    public string NameAttribute => Writes.NameAttribute;

    /// <summary>
    /// Whether an object is named by its DN and stands in a tree. Otherwise names repeat, the store is flat, and the DN is
    /// made of the id.
    /// </summary>
    public bool IsTree => Writes.IsTree;

    public string OwnerPath => Writes.OwnerPath;

    public required int MaximumOwners { get; init; }

    /// <summary>Whether the last owner has to stay.</summary>
    public required bool KeepsLastOwner { get; init; }

    /// <summary>What an existing group may change but not lose.</summary>
    public required IReadOnlySet<string> RequiredAttributes { get; init; }

    public required IReadOnlySet<ObjectKind> OwnerKinds { get; init; }

    /// <summary>By raw group type.</summary>
    public required Func<int, IReadOnlySet<ObjectKind>> MemberKinds { get; init; }

    /// <summary>The one spelling in which an attribute's value is kept (a signed groupType).</summary>
    public required Func<string, string, string> Normalise { get; init; }

    /// <summary>What the kind itself has against a value, beyond the catalog: by attribute and value.</summary>
    public required Func<string, string, DirectoryError?> CheckValue { get; init; }

    /// <summary>Whether a group of one type (null: a new one) may become another.</summary>
    public required Func<int?, int, DirectoryError?> CheckGroupType { get; init; }

    /// <summary>What the server adds to a new group (an account name, a SID, a mail address), or why it cannot be made.</summary>
    public required Func<StoredObject, Func<long>, (StoredObject Group, DirectoryError? Error)> Complete { get; init; }

    /// <summary>What the server works out and nobody writes.</summary>
    public required Func<StoredObject, IEnumerable<KeyValuePair<string, IReadOnlyList<string>>>> Computed { get; init; }

    /// <summary>Whether the server itself refuses to delete a group.</summary>
    public required Func<StoredObject, DirectoryError?> CheckDelete { get; init; }

    /// <summary>The raw type of a group that names none; null where a type has to be given.</summary>
    public required int? DefaultGroupType { get; init; }

    public static StoreRules For(IdentityStore store, EmbeddedOptions options) => store.Kind == StoreKind.ActiveDirectory
        ? ActiveDirectoryRules.Create(store)
        : EntraRules.Create(store, options.Exchange);

    internal static KeyValuePair<string, IReadOnlyList<string>> One(string name, string value) => new(name, [value]);
}
