using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Requests;
using Microsoft.Graph.Models;

namespace GroupPortal.EntraId.Writing;

/// <summary>A new group with what it can have in the same request. It carries the plan's id, so that it is never made twice.</summary>
internal sealed class CreateWriter(GraphWrites writes, AttributeCatalog catalog)
{
    private const string UniqueName = "uniqueName";

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

        if (!reply.IsDone || reply.Value?.Id is not { } text || !Guid.TryParse(text, out var id))
        {
            return reply.IsDone
                ? new Attempt(new DirectoryWriteAnswer.Unknown(new DirectoryError.Unavailable()))
                : await NotDoneAsync(write, reply, cancellation);
        }

        writes.Made(id);
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
                : stopped?.Answer is DirectoryWriteAnswer.Refused(var why) && !added.ContainsKey(owner.Id) ? StepOutcome.Failed(step, why)
                : StepOutcome.Done(step)),
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

    public static DirectoryWriteAnswer.Applied Applied(Guid id, DirectoryWrite write) =>
        new(id, null, [.. write.Steps.Distinct().Select(StepOutcome.Done)]);

    private Task<GraphReply<Group>> PostAsync(DirectoryWrite.CreateGroup write, bool withOwners, CancellationToken cancellation) => writes.SendAsync(
        (client, token) => client.Groups.PostAsync(GroupBody.Of(write, writes.Tenant.Urls, catalog, withOwners), cancellationToken: token), cancellation);

    private async Task<Attempt> NotDoneAsync(DirectoryWrite.CreateGroup write, GraphReply<Group> reply, CancellationToken cancellation)
    {
        // It was made before, and the answer was lost: the mark tells.
        if (reply.Failure is { } failure && GraphErrors.Of(failure) is DirectoryError.AlreadyExists { Attribute: UniqueName } exists)
        {
            for (var wait = TimeSpan.FromSeconds(0.5); wait < TimeSpan.FromSeconds(20); wait *= 2)
            {
                if (await FindAsync(write.Marker, cancellation) is DirectoryAnswer<Guid?>.Ok({ } id))
                {
                    writes.Made(id);
                    return new Attempt(Applied(id, write));
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

            return new Attempt(new DirectoryWriteAnswer.Unknown(exists));
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
