using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
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
        return reply.Failure?.Status == 404 && await SettleAsync(write, group, cancellation) is DirectoryWriteAnswer.Applied
            ? new Attempt(new DirectoryWriteAnswer.Applied(group, null, [new StepOutcome(write.Step, StepStatus.NoChange)]))
            : reply.NotDone();
    }

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.RestoreGroup write, Guid group, CancellationToken cancellation) =>
        await PresentGroup.ReadAsync(writes, group, [AttributeNames.DisplayName], cancellation) switch
        {
            DirectoryAnswer<PresentGroup?>.Ok(null) => new DirectoryWriteAnswer.Refused(new DirectoryError.NotFound()),
            DirectoryAnswer<PresentGroup?>.Ok => CreateWriter.Applied(group, write),
            var answer => new DirectoryWriteAnswer.Unknown(answer.WhyNot()),
        };
}
