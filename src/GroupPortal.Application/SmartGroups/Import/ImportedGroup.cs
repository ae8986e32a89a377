using GroupPortal.Core.Criteria;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.SmartGroups;
using GroupPortal.Core.SmartGroups.Import;

namespace GroupPortal.Application.SmartGroups.Import;

/// <summary>As what a query names an object.</summary>
public enum ImportRole
{
    Group,
    Include,
    Exclude,
    Owner,
}

/// <summary>One name of a file and what it led to.</summary>
/// <param name="Meant">The object: the one that was found, or that a person chose; null while it is open.</param>
/// <param name="Candidates">Where several answer to it; empty where none does.</param>
/// <param name="IsLeftOut">A person said that it is not needed.</param>
public sealed record ImportedReference(
    ImportRole Role, string Reference, DirectoryObject? Meant, IReadOnlyList<DirectoryObject> Candidates, bool IsLeftOut = false)
{
    public bool IsOpen => Meant is null && !IsLeftOut;
}

/// <summary>One query with the group it is for, as the directory has it now, and everybody whom it names.</summary>
/// <param name="Group">Null while the group is not found.</param>
public sealed record ImportedGroup(ImportedQuery Query, GroupState? Group, IReadOnlyList<ImportedReference> References)
{
    /// <summary>Another query of the same file that leads to the same group under another name; null for none.</summary>
    public ImportPlace? SameAs { get; init; }

    /// <summary>How the rule came to be where the file has none; null for a rule of the file.</summary>
    public RuleOrigin? Origin { get; init; }

    /// <summary>Entra: the rule that Entra ID applies today, which gives way to the portal's.</summary>
    public bool TakesOverDynamic => Group?.Attributes.First(AttributeNames.MembershipRule) is { Length: > 0 };

    /// <summary>Names that led to nobody, or to several. Left open, an Exclude would be lost and its person become a member.</summary>
    public IEnumerable<ImportedReference> Open => References.Where(reference => reference.IsOpen);

    /// <summary>Whether it can be saved.</summary>
    public bool IsReady => Group is not null && SameAs is null && Query.IsWhole && !Open.Any();

    /// <summary>The rule as it would be saved; null while it is not whole.</summary>
    /// <param name="account">Who imports: the author of the exceptions.</param>
    public SmartRule? RuleBy(string account) => !IsReady ? null : new SmartRule
    {
        Criteria = Query.Reading!.Root!,
        Text = Query.Criteria,
        Language = Query.Language,
        ObjectTypes = Query.ObjectTypes.Count > 0 ? Query.ObjectTypes : [Query.Reading.ObjectType ?? QueryObjectType.Users],
        StartPaths = Query.StartPaths,
        Include = Exceptions(ImportRole.Include, Query.Include, account),
        Exclude = Exceptions(ImportRole.Exclude, Query.Exclude, account),
    };

    private List<MembershipException> Exceptions(ImportRole role, IReadOnlyList<ImportedException> named, string account) =>
        [.. named
            .Select(one => (one, References.FirstOrDefault(reference => reference.Role == role && string.Equals(reference.Reference, one.Reference, StringComparison.OrdinalIgnoreCase))?.Meant))
            .Where(pair => pair.Meant is not null)
            .DistinctBy(pair => pair.Meant!.Id)
            .Select(pair => new MembershipException(pair.Meant!.Id, pair.one.Reason, pair.one.Until, account))];
}

/// <summary>Where the rule of a group that was named without one comes from.</summary>
public enum RuleOrigin
{
    /// <summary>It is Entra ID's own rule of the group.</summary>
    Dynamic,

    /// <summary>It is the rule that the portal has already.</summary>
    Present,

    /// <summary>Nearly all members share the values that it asks for.</summary>
    Shared,
}

/// <summary>Whom saving and updating one imported query would move.</summary>
/// <param name="Kept">
/// Of a static group: members whom the rule misses. They stay, as Include, so that nobody is lost; in a smart group they leave,
/// and this is 0.
/// </param>
/// <param name="Answer">The preview itself, with lists and guard; anything but Ok has no counts.</param>
public sealed record ImportedPreview(PreviewAnswer Answer, int Joining, int Leaving, int Staying, int Kept)
{
    /// <summary>Counts are known.</summary>
    public bool IsKnown => Answer is PreviewAnswer.Ok;
}
