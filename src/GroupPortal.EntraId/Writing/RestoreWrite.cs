using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Reading;

namespace GroupPortal.EntraId.Writing;

/// <summary>Has a deleted group back, under its own id.</summary>
internal sealed class RestoreWrite(Tenant tenant, GraphReader graph)
{
    public async Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite.RestoreGroup write, WriteTarget target, CancellationToken cancellation)
    {
        var instead = await ActionCall.SendAsync(
            tenant, (client, token) => client.Directory.DeletedItems[target.GroupId.ToString("D")].Restore.PostAsync(cancellationToken: token), cancellation);
        return instead switch
        {
            null => Applied(write, target, StepStatus.Done),
            // Not among the deleted ones: somebody else may have had it back.
            DirectoryWriteAnswer.Refused { Error: DirectoryError.NotFound } when await IsThereAsync(target.GroupId, cancellation) is DirectoryAnswer<bool>.Ok(true) =>
                Applied(write, target, StepStatus.NoChange),
            _ => instead,
        };
    }

    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.RestoreGroup write, WriteTarget target, CancellationToken cancellation) =>
        await IsThereAsync(target.GroupId, cancellation) switch
        {
            DirectoryAnswer<bool>.Ok(true) => Applied(write, target, StepStatus.Done),
            DirectoryAnswer<bool>.Ok => ActionCall.NotCarriedOut,
            var answer => new DirectoryWriteAnswer.Unknown(answer.WhyNot()),
        };

    private async Task<DirectoryAnswer<bool>> IsThereAsync(Guid id, CancellationToken cancellation) =>
        await graph.GetAsync(new GraphQuery($"/groups/{id:D}") { Select = ["id"] }, cancellation) switch
        {
            DirectoryAnswer<JsonElement>.Ok => DirectoryAnswer.Ok(true),
            DirectoryAnswer<JsonElement>.Failed { Error: DirectoryError.NotFound } => DirectoryAnswer.Ok(false),
            var answer => answer.WhyNot(),
        };

    private static DirectoryWriteAnswer.Applied Applied(DirectoryWrite.RestoreGroup write, WriteTarget target, StepStatus status) =>
        new(target.GroupId, Version: null, [new StepOutcome(write.Step, status)]);
}
