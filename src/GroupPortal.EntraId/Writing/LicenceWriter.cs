using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Reading;
using Microsoft.Graph.Models;

namespace GroupPortal.EntraId.Writing;

/// <summary>
/// The licences that a group gives its members, by the action assignLicense: those that come with all their services, those that go.
/// Whatever else it gives stays as it is. Entra ID gives them to the members later, one by one.
/// </summary>
internal sealed class LicenceWriter(GraphWrites writes)
{
    public static bool Takes(DirectoryWrite.ModifyGroup write) =>
        write.Attributes.All(one => string.Equals(one.Attribute, AttributeNames.Licences, StringComparison.OrdinalIgnoreCase));

    public async Task<Attempt> WriteAsync(DirectoryWrite.ModifyGroup write, Guid group, CancellationToken cancellation)
    {
        // Graph refuses to take what is not there, and gives anew what is: with all the services that somebody had taken out of it.
        var read = await PresentAsync(group, cancellation);
        if (read is not DirectoryAnswer<HashSet<Guid>>.Ok(var present))
        {
            return Attempt.Refused(read.WhyNot());
        }

        var (adds, removes) = Changes(write);
        adds.RemoveAll(present.Contains);
        removes.RemoveAll(sku => !present.Contains(sku));
        if (adds.Count + removes.Count == 0)
        {
            return new Attempt(new DirectoryWriteAnswer.Applied(group, null, [.. write.Steps.Select(step => new StepOutcome(step, StepStatus.NoChange))]));
        }

        var reply = await writes.SendAsync(
            group,
            (client, token) => client.Groups[group.ToString("D")].AssignLicense.PostAsync(
                new()
                {
                    AddLicenses = [.. adds.Select(sku => new AssignedLicense { SkuId = sku, DisabledPlans = [] })],
                    RemoveLicenses = [.. removes.Select(sku => (Guid?)sku)],
                },
                cancellationToken: token),
            cancellation);
        return reply.IsDone
            ? new Attempt(CreateWriter.Applied(group, write))
            : reply.NotDone((_, error) => error with { Attribute = AttributeNames.Licences });
    }

    /// <summary>Whether the group gives them, and no longer those that were to go.</summary>
    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.ModifyGroup write, Guid group, CancellationToken cancellation)
    {
        var read = await PresentAsync(group, cancellation);
        if (read is not DirectoryAnswer<HashSet<Guid>>.Ok(var present))
        {
            return read.WhyNot() is DirectoryError.NotFound gone ? new DirectoryWriteAnswer.Refused(gone) : new DirectoryWriteAnswer.Unknown(read.WhyNot());
        }

        var (adds, removes) = Changes(write);
        return adds.TrueForAll(present.Contains) && !removes.Exists(present.Contains)
            ? CreateWriter.Applied(group, write)
            : new DirectoryWriteAnswer.Refused(new DirectoryError.NotFound());
    }

    private async Task<DirectoryAnswer<HashSet<Guid>>> PresentAsync(Guid group, CancellationToken cancellation) =>
        await PresentGroup.ReadAsync(writes, group, [AttributeNames.Licences], cancellation) switch
        {
            DirectoryAnswer<PresentGroup?>.Ok({ } present) => DirectoryAnswer.Ok(present.Licences),
            DirectoryAnswer<PresentGroup?>.Ok => new DirectoryError.NotFound { ServerText = group.ToString() },
            var answer => answer.WhyNot(),
        };

    private static (List<Guid> Adds, List<Guid> Removes) Changes(DirectoryWrite.ModifyGroup write)
    {
        var (before, after) = (Skus(write.Attributes.SelectMany(one => one.Expected ?? [])), Skus(write.Attributes.SelectMany(one => one.Values)));
        return ([.. after.Except(before)], [.. before.Except(after)]);
    }

    private static HashSet<Guid> Skus(IEnumerable<string> values) => [.. values.Select(Guid.Parse)];
}
