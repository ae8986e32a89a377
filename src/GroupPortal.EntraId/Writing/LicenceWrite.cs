using System.Text.Json;
using GroupPortal.Core.Directories;
using GroupPortal.Core.Groups;
using GroupPortal.Core.Results;
using GroupPortal.EntraId.Reading;
using Microsoft.Graph.Models;

namespace GroupPortal.EntraId.Writing;

/// <summary>
/// The licences that a group gives its members, by the action assignLicense: those that come with all their services, those that go.
/// Whatever else it gives stays. Entra ID gives them to the members later, one by one.
/// </summary>
internal sealed class LicenceWrite(Tenant tenant, GraphReader graph)
{
    public static bool Takes(DirectoryWrite.ModifyGroup write) => write.Attributes.All(one => Is(one.Attribute, AttributeNames.Licences));

    public async Task<DirectoryWriteAnswer> WriteAsync(DirectoryWrite.ModifyGroup write, WriteTarget target, CancellationToken cancellation)
    {
        var (adds, removes) = Changes(write);
        if (adds.Count + removes.Count == 0)
        {
            return Applied(write, target, StepStatus.NoChange);
        }

        return await ActionCall.SendAsync(
            tenant,
            (client, token) => client.Groups[target.GroupId.ToString("D")].AssignLicense.PostAsync(
                new()
                {
                    AddLicenses = [.. adds.Select(sku => new AssignedLicense { SkuId = sku, DisabledPlans = [] })],
                    RemoveLicenses = [.. removes.Select(sku => (Guid?)sku)],
                },
                cancellationToken: token),
            cancellation) is { } instead
                ? Blaming(instead)
                : Applied(write, target, StepStatus.Done);
    }

    /// <summary>Whether the group gives them, and no longer those that were to go.</summary>
    public async Task<DirectoryWriteAnswer> SettleAsync(DirectoryWrite.ModifyGroup write, WriteTarget target, CancellationToken cancellation)
    {
        var answer = await graph.GetAsync(new GraphQuery($"/groups/{target.GroupId:D}") { Select = ["id", AttributeNames.Licences] }, cancellation);
        if (answer is not DirectoryAnswer<JsonElement>.Ok(var group))
        {
            return answer.WhyNot() is DirectoryError.NotFound gone ? new DirectoryWriteAnswer.Refused(gone) : new DirectoryWriteAnswer.Unknown(answer.WhyNot());
        }

        var (adds, removes) = Changes(write);
        var present = group.Items(AttributeNames.Licences).Select(licence => licence.Text("skuId")).Where(sku => Guid.TryParse(sku, out _)).Select(sku => Guid.Parse(sku!)).ToHashSet();
        return adds.All(present.Contains) && !removes.Exists(present.Contains) ? Applied(write, target, StepStatus.Done) : ActionCall.NotCarriedOut;
    }

    private static (List<Guid> Adds, List<Guid> Removes) Changes(DirectoryWrite.ModifyGroup write)
    {
        var (before, after) = (Skus(write.Attributes.SelectMany(one => one.Expected ?? [])), Skus(write.Attributes.SelectMany(one => one.Values)));
        return ([.. after.Except(before)], [.. before.Except(after)]);
    }

    private static HashSet<Guid> Skus(IEnumerable<string> values) => [.. values.Select(Guid.Parse)];

    private static DirectoryWriteAnswer Blaming(DirectoryWriteAnswer answer) => answer is DirectoryWriteAnswer.Refused refused
        ? new DirectoryWriteAnswer.Refused(refused.Error with { Attribute = AttributeNames.Licences })
        : answer;

    private static DirectoryWriteAnswer.Applied Applied(DirectoryWrite.ModifyGroup write, WriteTarget target, StepStatus status) =>
        new(target.GroupId, Version: null, [.. write.Steps.Select(step => new StepOutcome(step, status))]);

    private static bool Is(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
