using GroupPortal.Core.Groups;

namespace GroupPortal.Core.Directories.Writes;

/// <summary>
/// Smaller writes instead of a refused one, the rest before the culprit. Pure. All of them carry the ordinal of the write
/// they come from: in the journal they are that write.
/// </summary>
public static class WriteSplits
{
    public static IReadOnlyList<DirectoryWrite> Of(DirectoryWrite write, DirectoryError error, WriteRules rules)
    {
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(rules);
        return write switch
        {
            DirectoryWrite.ModifyGroup modify => Modify(modify, error),
            DirectoryWrite.ChangeMembers members => Halves(members.Members).Select(half => members with { Members = half }).ToArray(),
            DirectoryWrite.ChangeOwners owners => Owners(owners),
            DirectoryWrite.CreateGroup create => Create(create, error, rules),
            _ => [],
        };
    }

    private static IReadOnlyList<DirectoryWrite> Modify(DirectoryWrite.ModifyGroup write, DirectoryError error)
    {
        var parts = Apart(write.Attributes, attribute => error.Blames(attribute.Attribute));
        return [.. (parts.Count > 1 ? parts : Halves(write.Attributes)).Select(part => write with { Attributes = part })];
    }

    /// <summary>Halves by step: what a step takes away and what it brings belong together.</summary>
    private static IReadOnlyList<DirectoryWrite> Owners(DirectoryWrite.ChangeOwners write)
    {
        var steps = Halves([.. write.Steps]);
        return [.. steps.Select(half => write with { Owners = [.. write.Owners.Where(owner => half.Contains(owner.Step))] })];
    }

    /// <summary>The group first, with what it cannot be without; then what the error names, or all the rest.</summary>
    private static List<DirectoryWrite> Create(DirectoryWrite.CreateGroup write, DirectoryError error, WriteRules rules)
    {
        if (error.Attribute is { } named && rules.StructuralAttributes.Contains(named))
        {
            return [];
        }

        var blamesMembers = error.Blames(AttributeNames.Members);
        var blamesOwners = error.Blames(rules.OwnerPath);
        var blamed = write.Attributes.Where(attribute => error.Blames(attribute.Attribute)).ToList();
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

    /// <summary>What is not at fault together, then each culprit alone: every line gets its own answer.</summary>
    private static List<IReadOnlyList<T>> Apart<T>(IReadOnlyList<T> items, Predicate<T> isCulprit)
    {
        var culprits = items.Where(item => isCulprit(item)).ToList();
        var rest = items.Where(item => !isCulprit(item)).ToList();
        return culprits.Count == 0 ? []
            : rest.Count == 0 ? [.. culprits.Select(culprit => (IReadOnlyList<T>)[culprit])]
            : [rest, .. culprits.Select(culprit => (IReadOnlyList<T>)[culprit])];
    }

    private static List<IReadOnlyList<T>> Halves<T>(IReadOnlyList<T> items) =>
        items.Count < 2 ? [] : [[.. items.Take(items.Count / 2)], [.. items.Skip(items.Count / 2)]];
}
