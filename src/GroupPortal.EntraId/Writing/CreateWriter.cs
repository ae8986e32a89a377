using System.Collections.Concurrent;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Reading;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph.Models;

namespace GroupPortal.EntraId.Writing;

/// <summary>A new group with what it can have in the same request. It carries the plan's id, so that it is never made twice.</summary>
internal sealed class CreateWriter(GraphWrites writes, ReferencesAmong among, AttributeCatalog catalog)
{
    private const string UniqueName = "uniqueName";

    /// <summary>Longer than a group takes to be found by its mark.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestWaitForReferences = TimeSpan.FromSeconds(4);

    /// <summary>For a group of which nothing says that it was ever sent.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(2);

    /// <summary>Marks of groups whose making was sent and not answered clearly.</summary>
    private readonly ConcurrentDictionary<Guid, bool> _unclear = new();

    public async Task<Attempt> WriteAsync(DirectoryWrite.CreateGroup write, CancellationToken cancellation)
    {
        var withOwners = true;
        var reply = await PostAsync(write, withOwners, cancellation);
        if (reply.Failure is { } failure && GraphErrors.IsCreatorAsOwner(failure) && write.Owners.Count > 0)
        {
            // Whoever creates becomes an owner by himself, and must not be named; who that is, is known after.
            withOwners = false;
            reply = await PostAsync(write, withOwners, cancellation);
        }

        if (reply.Lost is not null || reply.Failure?.IsUnclear == true)
        {
            _unclear[write.Marker] = true;
        }

        if (!reply.IsDone || reply.Value?.Id is not { } text || !Guid.TryParse(text, out var id))
        {
            return reply.IsDone
                ? new Attempt(new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable()))
                : await NotDoneAsync(write, reply, cancellation);
        }

        writes.Made(id);
        _unclear.TryRemove(write.Marker, out _);
        await UntilKnownAsync(id, cancellation);
        if (withOwners)
        {
            return new Attempt(Applied(id, write));
        }

        var owners = write.Owners.Select(owner => owner.Id).Distinct().ToList();
        var (stopped, added) = await ReferenceBatch.SendAsync(writes, Links.Owners, id, owners, add: true, cancellation);
        return new Attempt(new DirectoryWriteAnswer.Applied(id, null,
        [
            .. write.Steps.Select(step => write.Owners.FirstOrDefault(owner => owner.Step == step) is not { } owner ? StepOutcome.Done(step)
                : added.GetValueOrDefault(owner.Id) is { Error: { } error } ? StepOutcome.Failed(step, error)
                : added.ContainsKey(owner.Id) ? StepOutcome.Done(step)
                : stopped?.Answer switch
                {
                    DirectoryWriteAnswer.Refused(var why) => StepOutcome.Failed(step, why),
                    DirectoryWriteAnswer.Unknown(var why) => new StepOutcome(step, StepStatus.Unknown, why),
                    _ => StepOutcome.Done(step),
                }),
        ]));
    }

    /// <summary>The group that carries the plan's id; null when there is none, as far as Graph knows by now.</summary>
    public async Task<DirectoryAnswer<Guid?>> FindAsync(Guid marker, CancellationToken cancellation)
    {
        var reply = await writes.SendAsync(
            (client, token) => client.GroupsWithUniqueName(GroupBody.UniqueNameOf(marker)).GetAsync(request => request.QueryParameters.Select = ["id"], token),
            cancellation);
        return reply switch
        {
            { Value.Id: { } id } => DirectoryAnswer.Ok<Guid?>(Guid.Parse(id)),
            { Failure.Status: 404 } => DirectoryAnswer.Ok<Guid?>(null),
            { Failure: { } failure } => GraphErrors.Of(failure),
            _ => reply.NotSent ?? reply.Lost ?? new DirectoryError.Unavailable(),
        };
    }

    /// <summary>
    /// A group that was found by its mark, with an outcome for each owner and member: where they could not come with it, they were sent
    /// after it, and maybe not all of them.
    /// </summary>
    public async Task<DirectoryWriteAnswer> SettledAsync(Guid id, DirectoryWrite.CreateGroup write, CancellationToken cancellation)
    {
        var owners = await MissingAsync(Links.Owners, id, write.Owners, cancellation);
        var members = await MissingAsync(Links.Members, id, write.Members, cancellation);
        if (owners is not DirectoryAnswer<IReadOnlySet<Guid>>.Ok(var noOwners))
        {
            return new DirectoryWriteAnswer.Unknown(owners.WhyNot());
        }

        if (members is not DirectoryAnswer<IReadOnlySet<Guid>>.Ok(var noMembers))
        {
            return new DirectoryWriteAnswer.Unknown(members.WhyNot());
        }

        return new DirectoryWriteAnswer.Applied(id, null,
        [
            .. write.Steps.Distinct().Select(step =>
                write.Owners.Any(owner => owner.Step == step && noOwners.Contains(owner.Id)) ? NotThere(step, Links.Owners)
                : write.Members.Any(member => member.Step == step && noMembers.Contains(member.Id)) ? NotThere(step, Links.Members)
                : StepOutcome.Done(step)),
        ]);
    }

    private static StepOutcome NotThere(int step, Links links) => StepOutcome.Failed(step, new DirectoryError.Unavailable { Attribute = links.Name });

    /// <summary>Who is not there, some seconds after it was asked for the first time: a new group is not known whole at once.</summary>
    private async Task<DirectoryAnswer<IReadOnlySet<Guid>>> MissingAsync(
        Links links, Guid group, IReadOnlyList<ReferenceWrite> references, CancellationToken cancellation)
    {
        var ids = references.Select(reference => reference.Id).ToHashSet();
        if (ids.Count == 0)
        {
            return DirectoryAnswer.Ok<IReadOnlySet<Guid>>(ids);
        }

        for (var wait = TimeSpan.FromSeconds(0.5); ; wait *= 2)
        {
            var answer = await among.ReadAsync(links, group, ids, cancellation);
            var missing = answer.Map<IReadOnlySet<Guid>>(present => ids.Except(present).ToHashSet());
            if (wait > LongestWaitForReferences || missing is DirectoryAnswer<IReadOnlySet<Guid>>.Ok { Value.Count: 0 }
                || (missing is not DirectoryAnswer<IReadOnlySet<Guid>>.Ok && missing.WhyNot() is not DirectoryError.NotFound))
            {
                return missing;
            }

            try
            {
                await writes.Tenant.WaitAsync(wait, cancellation);
            }
            catch (OperationCanceledException)
            {
                return missing;
            }
        }
    }

    public static DirectoryWriteAnswer.Applied Applied(Guid id, DirectoryWrite write) =>
        new(id, null, [.. write.Steps.Distinct().Select(StepOutcome.Done)]);

    private Task<GraphReply<Group>> PostAsync(DirectoryWrite.CreateGroup write, bool withOwners, CancellationToken cancellation) => writes.SendAsync(
        (client, token) => client.Groups.PostAsync(GroupBody.Of(write, writes.Tenant.Urls, catalog, withOwners), cancellationToken: token), cancellation);

    private async Task<Attempt> NotDoneAsync(DirectoryWrite.CreateGroup write, GraphReply<Group> reply, CancellationToken cancellation)
    {
        // It was made before, and the answer was lost: the mark tells. Graph may name another key of the same group first.
        if (reply.Failure is { } failure && GraphErrors.Of(failure) is DirectoryError.AlreadyExists exists)
        {
            var isByMark = exists.Attribute == UniqueName;
            var longest = isByMark || _unclear.ContainsKey(write.Marker) ? LongestWait : ShortWait;
            for (var wait = TimeSpan.FromSeconds(0.5); wait < longest; wait *= 2)
            {
                if (await FindAsync(write.Marker, cancellation) is DirectoryAnswer<Guid?>.Ok({ } id))
                {
                    writes.Made(id);
                    _unclear.TryRemove(write.Marker, out _);
                    return new Attempt(await SettledAsync(id, write, cancellation));
                }

                try
                {
                    await writes.Tenant.WaitAsync(wait, cancellation);
                }
                catch (OperationCanceledException)
                {
                    break;
                }
            }

            if (isByMark)
            {
                return new Attempt(new DirectoryWriteAnswer.Unknown(exists));
            }
        }

        return reply.NotDone((failed, error) => error is DirectoryError.NotFound && error.Attribute is null ? error with { Attribute = WhoIsMissing(write, failed) } : error);
    }

    /// <summary>Graph names the object, and not whether it was to be an owner or a member.</summary>
    private static string? WhoIsMissing(DirectoryWrite.CreateGroup write, GraphFailure failure)
    {
        var (isOwner, isMember) = failure.NamedId is { } id
            ? (write.Owners.Any(owner => owner.Id == id), write.Members.Any(member => member.Id == id))
            : (write.Owners.Count > 0, write.Members.Count > 0);
        return (isOwner, isMember) switch
        {
            (true, false) => AttributeNames.Owners,
            (false, true) => AttributeNames.Members,
            _ => null,
        };
    }

    /// <summary>A new group takes seconds to be known by every server; whoever made it looks at it next.</summary>
    private async Task UntilKnownAsync(Guid id, CancellationToken cancellation) =>
        await writes.SendAsync(id, (client, token) => client.Groups[id.ToString("D")].GetAsync(request => request.QueryParameters.Select = ["id"], token), cancellation);
}
