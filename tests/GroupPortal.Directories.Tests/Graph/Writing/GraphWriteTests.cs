using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Plans;
using GroupPortal.Directories.Tests.Contract;
using GroupPortal.GraphEmulation;
using GroupPortal.GraphEmulation.Record;

namespace GroupPortal.Directories.Tests.Graph.Writing;

/// <summary>What tests of writing need: a tenant with some people, and writes as plans make them.</summary>
public abstract class GraphWriteTests : IAsyncLifetime
{
    internal GraphTenant Graph { get; private set; } = null!;

    protected IDirectory Directory => Graph.Directory;

    protected EmulatedDirectory Objects => Graph.Objects;

    protected IReadOnlyList<Guid> People { get; private set; } = [];

    public virtual async Task InitializeAsync()
    {
        Graph = await StartAsync();
        People = [.. Enumerable.Range(0, 60).Select(number => Objects.AddUser($"Person {number}"))];
    }

    public async Task DisposeAsync() => await Graph.DisposeAsync();

    internal virtual Task<GraphTenant> StartAsync() => GraphTenant.StartAsync();

    protected static ReferenceWrite Add(int step, Guid id) => new(step, id, Add: true);

    protected static ReferenceWrite Remove(int step, Guid id) => new(step, id, Add: false);

    protected Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite write, Guid? group = null) =>
        Directory.WriteAsync(write, group is { } id ? new WriteTarget(id, null) : null, CancellationToken.None);

    protected Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite write, Guid? group = null) =>
        Directory.SettleAsync(write, group is { } id ? new WriteTarget(id, null) : null, CancellationToken.None);

    protected Task<DirectoryWriteAnswer> MembersAsync(Guid group, params IReadOnlyList<ReferenceWrite> members) =>
        WriteAsync(new DirectoryWrite.ChangeMembers(0, members), group);

    protected Task<DirectoryWriteAnswer> OwnersAsync(Guid group, params IReadOnlyList<ReferenceWrite> owners) =>
        WriteAsync(new DirectoryWrite.ChangeOwners(0, owners), group);

    protected Task<DirectoryWriteAnswer> ModifyAsync(Guid group, params IReadOnlyList<AttributeWrite> attributes) =>
        WriteAsync(new DirectoryWrite.ModifyGroup(0, attributes), group);

    protected static DirectoryWrite.CreateGroup Create(
        string name,
        IReadOnlyList<(string Name, string Value)>? attributes = null,
        IReadOnlyList<Guid>? owners = null,
        IReadOnlyList<Guid>? members = null,
        string type = "4")
    {
        List<(string Name, string Value)> values =
        [
            (AttributeNames.DisplayName, name), (AttributeNames.MailNickname, string.Concat(name.Where(char.IsAsciiLetterOrDigit))), (AttributeNames.GroupType, type),
            .. attributes ?? [],
        ];
        var step = 1;
        return new DirectoryWrite.CreateGroup(
            0,
            Guid.CreateVersion7(),
            $"CN={name},DC=contoso,DC=com",
            [.. values.Select(value => new AttributeWrite(step++, value.Name, [value.Value], null))],
            [.. (owners ?? []).Select(owner => new ReferenceWrite(step++, owner, true))],
            [.. (members ?? []).Select(member => new ReferenceWrite(step++, member, true))],
            [0]);
    }

    /// <summary>Requests that change something, as they arrived since this was asked the last time; of a batch the batch.</summary>
    protected IReadOnlyList<RecordedRequest> SentWrites() => [.. Graph.Sent().Where(request => request.Method != "GET")];

    /// <summary>As a plan is carried out: what is unknown is settled, what did not arrive or was too much is sent again, what is refused is split.</summary>
    protected async Task<List<(int Step, DirectoryError Error)>> ApplyAsync(DirectoryWrite write, Guid? group)
    {
        var failed = new List<(int, DirectoryError)>();
        var open = new Stack<DirectoryWrite>([write]);
        while (open.TryPop(out var next))
        {
            var answer = await WriteAsync(next, group);
            if (answer is DirectoryWriteAnswer.Unknown)
            {
                answer = await SettleAsync(next, group);
            }

            switch (answer)
            {
                case DirectoryWriteAnswer.Applied applied:
                    group ??= applied.GroupId;
                    failed.AddRange(applied.Outcomes.Where(outcome => outcome.Error is not null).Select(outcome => (outcome.Ordinal, outcome.Error!)));
                    break;
                case DirectoryWriteAnswer.Unknown:
                case DirectoryWriteAnswer.Refused { Error: DirectoryError.Throttled or DirectoryError.Unavailable }:
                case DirectoryWriteAnswer.Refused { Error: DirectoryError.NotFound { ServerText: null } }:
                    open.Push(next);
                    break;
                case DirectoryWriteAnswer.Refused refused:
                    var parts = Directory.Split(next, refused.Error);
                    failed.AddRange(parts.Count == 0 ? next.Steps.Select(step => (step, refused.Error)) : []);
                    foreach (var part in parts.Reverse())
                    {
                        open.Push(part);
                    }

                    break;
                default:
                    throw new InvalidOperationException(answer.ToString());
            }
        }

        return failed;
    }
}
