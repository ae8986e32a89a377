using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;

namespace GroupPortal.Directories.Tests.Contract;

/// <summary>What tests of any directory need: groups made, changed and read back through the port alone.</summary>
public abstract class DirectoryTests(DirectoryFixture fixture)
{
    protected IDirectory Directory => fixture.Directory;

    protected bool IsTree => Directory.Store.Kind == StoreKind.ActiveDirectory;

    /// <summary>Graph gives tokens in place of numbers.</summary>
    protected bool NumbersChanges => Directory.Store.Connection != StoreConnection.Graph;

    protected IReadOnlyList<DirectoryObject> People => fixture.People;

    protected string OwnerPath => IsTree ? AttributeNames.ManagedBy : AttributeNames.Owners;

    protected string NameAttribute => IsTree ? AttributeNames.Name : AttributeNames.DisplayName;

    /// <summary>Of a group whose names nobody else may have: in Entra ID one with a mailbox.</summary>
    protected IReadOnlyList<(string Name, string Value)> WithUniqueNames => IsTree ? [] : [(AttributeNames.GroupType, "16")];

    protected string NewName(string stem = "Contract") => fixture.NewName(stem);

    protected async Task<GroupState> GroupAsync(Guid id) =>
        (await Directory.GetGroupAsync(id, CancellationToken.None)).Value() ?? throw new InvalidOperationException("The group is gone.");

    protected async Task<GroupState> CreateAsync(
        string? name = null,
        IReadOnlyList<(string Name, string Value)>? attributes = null,
        IReadOnlyList<DirectoryObject>? owners = null,
        IReadOnlyList<DirectoryObject>? members = null) =>
        await GroupAsync((await ApplyAsync(Plan.Create(Directory.Store, name ?? NewName(), attributes, owners, members), null)).Applied().GroupId);

    protected async Task<GroupState> ChangeAsync(GroupState group, params IReadOnlyList<PlanStep> steps)
    {
        (await ApplyAsync(Plan.Update(Directory.Store, group, steps), group)).Applied();
        return await GroupAsync(group.Id);
    }

    /// <summary>
    /// All writes of a plan one after the other, each against the version that the one before left; the last answer, with the
    /// outcomes of all.
    /// </summary>
    protected async Task<DirectoryWriteAnswer> ApplyAsync(GroupPlan plan, GroupState? group)
    {
        DirectoryWriteAnswer.Applied? answer = null;
        var target = group is null ? null : new WriteTarget(group.Id, group.Version.Directory);
        foreach (var write in Directory.Batch(plan))
        {
            var one = await Directory.WriteAsync(write, target, CancellationToken.None);
            if (one is not DirectoryWriteAnswer.Applied applied)
            {
                return one;
            }

            answer = applied with { Outcomes = [.. answer?.Outcomes ?? [], .. applied.Outcomes] };
            target = new WriteTarget(applied.GroupId, applied.Version);
        }

        return answer ?? throw new InvalidOperationException("The plan has no writes.");
    }

    protected Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, GroupState group) =>
        Directory.WriteAsync(write, new WriteTarget(group.Id, null), CancellationToken.None);
}
