using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Embedded.Rules;

namespace GroupPortal.Embedded.Writing;

/// <summary>
/// Smaller writes instead of a refused one, the rest before the culprit. Pure. All of them carry the ordinal of the write
/// they come from: in the journal they are that write.
/// </summary>
internal static class WriteSplits
{
    public static IReadOnlyList<DirectoryWrite> Of(DirectoryWrite write, DirectoryError error, StoreRules rules) => write switch
    {
        DirectoryWrite.ModifyGroup modify => Modify(modify, error),
        DirectoryWrite.ChangeMembers members => Halves(members.Members).Select(half => members with { Members = half }).ToArray(),
        DirectoryWrite.ChangeOwners owners => Owners(owners),
        DirectoryWrite.CreateGroup create => Create(create, error, rules),
        _ => [],
    };

    private static IReadOnlyList<DirectoryWrite> Modify(DirectoryWrite.ModifyGroup write, DirectoryError error)
    {
        var parts = Apart(write.Attributes, attribute => Is(attribute.Attribute, error.Attribute));
        return [.. (parts.Count == 2 ? parts : Halves(write.Attributes)).Select(part => write with { Attributes = part })];
    }

    /// <summary>Halves by step: what a step takes away and what it brings belong together.</summary>
    private static IReadOnlyList<DirectoryWrite> Owners(DirectoryWrite.ChangeOwners write)
    {
        var steps = Halves([.. write.Steps]);
        return [.. steps.Select(half => write with { Owners = [.. write.Owners.Where(owner => half.Contains(owner.Step))] })];
    }

    /// <summary>The group first, with what it cannot be without; then what the error names, or all the rest.</summary>
    private static List<DirectoryWrite> Create(DirectoryWrite.CreateGroup write, DirectoryError error, StoreRules rules)
    {
        if (error.Attribute is { } named && rules.StructuralAttributes.Contains(named))
        {
            return [];
        }

        var blamesMembers = Is(AttributeNames.Members, error.Attribute);
        var blamesOwners = Is(rules.OwnerPath, error.Attribute);
        var blamed = write.Attributes.Where(attribute => Is(attribute.Attribute, error.Attribute)).ToList();
        var blamesAll = !blamesMembers && !blamesOwners && blamed.Count == 0;
        var later = blamesAll ? [.. write.Attributes.Where(attribute => !rules.StructuralAttributes.Contains(attribute.Attribute))] : blamed;
        var owners = blamesOwners || blamesAll ? write.Owners : [];
        var members = blamesMembers || blamesAll ? write.Members : [];
        if (later.Count + owners.Count + members.Count == 0)
        {
            return [];
        }

        var writes = new List<DirectoryWrite>
        {
            write with
            {
                Attributes = [.. write.Attributes.Except(later)],
                Owners = [.. write.Owners.Except(owners)],
                Members = [.. write.Members.Except(members)],
            },
        };
        if (later.Count > 0)
        {
            writes.Add(new DirectoryWrite.ModifyGroup(write.Ordinal, later));
        }

        if (owners.Count > 0)
        {
            writes.Add(new DirectoryWrite.ChangeOwners(write.Ordinal, owners));
        }

        if (members.Count > 0)
        {
            writes.Add(new DirectoryWrite.ChangeMembers(write.Ordinal, members));
        }

        return writes;
    }

    private static List<IReadOnlyList<T>> Apart<T>(IReadOnlyList<T> items, Predicate<T> isCulprit)
    {
        var culprits = items.Where(item => isCulprit(item)).ToArray();
        return culprits.Length == 0 || culprits.Length == items.Count ? [] : [[.. items.Where(item => !isCulprit(item))], culprits];
    }

    private static List<IReadOnlyList<T>> Halves<T>(IReadOnlyList<T> items) =>
        items.Count < 2 ? [] : [[.. items.Take(items.Count / 2)], [.. items.Skip(items.Count / 2)]];

    private static bool Is(string name, string? other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
