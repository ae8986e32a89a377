using GroupPortal.Core.Results;

namespace GroupPortal.Core.Directories;

/// <summary>How an attribute's values change within one write.</summary>
/// <param name="Expected">What must stand before; null where nothing is compared (multi-valued add and remove).</param>
public sealed record AttributeWrite(int Step, string Attribute, IReadOnlyList<string> Values, IReadOnlyList<string>? Expected);

/// <summary>A reference that comes or goes within one write.</summary>
public sealed record ReferenceWrite(int Step, Guid Id, bool Add);

/// <summary>
/// One request to a directory, made from a plan by <see cref="IDirectory.Batch"/>, pure and the same each time: the
/// journal stores only its <see cref="Ordinal"/>. Each is applied whole or refused whole, but where the directory answers for
/// each step (removals in one $batch): then it is applied, with the outcome of each.
/// </summary>
/// <param name="Ordinal">The place in the plan's sequence of writes, from 0.</param>
public abstract record DirectoryWrite(int Ordinal)
{
    /// <summary>The steps it carries out.</summary>
    public abstract IEnumerable<int> Steps { get; }

    /// <summary>A new group with its attributes; owners and members follow where the directory wants them apart.</summary>
    /// <param name="Marker">The plan's id, kept by the directory where it can, so that a lost answer can be settled.</param>
    public sealed record CreateGroup(
        int Ordinal,
        Guid Marker,
        string Dn,
        IReadOnlyList<AttributeWrite> Attributes,
        IReadOnlyList<ReferenceWrite> Owners,
        IReadOnlyList<ReferenceWrite> Members,
        IReadOnlyList<int> OtherSteps) : DirectoryWrite(Ordinal)
    {
        public override IEnumerable<int> Steps =>
            [.. OtherSteps, .. Attributes.Select(write => write.Step), .. Owners.Select(write => write.Step), .. Members.Select(write => write.Step)];
    }

    /// <summary>All attributes of a group in one modify.</summary>
    public sealed record ModifyGroup(int Ordinal, IReadOnlyList<AttributeWrite> Attributes) : DirectoryWrite(Ordinal)
    {
        public override IEnumerable<int> Steps => Attributes.Select(write => write.Step);
    }

    /// <summary>Members that come and go; adds before removes.</summary>
    public sealed record ChangeMembers(int Ordinal, IReadOnlyList<ReferenceWrite> Members) : DirectoryWrite(Ordinal)
    {
        public override IEnumerable<int> Steps => Members.Select(write => write.Step);
    }

    /// <summary>Owners that the directory itself keeps (AD: managedBy, a single one; Entra: the list).</summary>
    public sealed record ChangeOwners(int Ordinal, IReadOnlyList<ReferenceWrite> Owners) : DirectoryWrite(Ordinal)
    {
        public override IEnumerable<int> Steps => Owners.Select(write => write.Step).Distinct();
    }

    /// <summary>A new name or container.</summary>
    public sealed record MoveGroup(int Ordinal, IReadOnlyList<int> MoveSteps, string NewDn) : DirectoryWrite(Ordinal)
    {
        public override IEnumerable<int> Steps => MoveSteps;
    }

    /// <summary>A Microsoft 365 group becomes a team as well.</summary>
    /// <param name="Step">Of a new group the step <see cref="Groups.AttributeNames.Team"/>, else the change of its type.</param>
    public sealed record MakeTeam(int Ordinal, int Step) : DirectoryWrite(Ordinal)
    {
        public override IEnumerable<int> Steps => [Step];
    }

    public sealed record DeleteGroup(int Ordinal, int Step) : DirectoryWrite(Ordinal)
    {
        public override IEnumerable<int> Steps => [Step];
    }

    /// <summary>A deleted group comes back, under the id that it had.</summary>
    public sealed record RestoreGroup(int Ordinal, int Step) : DirectoryWrite(Ordinal)
    {
        public override IEnumerable<int> Steps => [Step];
    }
}

/// <summary>Which group a write goes to, and the version it must still have.</summary>
/// <param name="ExpectedVersion">The directory's version before the write; null where it keeps none or none is expected.</param>
public sealed record WriteTarget(Guid GroupId, string? ExpectedVersion);

/// <summary>What became of one write. Three-valued: what was not answered is not reported as anything else.</summary>
public abstract record DirectoryWriteAnswer
{
    private DirectoryWriteAnswer()
    {
    }

    /// <summary>Carried out. An outcome per step; a value that was there already is NoChange.</summary>
    public sealed record Applied(Guid GroupId, string? Version, IReadOnlyList<StepOutcome> Outcomes) : DirectoryWriteAnswer;

    /// <summary>Nothing was written.</summary>
    public sealed record Refused(DirectoryError Error) : DirectoryWriteAnswer;

    /// <summary>
    /// Nothing was written yet, and it is no fault: the directory is not ready for it (a group too young to become a team). To be
    /// sent again, not before <paramref name="After"/>; after a few times later, as a task, and the steps wait until then.
    /// </summary>
    public sealed record NotYet(DirectoryError Why, TimeSpan After) : DirectoryWriteAnswer;

    /// <summary>Sent, and no answer came.</summary>
    public sealed record Unknown(DirectoryError Why) : DirectoryWriteAnswer;
}
