using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Errors;
using GroupPortal.EntraId.Reading;

namespace GroupPortal.EntraId.Writing;

/// <summary>Has a deleted group back, under its own id.</summary>
internal sealed class RestoreWriter(GraphWrites writes)
{
    public async Task<Attempt> WriteAsync(DirectoryWrite.RestoreGroup write, Guid group, CancellationToken cancellation)
    {
        var reply = await writes.SendAsync(
            (client, token) => client.Directory.DeletedItems[group.ToString("D")].Restore.PostAsync(cancellationToken: token), cancellation);
        if (reply.IsDone)
        {
            // It takes as long as a new one until every server knows it again.
            writes.Made(group);
            return new Attempt(CreateWriter.Applied(group, write));
        }

        // Not among the deleted ones: somebody else may have had it back.
        return reply.Failure?.Status == 404 && await ReadAsync(group, cancellation) is DirectoryAnswer<PresentGroup?>.Ok({ })
            ? new Attempt(new DirectoryWriteAnswer.Applied(group, null, [new StepOutcome(write.Step, StepStatus.NoChange)]))
            : reply.NotDone();
    }

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.RestoreGroup write, Guid group, CancellationToken cancellation)
    {
        var present = await ReadAsync(group, cancellation);
        if (present is DirectoryAnswer<PresentGroup?>.Ok(null))
        {
            var deleted = await writes.SendAsync(
                (client, token) => client.Directory.DeletedItems[group.ToString("D")].GraphGroup.GetAsync(request => request.QueryParameters.Select = ["id"], token), cancellation);
            if (deleted.IsDone)
            {
                return new DirectoryWriteAnswer.Refused(new DirectoryError.NotFound());
            }

            if (deleted.Failure is not { Status: 404 })
            {
                return new DirectoryWriteAnswer.Unknown(deleted.Failure is { } failure ? GraphErrors.Of(failure) : deleted.NotSent ?? deleted.Lost ?? new DirectoryError.Unavailable());
            }

            // No longer there: what was had back is not known everywhere at once.
            writes.Made(group);
            present = await ReadAsync(group, cancellation);
        }

        return present switch
        {
            DirectoryAnswer<PresentGroup?>.Ok(null) => new DirectoryWriteAnswer.Unknown(new DirectoryError.NotFound()),
            DirectoryAnswer<PresentGroup?>.Ok => CreateWriter.Applied(group, write),
            _ => new DirectoryWriteAnswer.Unknown(present.WhyNot()),
        };
    }

    private Task<DirectoryAnswer<PresentGroup?>> ReadAsync(Guid group, CancellationToken cancellation) =>
        PresentGroup.ReadAsync(writes, group, [AttributeNames.DisplayName], cancellation);
}
